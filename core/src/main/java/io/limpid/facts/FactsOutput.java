package io.limpid.facts;

import io.limpid.model.Digest;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes numbers in as few bytes as they need, and each word once: most repeat in a list of packages. */
final class FactsOutput {
    static final int NULL = 0;
    static final int NEW = 1;
    static final int FIRST_KNOWN = 2;

    private final int most;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 12);
    private final Map<String, Integer> words = new HashMap<>();

    /**
     * @param most bytes that there may be; what comes when there are more is forgotten
     */
    FactsOutput(int most) {
        this.most = most;
    }

    /** Whether there were more bytes than there may be. */
    boolean isFull() {
        return out.size() > most;
    }

    void oneByte(int value) {
        out.write(value);
    }

    /** A number that is not negative. */
    void number(int value) {
        if (isFull()) {
            return;
        }
        int left = value;
        while (left >= 0x80) {
            out.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    void word(@Nullable String word) {
        if (isFull()) {
            return;
        }
        if (word == null) {
            number(NULL);
            return;
        }
        Integer known = words.get(word);
        if (known != null) {
            number(FIRST_KNOWN + known);
            return;
        }
        words.put(word, words.size());
        number(NEW);
        newWord(word);
    }

    void digest(@Nullable Digest digest) {
        out.write(digest == null ? 0 : 1);
        if (digest != null) {
            out.writeBytes(HexFormat.of().parseHex(digest.hex()));
        }
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private void newWord(String word) {
        boolean wide = false;
        for (int i = 0; i < word.length() && !wide; i++) {
            wide = word.charAt(i) > 0xff;
        }
        number(wide ? (word.length() << 2) | 1 : word.length() << 1);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (wide) {
                out.write(c >> 8);
            }
            out.write(c);
        }
    }
}
