package io.limpid.feed;

import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fetched documents of a part. */
public interface FeedDocuments {

    /**
     * The plain bytes of a document, whatever it is compressed with; to be closed by the caller.
     *
     * @param name the name of one of the part's documents, or of one that was followed
     * @return null when its publisher does not have it; never for one that is required
     */
    @Nullable
    InputStream open(String name) throws IOException;

    /** The names of those that are there: the part's, then those that {@link Feed#follow} told, in the order of their telling. */
    List<String> names();

    /** Bounds what is read. */
    Limits limits();
}
