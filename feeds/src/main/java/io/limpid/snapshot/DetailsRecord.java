package io.limpid.snapshot;

import io.limpid.model.ExploitPrediction;
import io.limpid.model.KnownExploitation;
import io.limpid.model.VulnerabilityDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Details of a vulnerability as a table of a snapshot has them: without text, and with the number of their text.
 *
 * <p>They are sorted by the id in lower case, the id and the feed. After the key comes a number whose bits say which fields follow.
 *
 * @param details without text
 * @param text where the text is, 0 when there is none
 */
record DetailsRecord(VulnerabilityDetails details, long text) {
    private static final int RATINGS = 1;
    private static final int PREDICTION = 1 << 1;
    private static final int PERCENTILE = 1 << 2;
    private static final int EXPLOITATION = 1 << 3;
    private static final int RANSOMWARE = 1 << 4;
    private static final int WEAKNESSES = 1 << 5;
    private static final int URL = 1 << 6;
    private static final int PUBLISHED = 1 << 7;
    private static final int MODIFIED = 1 << 8;
    private static final int TEXT = 1 << 9;

    /** Probabilities are kept to nine decimals; none has been published with more. */
    private static final double BILLION = 1e9;

    Key key() {
        return new Key(SnapshotWriter.filed(details.id()), details.id(), details.feed());
    }

    /** Writes what follows the key in an entry. */
    void writeTo(EntryWriter out) {
        out.number(flags());
        if (!details.ratings().isEmpty()) {
            RatingFields.write(out, details.ratings());
        }
        ExploitPrediction prediction = details.exploitPrediction();
        if (prediction != null) {
            out.number(Math.round(prediction.score() * BILLION));
            if (prediction.percentile() != null) {
                out.number(Math.round(prediction.percentile() * BILLION));
            }
            out.string(prediction.date());
        }
        KnownExploitation known = details.knownExploitation();
        if (known != null) {
            out.string(known.added());
            out.string(known.due());
            out.string(known.name());
            out.string(known.action());
        }
        if (!details.weaknesses().isEmpty()) {
            out.strings(details.weaknesses());
        }
        text(out, details.url());
        text(out, details.published());
        text(out, details.modified());
        if (text != 0) {
            out.number(text);
        }
    }

    private int flags() {
        ExploitPrediction prediction = details.exploitPrediction();
        KnownExploitation known = details.knownExploitation();
        return (details.ratings().isEmpty() ? 0 : RATINGS)
                | (prediction == null ? 0 : PREDICTION)
                | (prediction == null || prediction.percentile() == null ? 0 : PERCENTILE)
                | (known == null ? 0 : EXPLOITATION)
                | (known == null || !known.ransomware() ? 0 : RANSOMWARE)
                | (details.weaknesses().isEmpty() ? 0 : WEAKNESSES)
                | (details.url() == null ? 0 : URL)
                | (details.published() == null ? 0 : PUBLISHED)
                | (details.modified() == null ? 0 : MODIFIED)
                | (text == 0 ? 0 : TEXT);
    }

    private static void text(EntryWriter out, @Nullable String text) {
        if (text != null) {
            out.string(text);
        }
    }

    /** Reads what follows the key in an entry, to the entry's end. */
    static DetailsRecord read(Key key, BlockReader in) throws DamagedException {
        if (!key.first().equals(SnapshotWriter.filed(key.second()))) {
            throw new DamagedException("details filed under another id than theirs: " + key);
        }
        try {
            long flags = in.number();
            VulnerabilityDetails details = new VulnerabilityDetails(
                    key.second(),
                    key.third(),
                    has(flags, RATINGS) ? RatingFields.read(in) : List.of(),
                    has(flags, PREDICTION) ? prediction(flags, in) : null,
                    has(flags, EXPLOITATION) ? exploitation(flags, in) : null,
                    has(flags, WEAKNESSES) ? in.strings() : List.of(),
                    null,
                    has(flags, URL) ? in.string() : null,
                    List.of(),
                    has(flags, PUBLISHED) ? in.string() : null,
                    has(flags, MODIFIED) ? in.string() : null);
            long text = has(flags, TEXT) ? in.number() : 0;
            in.end();
            return new DetailsRecord(details, text);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("a record that says what none can say: " + e.getMessage());
        }
    }

    private static ExploitPrediction prediction(long flags, BlockReader in) throws DamagedException {
        double score = in.number() / BILLION;
        Double percentile = has(flags, PERCENTILE) ? Double.valueOf(in.number() / BILLION) : null;
        return new ExploitPrediction(score, percentile, in.nullableString());
    }

    private static KnownExploitation exploitation(long flags, BlockReader in) throws DamagedException {
        return new KnownExploitation(
                in.nullableString(),
                in.nullableString(),
                has(flags, RANSOMWARE),
                in.nullableString(),
                in.nullableString());
    }

    private static boolean has(long flags, int flag) {
        return (flags & flag) != 0;
    }
}
