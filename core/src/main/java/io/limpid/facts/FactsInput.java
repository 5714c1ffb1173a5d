package io.limpid.facts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.limpid.model.Digest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FactsOutput} wrote, out of bytes that may be anything: no more is ever allocated than they account for. */
final class FactsInput {
    private static final int DIGEST_BYTES = 32;

    private final byte[] bytes;
    private final int end;
    private final List<String> words = new ArrayList<>();
    private int at;

    FactsInput(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    boolean atEnd() {
        return at == end;
    }

    int oneByte() throws DamagedFactsException {
        if (at >= end) {
            throw new DamagedFactsException("it is cut short");
        }
        return bytes[at++] & 0xff;
    }

    /** A number that is not negative. */
    int number() throws DamagedFactsException {
        int number = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = oneByte();
            if (shift == 28 && next > 7) {
                break;
            }
            number |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new DamagedFactsException("a number is too large");
    }

    /** How many things follow, each of which takes at least a byte. */
    int count() throws DamagedFactsException {
        int count = number();
        if (count > end - at) {
            throw new DamagedFactsException("it tells of more than it has");
        }
        return count;
    }

    @Nullable
    String wordOrNull() throws DamagedFactsException {
        int which = number();
        if (which == FactsOutput.NULL) {
            return null;
        }
        if (which == FactsOutput.NEW) {
            String word = newWord();
            words.add(word);
            return word;
        }
        int known = which - FactsOutput.FIRST_KNOWN;
        if (known >= words.size()) {
            throw new DamagedFactsException("it refers to a word that it does not have");
        }
        return words.get(known);
    }

    String word() throws DamagedFactsException {
        String word = wordOrNull();
        if (word == null) {
            throw new DamagedFactsException("a word is missing");
        }
        return word;
    }

    @Nullable
    Digest digestOrNull() throws DamagedFactsException {
        if (oneByte() == 0) {
            return null;
        }
        if (end - at < DIGEST_BYTES) {
            throw new DamagedFactsException("it is cut short");
        }
        at += DIGEST_BYTES;
        return new Digest(HexFormat.of().formatHex(bytes, at - DIGEST_BYTES, at));
    }

    private String newWord() throws DamagedFactsException {
        int size = number();
        boolean wide = (size & 1) != 0;
        int length = size >>> 1;
        if (length > end - at || (wide && length % 2 != 0)) {
            throw new DamagedFactsException("a word is longer than all that follows");
        }
        at += length;
        return wide ? wide(at - length, length) : new String(bytes, at - length, length, ISO_8859_1);
    }

    /** Character by character, so that also what is no text stays what it was. */
    private String wide(int from, int length) {
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (((bytes[from + 2 * i] & 0xff) << 8) | (bytes[from + 2 * i + 1] & 0xff));
        }
        return new String(chars);
    }
}
