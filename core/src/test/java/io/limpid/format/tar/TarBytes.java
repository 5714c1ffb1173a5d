package io.limpid.format.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/** Writes archives block by block, right and wrong ones. */
public final class TarBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** One header block, valid until something is changed. */
    static final class Header {
        private final byte[] block = new byte[TarHeader.BLOCK];
        private boolean signed;

        Header(String name, char type, long size) {
            text(0, name)
                    .octal(100, 8, 0644)
                    .octal(124, 12, size)
                    .octal(136, 12, 0)
                    .text(257, "ustar\00000");
            block[156] = (byte) type;
        }

        Header text(int at, String text) {
            byte[] encoded = text.getBytes(UTF_8);
            System.arraycopy(encoded, 0, block, at, encoded.length);
            return this;
        }

        Header octal(int at, int length, long value) {
            return text(at, String.format(Locale.ROOT, "%0" + (length - 1) + "o", value) + "\0");
        }

        Header base256(int at, long value) {
            Arrays.fill(block, at, at + 12, (byte) (value < 0 ? 0xff : 0));
            for (int i = 0; i < 8; i++) {
                block[at + 11 - i] = (byte) (value >> (8 * i));
            }
            block[at] |= (byte) 0x80;
            return this;
        }

        Header gnu() {
            return text(257, "ustar  \0");
        }

        Header v7() {
            return text(257, "\0\0\0\0\0\0\0\0");
        }

        /** Checksum over signed bytes. */
        Header signed() {
            signed = true;
            return this;
        }

        byte[] bytes() {
            byte[] whole = block.clone();
            Arrays.fill(whole, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte b : whole) {
                sum += signed ? b : b & 0xff;
            }
            byte[] digits = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(ISO_8859_1);
            System.arraycopy(digits, 0, whole, 148, digits.length);
            return whole;
        }
    }

    static Header header(String name, char type, long size) {
        return new Header(name, type, size);
    }

    /** A regular file. */
    public TarBytes file(String name, String content) {
        return entry(header(name, '0', content.getBytes(UTF_8).length), content);
    }

    /** A header and what follows it, padded. */
    TarBytes entry(Header header, String content) {
        return raw(header.bytes()).padded(content.getBytes(UTF_8));
    }

    TarBytes entry(String name, char type, String content) {
        return entry(header(name, type, content.getBytes(UTF_8).length), content);
    }

    /** A pax header of keywords and values, in turn. */
    TarBytes pax(String... keywordsAndValues) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < keywordsAndValues.length; i += 2) {
            records.append(record(keywordsAndValues[i] + "=" + keywordsAndValues[i + 1]));
        }
        return entry("pax", 'x', records.toString());
    }

    private static String record(String text) {
        int length = text.getBytes(UTF_8).length + 2;
        int whole = length + Integer.toString(length).length();
        whole = length + Integer.toString(whole).length();
        return whole + " " + text + "\n";
    }

    TarBytes padded(byte[] content) {
        raw(content);
        return raw(new byte[-content.length & (TarHeader.BLOCK - 1)]);
    }

    /** Any bytes. */
    public TarBytes raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    /** The archive as far as it was written. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The archive with its end marker. */
    public byte[] ended() {
        return raw(new byte[2 * TarHeader.BLOCK]).bytes();
    }

    /** Every type that has no content, with a size in its header. */
    static TarBytes noContent() {
        TarBytes archive = new TarBytes();
        for (char type = '1'; type <= '6'; type++) {
            archive.raw(header(String.valueOf(type), type, 1000).bytes());
        }
        return archive;
    }

    /** A file in the pax sparse format 1.0, with this map before its two bytes. */
    static TarBytes one0(String map) {
        String padded = map + "\0".repeat(512 - map.getBytes(UTF_8).length);
        return new TarBytes()
                .pax(
                        "GNU.sparse.major",
                        "1",
                        "GNU.sparse.minor",
                        "0",
                        "GNU.sparse.realsize",
                        "4",
                        "GNU.sparse.name",
                        "b")
                .entry("a", '0', padded + "xy");
    }
}
