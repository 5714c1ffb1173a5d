package io.limpid.feedformat.updateinfo;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedXml;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the index of an rpm-md repository, {@code repomd.xml}, says of its list of updates.
 *
 * @param location where it is below the repository: {@code repodata/updateinfo.xml.gz}
 * @param date when it was made (ISO 8601), null when that is not said
 */
public record Repomd(String location, @Nullable String date) {
    private static final String UPDATES = "updateinfo";
    /** A path that stays below the repository, of characters that need no escapes. */
    private static final Pattern LOCATION = Pattern.compile("(?!/)(?:/?(?!\\.)[A-Za-z0-9._+~-]{1,200}){1,10}");

    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,11})(?:\\.[0-9]{1,9})?");

    /**
     * Reads an index to its end.
     *
     * @return null when its publisher does not have it, or the repository has no updates
     * @throws FeedException when it is no such index
     */
    public static @Nullable Repomd read(FeedDocuments documents, String name) throws IOException {
        Index index = new Index();
        FeedXml.read(documents, name, index::read);
        if (index.location == null) {
            return null;
        }
        if (!LOCATION.matcher(index.location).matches()) {
            throw new FeedException(name, null, "its updates are at no place below it: " + index.location);
        }
        return new Repomd(index.location, index.date);
    }

    private static final class Index {
        private @Nullable String location;
        private @Nullable String date;

        private void read(FeedXml xml) throws IOException {
            if (!xml.name().equals("repomd")) {
                throw xml.error("no index of a repository: its root is <" + xml.name() + ">");
            }
            boolean[] any = {false};
            xml.children(name -> {
                if (name.equals("data")) {
                    any[0] = true;
                    boolean isUpdates = UPDATES.equals(xml.attribute("type"));
                    xml.children(inner -> data(inner, isUpdates, xml));
                }
            });
            if (!any[0]) {
                throw xml.error("an index of nothing");
            }
        }

        private void data(String name, boolean isUpdates, FeedXml xml) throws IOException {
            if (isUpdates && name.equals("location")) {
                location = xml.attribute("href");
            } else if (isUpdates && name.equals("timestamp")) {
                String text = xml.text().strip();
                var seconds = SECONDS.matcher(text);
                date = seconds.matches()
                        ? Instant.ofEpochSecond(Long.parseLong(seconds.group(1)))
                                .toString()
                        : null;
            }
        }
    }
}
