package io.limpid.feed;

import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A publisher of advisories: where its documents are, and how they are read. */
public interface Feed {

    /** Its name: {@code debian}. */
    String id();

    /**
     * Raised whenever the same documents may give other advisories than before: what was kept of them is then made anew, also when the publisher
     * says that they have not changed.
     */
    default int version() {
        return 1;
    }

    /** The parts that speak of a distribution; empty when this feed says nothing of it. */
    List<FeedPart> partsFor(Distro distro);

    /** Every part that is known of, for an update of everything; sorted by name. */
    List<FeedPart> parts();

    /**
     * Reads the documents of a part, as streams.
     *
     * <p>A record that makes no sense is counted and passed over; a document that makes no sense ends in an exception, after which nothing that
     * the sink was given counts.
     *
     * @param part one of {@link #parts} or {@link #partsFor}
     * @param documents its documents, fetched
     * @param sink takes what they say, in the documents' order
     * @throws FeedException when a document is not what this feed publishes, with document and place
     * @throws IOException when a document cannot be read
     */
    FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException;
}
