package io.limpid.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.Adler32;

/** Makes NDB files with one page of slots. */
public final class NdbMaker {
    private static final int SLOTS = 4096;

    private NdbMaker() {}

    /** A file of these records, numbered 1, 2, 3 and so on. */
    public static byte[] file(List<byte[]> records) {
        int bytes = SLOTS;
        for (byte[] record : records) {
            bytes += padded(record);
        }
        ByteBuffer file = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        mark(file, 0, "RpmP");
        file.putInt(12, 1);
        file.putInt(16, records.size() + 1);
        int at = SLOTS;
        for (int slot = 2; slot < SLOTS / 16; slot++) {
            mark(file, slot * 16, "Slot");
            if (slot - 2 < records.size()) {
                byte[] record = records.get(slot - 2);
                int length = padded(record);
                file.putInt(slot * 16 + 4, slot - 1)
                        .putInt(slot * 16 + 8, at / 16)
                        .putInt(slot * 16 + 12, length / 16);
                blob(file, at, length, slot - 1, record);
                at += length;
            }
        }
        return file.array();
    }

    private static void blob(ByteBuffer file, int at, int length, int number, byte[] record) {
        mark(file, at, "BlbS");
        file.putInt(at + 4, number).putInt(at + 12, record.length);
        file.put(at + 16, record);
        int tail = at + length - 12;
        Adler32 sum = new Adler32();
        sum.update(file.slice(at, length - 12));
        file.putInt(tail, (int) sum.getValue()).putInt(tail + 4, record.length);
        mark(file, tail + 8, "BlbE");
    }

    private static int padded(byte[] record) {
        return (16 + record.length + 12 + 15) / 16 * 16;
    }

    private static void mark(ByteBuffer file, int at, String mark) {
        file.put(at, mark.getBytes(US_ASCII));
    }
}
