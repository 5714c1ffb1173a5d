package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFile;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of a text file, one after the other, as the original sees them: cut at line feeds, without one carriage return at the end.
 *
 * <p>The original stops at the first line of 64 KiB or more, and what follows is lost. Here such a line, which is none of a package manager's, is
 * passed over and the next one is read.
 */
final class TextLines {
    private static final Logger log = LoggerFactory.getLogger(TextLines.class);
    private static final int LONGEST = (1 << 16) - 1;

    private final String path;
    private final byte[] bytes;
    private int following;
    private int start;
    private int end;

    TextLines(LayerFile file) {
        this.path = file.path();
        this.bytes = file.content();
    }

    /** Goes to the next line; false when there is none. */
    boolean next() {
        while (following < bytes.length) {
            start = following;
            int at = start;
            while (at < bytes.length && bytes[at] != '\n') {
                at++;
            }
            following = at + 1;
            end = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
            if (at - start <= LONGEST) {
                return true;
            }
            log.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("offset", start)
                    .addKeyValue("bytes", at - start)
                    .log("a line that is too long is not read");
        }
        return false;
    }

    int length() {
        return end - start;
    }

    /** Whether the line starts with these ASCII characters. */
    boolean startsWith(String prefix) {
        if (length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (bytes[start + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The line from one of its bytes on; what is no UTF-8 in it becomes U+FFFD. */
    String text(int from) {
        return new String(bytes, start + from, length() - from, StandardCharsets.UTF_8);
    }
}
