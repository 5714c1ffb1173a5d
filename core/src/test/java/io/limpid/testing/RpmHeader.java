package io.limpid.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes headers as rpm stores them, right ones and wrong ones. */
public final class RpmHeader {
    public static final int NULL = 0;
    public static final int CHAR = 1;
    public static final int INT8 = 2;
    public static final int INT16 = 3;
    public static final int INT32 = 4;
    public static final int INT64 = 5;
    public static final int STRING = 6;
    public static final int BIN = 7;
    public static final int STRING_ARRAY = 8;
    public static final int I18NSTRING = 9;

    public static final int NAME = 1000;
    public static final int VERSION = 1001;
    public static final int RELEASE = 1002;
    public static final int EPOCH = 1003;
    public static final int ARCH = 1022;
    public static final int SOURCERPM = 1044;
    public static final int MODULARITYLABEL = 5096;

    private static final int REGION = 63;

    private record Entry(int tag, int type, int offset, int count) {}

    private final List<Entry> entries = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** A package {@code name=version-release} of x86_64, built from itself. */
    public static byte[] of(String nameAndVersion) {
        return packageOf(nameAndVersion).bytes();
    }

    /** The header of such a package, for more. */
    public static RpmHeader packageOf(String nameAndVersion) {
        String[] part = nameAndVersion.split("[=-]", 3);
        return new RpmHeader()
                .text(NAME, part[0])
                .text(VERSION, part[1])
                .text(RELEASE, part[2])
                .text(ARCH, "x86_64")
                .text(SOURCERPM, part[0] + "-" + part[1] + "-" + part[2] + ".src.rpm");
    }

    /** One more tag with a text. */
    public RpmHeader text(int tag, String text) {
        return values(tag, STRING, 1, (text + "\0").getBytes(UTF_8));
    }

    /** One more tag with a number of 32 bits. */
    public RpmHeader number(int tag, int number) {
        return values(tag, INT32, 1, ByteBuffer.allocate(4).putInt(number).array());
    }

    /** One more tag of any type, its data where such a type may be. */
    public RpmHeader values(int tag, int type, int count, byte[] values) {
        int size = type == INT16 ? 2 : type == INT32 ? 4 : type == INT64 ? 8 : 1;
        while (data.size() % size != 0) {
            data.write(0);
        }
        return entry(tag, type, data.size(), count, values);
    }

    /** One more entry of the index, whatever it says. */
    public RpmHeader entry(int tag, int type, int offset, int count, byte[] values) {
        entries.add(new Entry(tag, type, offset, count));
        data.writeBytes(values);
        return this;
    }

    /** The header without a region. */
    public byte[] bytes() {
        return bytes(entries, data.toByteArray());
    }

    /** The header with a region around the first entries; those after it were added when the package was installed. */
    public byte[] region(int inRegion) {
        List<Entry> all = new ArrayList<>();
        all.add(new Entry(REGION, BIN, data.size(), 16));
        all.addAll(entries);
        byte[] trailer = ByteBuffer.allocate(16)
                .putInt(REGION)
                .putInt(BIN)
                .putInt(-16 * (inRegion + 1))
                .putInt(16)
                .array();
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(data.toByteArray());
        longer.writeBytes(trailer);
        return bytes(all, longer.toByteArray());
    }

    private static byte[] bytes(List<Entry> entries, byte[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 16 * entries.size() + data.length);
        bytes.putInt(entries.size()).putInt(data.length);
        for (Entry entry : entries) {
            bytes.putInt(entry.tag).putInt(entry.type).putInt(entry.offset).putInt(entry.count);
        }
        return bytes.put(data).array();
    }
}
