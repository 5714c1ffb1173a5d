package io.limpid.format.compress;

import java.util.Arrays;

/**
 * A bzip2 stream of one block, made bit by bit: the byte "a", of the two bytes "a" and "b", in a code of three bits for each symbol.
 *
 * <p>A change is NAME=NUMBER of one of its fields. A stream with a run has so many times "a" and does not say how long the run is.
 */
final class BzipMade {
    private final String name;
    private final long number;
    private final byte[] plain;
    private final StringBuilder bits = new StringBuilder();

    BzipMade(String change) {
        int equals = change.indexOf('=');
        name = equals < 0 ? "" : change.substring(0, equals);
        number = equals < 0 ? 0 : Long.parseLong(change.substring(equals + 1));
        plain = new byte[(int) field("run", 1)];
        Arrays.fill(plain, (byte) 'a');
    }

    byte[] plain() {
        return plain;
    }

    byte[] stream() {
        put(24, 'B' << 16 | 'Z' << 8 | 'h');
        put(8, '0' + field("level", 1));
        put(48, field("magic", 0x314159265359L));
        int crc = crc();
        put(32, field("crc", crc));
        put(1, field("randomised", 0));
        put(24, field("begin", 0));
        if (field("used", 2) == 0) {
            put(16, 0);
        } else {
            // "a" and "b" are the columns 1 and 2 of the row 6.
            put(16, 1 << (15 - 6));
            put(16, 1 << (15 - 1) | 1 << (15 - 2));
        }
        int groups = (int) field("groups", 2);
        long selected = field("selected", 1);
        put(3, groups);
        put(15, selected);
        for (int i = 0; i < selected; i++) {
            bits.repeat('1', (int) field("selector", 0)).append('0');
        }
        int length = (int) field("length", 3);
        for (int group = 0; group < groups; group++) {
            put(5, length);
            bits.append("0".repeat(4));
        }
        for (char symbol : symbols().toCharArray()) {
            put(length, symbol - '0');
        }
        put(48, 0x177245385090L);
        put(32, field("total", crc));
        bits.repeat('0', -bits.length() & 7);
        byte[] stream = new byte[bits.length() / 8];
        for (int i = 0; i < stream.length; i++) {
            stream[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return stream;
    }

    /** 0 and 1 are the digits 1 and 2 of a number of bytes, the lowest first, 2 is the other byte, 3 the end. */
    private String symbols() {
        return switch (name) {
            case "run" -> (number == 3 ? "00" : "10") + "3";
            case "digits" -> "0".repeat((int) number) + "3";
            case "others" -> "2".repeat((int) number) + "3";
            case "symbol" -> number + "3";
            default -> "03";
        };
    }

    private long field(String field, long usual) {
        return field.equals(name) ? number : usual;
    }

    private void put(int count, long value) {
        for (int bit = count - 1; bit >= 0; bit--) {
            bits.append(value >>> bit & 1);
        }
    }

    private int crc() {
        int crc = -1;
        for (byte one : plain) {
            crc ^= one << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        return ~crc;
    }
}
