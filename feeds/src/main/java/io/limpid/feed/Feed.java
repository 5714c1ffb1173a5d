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

    /**
     * The names of the parts that may say something of a vulnerability whatever package has it; empty when this feed says nothing of that kind.
     *
     * <p>They are asked as far as they are kept: nobody waits for them, and nothing is missing without them.
     *
     * @param vulnerability its name, in foreign words: {@code CVE-2024-1234}
     */
    default List<String> partsAbout(String vulnerability) {
        return List.of();
    }

    /**
     * Parts of which the first that has anything for the distribution is used where those of {@link #partsFor} have nothing: what is larger, speaks of
     * many releases at once, or says less. Nothing is fetched of them for a scan that does not need them.
     */
    default List<FeedPart> standIns(Distro distro) {
        return List.of();
    }

    /** Whether a part has only what has changed lately: that there is less of it than before is then no loss. */
    default boolean isWindow(FeedPart part) {
        return false;
    }

    /** Every part that is known of, for an update of everything; sorted by name. */
    List<FeedPart> parts();

    /**
     * Documents of a part that those fetched so far name: the next page, the archive that a text names; asked again until it tells no new one.
     *
     * <p>A document's contents are what anybody may have sent: the URLs that are made of them lead to the publisher's own hosts and nowhere else.
     *
     * @param part one of {@link #parts} or {@link #partsFor}
     * @param fetched what was fetched of it so far
     * @return in the order in which they are read, each with a name that no other document of the part has; those that were told before may be told
     *     again
     * @throws FeedException when a document is not what this feed publishes, with document and place
     * @throws IOException when a document cannot be read
     */
    default List<FeedPart.Document> follow(FeedPart part, FeedDocuments fetched) throws IOException {
        return List.of();
    }

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
