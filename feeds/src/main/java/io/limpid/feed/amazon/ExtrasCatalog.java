package io.limpid.feed.amazon;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The catalog of the extras of Amazon Linux 2: topics, each a repository of its own whose packages share names with others. */
final class ExtrasCatalog {
    /** How the documents of a topic are called here. */
    static final String DOCUMENTS = "extra.";

    private static final Pattern TOPIC =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_+-]{0,60}(?:\\.[A-Za-z0-9_+-]{1,60}){0,5}");
    private static final int TOPICS = 1000;
    /** Its packages patch a running kernel, which no image has. */
    private static final String LIVEPATCH = "livepatch";

    private ExtrasCatalog() {}

    /**
     * The topics whose updates matter to images, sorted.
     *
     * @param odd is told which topics have no name that can be one
     * @throws FeedException when the document is no such catalog
     */
    static List<String> topics(FeedDocuments documents, String name, Consumer<String> odd) throws IOException {
        TreeSet<String> topics = new TreeSet<>();
        boolean[] listed = {false};
        FeedJson.read(
                documents,
                name,
                json -> json.object(member -> {
                    if (member.equals("topics")) {
                        listed[0] = true;
                        json.array(() -> {
                            @Nullable String[] topic = {null};
                            if (json.isObject()) {
                                json.object(inner -> {
                                    if (inner.equals("n")) {
                                        topic[0] = json.stringOrNull();
                                    }
                                });
                            }
                            add(topic[0], topics, name, odd);
                        });
                    }
                }));
        if (!listed[0] || topics.isEmpty()) {
            throw new FeedException(name, null, "it lists no topic: not the catalog of extras");
        }
        topics.remove(LIVEPATCH);
        return List.copyOf(topics);
    }

    private static void add(@Nullable String topic, Set<String> topics, String document, Consumer<String> odd)
            throws FeedException {
        if (topic == null || !TOPIC.matcher(topic).matches()) {
            odd.accept("no topic is called " + topic);
            return;
        }
        topics.add(topic);
        if (topics.size() > TOPICS) {
            throw new FeedException(document, null, "more than " + TOPICS + " topics");
        }
    }

    /**
     * The repositories whose packages the updates of one are about, as yum calls them, sorted.
     *
     * @param documents how its documents are called here: {@code core}, {@code extra.docker}
     */
    static List<String> repositories(String documents) {
        String repository = documents.startsWith(DOCUMENTS)
                ? "amzn2extra-" + documents.substring(DOCUMENTS.length())
                : "amzn2-" + documents;
        return List.of(repository, repository + "-debuginfo");
    }
}
