package io.limpid.snapshot;

import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The severity ratings of a record, as fields of an entry. */
final class RatingFields {
    static final List<Severity> SEVERITIES = List.of(Severity.values());

    /** Scores are in tenths. */
    private static final int TENTHS = 10;

    private RatingFields() {}

    static void write(EntryWriter out, List<SeverityRating> ratings) {
        out.number(ratings.size());
        for (SeverityRating rating : ratings) {
            out.string(rating.source());
            out.number(SEVERITIES.indexOf(rating.severity()));
            out.string(rating.word());
            out.string(rating.vector());
            Double score = rating.score();
            // Zero is a score too.
            out.number(score == null ? 0 : Math.round(score * TENTHS) + 1);
        }
    }

    static List<SeverityRating> read(BlockReader in) throws DamagedException {
        int count = in.count();
        if (count == 1) {
            // Of nearly all, and a list for one is made at once.
            return List.of(rating(in));
        }
        List<SeverityRating> ratings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ratings.add(rating(in));
        }
        return ratings;
    }

    private static SeverityRating rating(BlockReader in) throws DamagedException {
        String source = in.string();
        Severity severity = word(SEVERITIES, in);
        return new SeverityRating(source, severity, in.nullableString(), in.nullableString(), score(in.number()));
    }

    private static @Nullable Double score(long number) {
        return number == 0 ? null : Double.valueOf((number - 1) / (double) TENTHS);
    }

    /** A word of an enumeration, by its number. */
    static <T> T word(List<T> words, BlockReader in) throws DamagedException {
        long number = in.number();
        if (number >= words.size()) {
            throw new DamagedException("word " + number + " of " + words.size());
        }
        return words.get((int) number);
    }
}
