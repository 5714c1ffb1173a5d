package io.limpid.snapshot;

import io.limpid.feed.Feed;
import io.limpid.model.VulnerabilityDetails;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of vulnerabilities whatever package has them, by the parts that may say something of one; each is opened when it is first asked.
 *
 * <p>Nothing is fetched, and nothing fails: a part that is not there or cannot be read says nothing, because no verdict rests on it.
 */
public final class OpenDetails implements Closeable {
    private final SnapshotStore store;
    private final List<Feed> feeds;
    /** Null for those that there are none of. */
    private final Map<SnapshotStore.Named, @Nullable Snapshot> open = new HashMap<>();

    /** The details that these feeds have in a store. */
    public OpenDetails(SnapshotStore store, List<Feed> feeds) {
        this.store = store;
        this.feeds = List.copyOf(feeds);
    }

    /** What is known of a vulnerability, without description and links; the ratings of feeds that come first count more. */
    public synchronized List<VulnerabilityDetails> of(String id) {
        List<VulnerabilityDetails> all = new ArrayList<>();
        for (Feed feed : feeds) {
            List<VulnerabilityDetails> said = new ArrayList<>();
            for (String part : feed.partsAbout(id)) {
                SnapshotStore.Named name = new SnapshotStore.Named(feed.id(), part);
                if (!open.containsKey(name)) {
                    open.put(name, opened(name));
                }
                Snapshot snapshot = open.get(name);
                if (snapshot != null) {
                    add(snapshot, id, name, said);
                }
            }
            all.addAll(newest(said));
        }
        return all;
    }

    /** Of what several parts of a feed have the newest counts. */
    private static List<VulnerabilityDetails> newest(List<VulnerabilityDetails> said) {
        VulnerabilityDetails newest = null;
        for (VulnerabilityDetails one : said) {
            // Moments of one feed are written alike, so they compare as text.
            if (newest == null
                    || (one.modified() != null
                            && (newest.modified() == null || one.modified().compareTo(newest.modified()) > 0))) {
                newest = one;
            }
        }
        return newest == null ? List.of() : List.of(newest);
    }

    private void add(Snapshot snapshot, String id, SnapshotStore.Named name, List<VulnerabilityDetails> all) {
        try {
            all.addAll(snapshot.details(id));
        } catch (IOException _) {
            // It is damaged: what it says of others is no better. 'limpid db verify' tells.
            try (snapshot) {
                open.put(name, null);
            } catch (IOException _) {
                // Nothing was written.
            }
        }
    }

    private @Nullable Snapshot opened(SnapshotStore.Named name) {
        try {
            return store.part(name.feed(), name.part()).open(store.limits());
        } catch (IOException _) {
            return null;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        IOException first = null;
        for (Snapshot snapshot : open.values()) {
            try {
                if (snapshot != null) {
                    snapshot.close();
                }
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        open.clear();
        if (first != null) {
            throw first;
        }
    }
}
