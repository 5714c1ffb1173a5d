package io.limpid.feed;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the JSON documents of a part as streams; what is wrong with one is told with its name and the place. */
public final class FeedJson {
    private FeedJson() {}

    /**
     * Reads a document to its end.
     *
     * @return false when its publisher does not have it
     * @throws FeedException when it is not what {@code reading} asks for
     */
    public static boolean read(FeedDocuments documents, String name, JsonStream.Reading reading) throws IOException {
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                return false;
            }
            JsonStream.read(
                    FirstBytes.of(in, name, "JSON"), documents.limits().feedPlainBytes(), documents.limits(), reading);
            return true;
        } catch (JsonException e) {
            throw new FeedException(name, null, String.valueOf(e.getMessage()));
        }
    }
}
