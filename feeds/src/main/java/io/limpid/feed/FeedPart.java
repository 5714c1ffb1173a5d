package io.limpid.feed;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents of a feed that are fetched, read and replaced together, with all advisories that are in them.
 *
 * @param feed the feed's name
 * @param name the part's name among those of its feed, made of lower-case letters, digits, {@code .} and {@code -}: {@code 22.04}
 * @param documents what is fetched, in the order in which it is read
 */
public record FeedPart(String feed, String name, List<Document> documents) {

    /**
     * A document of a part.
     *
     * @param name its name among those of its part, for the reader and for messages
     * @param url where its publisher has it
     * @param required whether the part is nothing without it; one that is not required and is not there, or
     *     makes no sense and was never kept, is a gap that is told
     * @param revision what tells one state of it from every other, as the one who names it says; such a document is kept as it was fetched, and not
     *     fetched or asked for again as long as the same revision of it is named. Null for all others
     */
    public record Document(
            String name,
            URI url,
            boolean required,
            @Nullable String revision) {

        /** A document that is asked for every time. */
        public Document(String name, URI url, boolean required) {
            this(name, url, required, null);
        }
    }

    public FeedPart {
        documents = List.copyOf(documents);
        if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
            throw new IllegalArgumentException("not a part's name: " + name);
        }
    }

    /** {@code ubuntu/22.04}. */
    @Override
    public String toString() {
        return feed + "/" + name;
    }
}
