package io.limpid.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarReader;
import io.limpid.format.tarsplit.Crc64;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** Takes tar archives apart as Docker does (github.com/vbatts/tar-split). */
public final class TarSplit {
    private TarSplit() {}

    /** The lines, not compressed, for an archive of files with plain names. */
    public static byte[] of(byte[] tar) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        TarReader reader = new TarReader(new ByteArrayInputStream(tar), Limits.DEFAULT, 1 << 10);
        int from = 0;
        int position = 0;
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            int to = (int) entry.dataOffset();
            position = bytes(tar, from, to, position, lines);
            int size = (int) entry.storedSize();
            from = to + size;
            byte[] content = Arrays.copyOfRange(tar, to, from);
            Crc64 crc = new Crc64();
            crc.update(content, 0, size);
            String payload = Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(8).putLong(crc.value()).array());
            String line = "{\"type\":1,\"name\":\"" + entry.name() + "\","
                    + (size == 0 ? "\"payload\":null" : "\"size\":" + size + ",\"payload\":\"" + payload + "\"")
                    + ",\"position\":" + position++ + "}\n";
            lines.writeBytes(line.getBytes(UTF_8));
        }
        bytes(tar, from, tar.length, position, lines);
        return lines.toByteArray();
    }

    private static int bytes(byte[] tar, int from, int to, int position, ByteArrayOutputStream lines) {
        String payload = Base64.getEncoder().encodeToString(Arrays.copyOfRange(tar, from, to));
        lines.writeBytes(
                ("{\"type\":2,\"payload\":\"" + payload + "\",\"position\":" + position + "}\n").getBytes(UTF_8));
        return position + 1;
    }
}
