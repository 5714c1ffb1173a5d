package io.limpid.layer;

import java.util.Arrays;

/** Brings the name of a tar entry into the one form of a path from the image's root. */
final class EntryPath {
    private EntryPath() {}

    /**
     * The name without leading and trailing slashes and without empty, {@code .} and {@code ..} parts, as bytes.
     *
     * <p>A {@code ..} at the root stays there, as it does for the programs that unpack images into a root of their own.
     */
    static byte[] normalized(byte[] name) {
        int from = 0;
        while (from < name.length && (name[from] == '/' || isDotSlash(name, from))) {
            from = Math.min(from + (name[from] == '/' ? 1 : 2), name.length);
        }
        int to = name.length;
        while (to > from && name[to - 1] == '/') {
            to--;
        }
        if (isPlain(name, from, to)) {
            return from == 0 && to == name.length ? name : Arrays.copyOfRange(name, from, to);
        }
        return rebuilt(name, from, to);
    }

    /** Whether the name's {@code ..} parts lead above the root. */
    static boolean climbs(byte[] name) {
        if (!hasTwoDots(name)) {
            return false;
        }
        int depth = 0;
        int from = 0;
        while (from <= name.length) {
            int to = segmentEnd(name, from, name.length);
            if (isDotDot(name, from, to)) {
                depth--;
                if (depth < 0) {
                    return true;
                }
            } else if (to > from && !isDot(name, from, to)) {
                depth++;
            }
            from = to + 1;
        }
        return false;
    }

    private static boolean hasTwoDots(byte[] name) {
        for (int i = 1; i < name.length; i++) {
            if (name[i] == '.' && name[i - 1] == '.') {
                return true;
            }
        }
        return false;
    }

    /** Whether no part is empty, {@code .} or {@code ..}: told in one pass, since a layer has many names. */
    private static boolean isPlain(byte[] name, int from, int to) {
        boolean atStart = true;
        for (int i = from; i < to; i++) {
            byte b = name[i];
            if (atStart && (b == '/' || (b == '.' && isDots(name, i, segmentEnd(name, i, to))))) {
                return false;
            }
            atStart = b == '/';
        }
        return true;
    }

    private static boolean isDots(byte[] name, int from, int to) {
        return isDot(name, from, to) || isDotDot(name, from, to);
    }

    private static byte[] rebuilt(byte[] name, int from, int to) {
        byte[] path = new byte[to - from];
        int length = 0;
        int start = from;
        while (start < to) {
            int end = segmentEnd(name, start, to);
            if (isDotDot(name, start, end)) {
                length = parentLength(path, length);
            } else if (end > start && !isDot(name, start, end)) {
                if (length > 0) {
                    path[length++] = '/';
                }
                System.arraycopy(name, start, path, length, end - start);
                length += end - start;
            }
            start = end + 1;
        }
        return Arrays.copyOf(path, length);
    }

    private static int parentLength(byte[] path, int length) {
        int end = length;
        while (end > 0 && path[end - 1] != '/') {
            end--;
        }
        return Math.max(end - 1, 0);
    }

    private static int segmentEnd(byte[] name, int from, int to) {
        int end = from;
        while (end < to && name[end] != '/') {
            end++;
        }
        return end;
    }

    private static boolean isDotSlash(byte[] name, int at) {
        return name[at] == '.' && (at + 1 == name.length || name[at + 1] == '/');
    }

    private static boolean isDot(byte[] name, int from, int to) {
        return to - from == 1 && name[from] == '.';
    }

    private static boolean isDotDot(byte[] name, int from, int to) {
        return to - from == 2 && name[from] == '.' && name[from + 1] == '.';
    }
}
