package io.limpid.cli;

import io.limpid.version.InvalidVersionException;
import io.limpid.version.VersionScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Answers lines of two versions with lines of one comparison, a million in a few seconds.
 *
 * <p>Every line gets exactly one answer, so that the caller can pair them: {@code ?} also for a line that is empty, has no tab or more than one,
 * or is longer than any version. The order is the package manager's own, also of odd versions ({@link io.limpid.version.Version#reliable()}), so
 * that it can be compared with it line by line. What was answered is written before the next read that may wait.
 */
final class VersionBatch {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 1 << 14;

    private final VersionScheme scheme;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private final byte[] answers = new byte[BUFFER];
    private int answered;

    VersionBatch(VersionScheme scheme) {
        this.scheme = scheme;
    }

    void run(InputStream input, OutputStream output) throws IOException {
        byte[] buffer = new byte[BUFFER];
        boolean open = false;
        int read = input.read(buffer);
        while (read >= 0) {
            for (int i = 0; i < read; i++) {
                open = buffer[i] != '\n';
                if (open) {
                    append(buffer[i]);
                } else {
                    answer(output);
                }
            }
            flush(output);
            read = input.read(buffer);
        }
        if (open) {
            answer(output);
        }
        flush(output);
    }

    private void append(byte value) {
        if (length < LONGEST_LINE) {
            line[length] = value;
        }
        length = Math.min(length + 1, LONGEST_LINE + 1);
    }

    private void answer(OutputStream output) throws IOException {
        String text = comparison();
        length = 0;
        if (answered + text.length() + 1 > answers.length) {
            flush(output);
        }
        for (int i = 0; i < text.length(); i++) {
            answers[answered++] = (byte) text.charAt(i);
        }
        answers[answered++] = '\n';
    }

    private void flush(OutputStream output) throws IOException {
        output.write(answers, 0, answered);
        output.flush();
        answered = 0;
    }

    private String comparison() {
        int end = length > 0 && length <= LONGEST_LINE && line[length - 1] == '\r' ? length - 1 : length;
        int tab = end > LONGEST_LINE ? -1 : tabBefore(end);
        if (tab < 0) {
            return "?";
        }
        // Bytes, not characters: beyond ASCII there are no versions, and no encoding can go wrong.
        String left = new String(line, 0, tab, StandardCharsets.ISO_8859_1);
        String right = new String(line, tab + 1, end - tab - 1, StandardCharsets.ISO_8859_1);
        try {
            int order = scheme.parse(left).compareTo(scheme.parse(right));
            return order < 0 ? "-1" : order > 0 ? "1" : "0";
        } catch (InvalidVersionException _) {
            return "?";
        }
    }

    /** The place of the only tab, or -1 when there is none or more. */
    private int tabBefore(int end) {
        int tab = -1;
        for (int i = 0; i < end; i++) {
            if (line[i] == '\t') {
                if (tab >= 0) {
                    return -1;
                }
                tab = i;
            }
        }
        return tab;
    }
}
