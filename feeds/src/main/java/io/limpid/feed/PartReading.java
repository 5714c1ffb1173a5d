package io.limpid.feed;

import io.limpid.format.Printable;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is read of a part: a few records that make no sense are passed over and told, many are a format that has changed.
 */
public final class PartReading {
    private static final int FEW = 10;
    /** One of so many records may make no sense. */
    private static final int PARTS = 5;

    private static final int SHOWN = 200;

    private final Limits limits;
    private final Consumer<FeedRecord> sink;
    private final List<String> notes = new ArrayList<>();
    private long records;
    private long handedOn;
    private long skipped;
    private String firstSkipped = "";

    /**
     * @param limits bounds the records and the notes
     * @param sink takes what is said
     */
    public PartReading(Limits limits, Consumer<FeedRecord> sink) {
        this.limits = limits;
        this.sink = sink;
    }

    /** A record was read that says these things, perhaps nothing. */
    public void record(String document, List<? extends FeedRecord> said) throws FeedException {
        records++;
        for (FeedRecord one : said) {
            if (++handedOn > limits.feedAdvisories()) {
                throw new FeedException(
                        document, null, "more than " + limits.feedAdvisories() + " records (limit feed-advisories)");
            }
            sink.accept(one);
        }
    }

    /**
     * A record makes no sense and is passed over.
     *
     * @param place where it is, in foreign words
     * @param what what is wrong with it
     */
    public void skip(String place, String what) {
        String told = told(place, what);
        if (skipped++ == 0) {
            firstSkipped = told;
        }
        note(told);
    }

    /**
     * Something of a record makes no sense and was left out, and the record counts without it.
     *
     * @param place where it is, in foreign words
     * @param what what is wrong with it
     */
    public void leftOut(String place, String what) {
        note(told(place, what));
    }

    private static String told(String place, String what) {
        return Printable.excerpt(place, SHOWN) + ": " + Printable.excerpt(what, SHOWN);
    }

    /** Something that people should know of the part. */
    public void note(String what) {
        if (notes.size() < limits.problems()) {
            notes.add(what);
        }
    }

    /** The records that were read and those that were passed over. */
    public long seen() {
        return records + skipped;
    }

    /**
     * Ends the reading.
     *
     * @param document the document with the records, for the message
     * @param dataDate the publisher's own date of the data, null when there is none
     * @throws FeedException when so many records make no sense that the document as a whole makes none
     */
    public FeedReading end(String document, @Nullable String dataDate) throws FeedException {
        boolean many = skipped > FEW && skipped > seen() / PARTS;
        if (many || (records == 0 && skipped > 0)) {
            throw new FeedException(
                    document,
                    null,
                    skipped + " of " + seen() + " records make no sense, its format may have changed; the first: "
                            + firstSkipped);
        }
        return new FeedReading(dataDate, skipped, notes);
    }
}
