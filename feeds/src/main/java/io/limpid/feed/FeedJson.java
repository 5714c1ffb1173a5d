package io.limpid.feed;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    /** The text before which the stream stands, without the blanks around it; null when it is none or blank. */
    public static @Nullable String textOrNull(JsonStream json) throws IOException {
        String text = json.stringOrNull();
        return text == null || text.isBlank() ? null : text.strip();
    }

    /**
     * Reads a member of an archive to its end; one that is not what {@code reading} asks for is passed over, for there are many more.
     *
     * @return false when it is passed over
     */
    public static boolean readMember(FeedDocuments member, String path, PartReading told, JsonStream.Reading reading)
            throws IOException {
        try (InputStream in = Objects.requireNonNull(member.open(path))) {
            JsonStream.read(in, member.limits().feedPlainBytes(), member.limits(), reading);
            return true;
        } catch (JsonException e) {
            told.skip(path, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
