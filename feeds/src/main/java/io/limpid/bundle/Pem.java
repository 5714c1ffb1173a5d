package io.limpid.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of keys (RFC 7468). */
final class Pem {
    private static final int COLUMNS = 64;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]{1,40})-----\\s([A-Za-z0-9+/=\\s]{0,65536})-----END \\1-----");

    private Pem() {}

    static String write(String label, byte[] bytes) {
        String text = Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    /** The first block with this label, null when there is none. */
    static byte @Nullable [] read(String label, String text) {
        List<byte[]> all = all(label, text);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** The blocks with this label. */
    static List<byte[]> all(String label, String text) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                try {
                    blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
                } catch (IllegalArgumentException _) {
                    // No block then.
                }
            }
        }
        return blocks;
    }
}
