package io.limpid.feedformat.oval;

import io.limpid.feed.FeedException;
import java.util.HashMap;
import java.util.Map;

/** What must be held of an OVAL document until its end, each text once, and how much of it there may be. */
public final class Held {
    /** The largest real documents have a fifth of it, and there is no more memory for an update. */
    private static final long CHARACTERS = 200_000_000;

    private static final int CHARACTERS_AN_ENTRY = 60;
    private static final int CHARACTERS_A_PLACE = 8;
    /** Of a number in {@link #number}: below these bits is the number in the id, above them whose id it is. */
    private static final int NUMBER_BITS = 50;

    private static final int DIGITS = 15;
    private static final int PUBLISHERS = 1000;

    private final String document;
    private final Map<String, String> pool = new HashMap<>();
    private final Map<String, Integer> publishers = new HashMap<>();
    private final Map<String, Long> odd = new HashMap<>();
    private long held;

    /**
     * @param document the document's name, for messages
     */
    public Held(String document) {
        this.document = document;
    }

    /** The same text, held once. */
    public String pooled(String text) throws FeedException {
        String known = pool.putIfAbsent(text, text);
        return known == null ? held(text) : known;
    }

    /** The same text, counted among what is held. */
    public String held(String text) throws FeedException {
        hold(text.length() + CHARACTERS_AN_ENTRY);
        return text;
    }

    /** Counts an entry of a list, tree or table among what is held. */
    public void entry() throws FeedException {
        hold(CHARACTERS_AN_ENTRY);
    }

    /** Counts a place in a list that something held has. */
    public void place() throws FeedException {
        hold(CHARACTERS_A_PLACE);
    }

    private void hold(int characters) throws FeedException {
        held += characters;
        if (held > CHARACTERS) {
            throw new FeedException(document, null, "more definitions than can be held until their tests are read");
        }
    }

    /** A number that stands for an id: {@code oval:com.oracle.elsa:tst:20070057001} is one of hundreds of thousands. */
    long number(String id) throws FeedException {
        int colon = id.lastIndexOf(':');
        int digits = id.length() - colon - 1;
        if (colon > 0 && digits > 0 && digits <= DIGITS) {
            long number = 0;
            for (int i = colon + 1; i < id.length() && number >= 0; i++) {
                int digit = id.charAt(i) - '0';
                number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
            }
            // A number with zeros before it would be that of another id.
            if (number >= 0 && (id.charAt(colon + 1) != '0' || digits == 1)) {
                String publisher = id.substring(0, colon);
                Integer known = publishers.get(publisher);
                if (known == null && publishers.size() < PUBLISHERS) {
                    known = publishers.size();
                    publishers.put(held(publisher), known);
                }
                if (known != null) {
                    return ((long) known << NUMBER_BITS) + number;
                }
            }
        }
        Long known = odd.get(id);
        if (known == null) {
            known = -1L - odd.size();
            odd.put(held(id), known);
        }
        return known;
    }
}
