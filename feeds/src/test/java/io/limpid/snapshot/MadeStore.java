package io.limpid.snapshot;

import io.limpid.model.Advisory;
import io.limpid.model.Digest;
import io.limpid.model.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A store whose generations a test makes by hand. */
public final class MadeStore {
    public static final String RELEASE = "debian:12";

    private final SnapshotStore store;

    public MadeStore(Path cache) {
        this(cache, Origin.PUBLISHERS);
    }

    public MadeStore(Path cache, Origin origin) {
        store = new SnapshotStore(cache, origin, Limits.DEFAULT);
    }

    public SnapshotStore store() {
        return store;
    }

    /** Makes a generation current that was fetched at a time; its documents are told by a word. */
    public void put(String feed, String part, Instant fetchedAt, String word, int advisories) throws IOException {
        PartFolder folder = store.part(feed, part);
        Files.createDirectories(folder.work());
        Path file = folder.work().resolve("made");
        List<Advisory> all = new ArrayList<>();
        for (int i = 0; i < advisories; i++) {
            all.add(LineFeed.advisory(feed, RELEASE, "package-" + i, "CVE-2024-" + i, word));
        }
        SnapshotFiles.write(file, header(feed, part, fetchedAt, word), all, 1 << 22);
        if (Files.exists(folder.current())) {
            folder.keepPrevious();
        }
        folder.makeCurrent(file);
        folder.write(new PartStatus(
                fetchedAt,
                fetchedAt.plusSeconds(5),
                fetchedAt.plusSeconds(5),
                fetchedAt.getEpochSecond(),
                null,
                null,
                null));
        store.writeUrl(folder);
        folder.end();
    }

    private SnapshotHeader header(String feed, String part, Instant fetchedAt, String word) {
        URI mirror = store.origin().mirror();
        return new SnapshotHeader(
                feed,
                part,
                1,
                fetchedAt.getEpochSecond(),
                mirror == null ? null : store.origin().address(),
                fetchedAt,
                List.of(new FetchedDocument(
                        "data",
                        URI.create("https://example.org/" + feed),
                        null,
                        new FetchedDocument.Contents(new Digest(Origin.digest(word)), 10, null, null))),
                null,
                List.of(),
                0,
                0,
                0,
                List.of(),
                List.of());
    }

    /** The version in which the current generation says that everything is fixed, whole; "none" where there is none. */
    public String current(String feed, String part) throws IOException {
        try (Snapshot snapshot = store.part(feed, part).open(Limits.DEFAULT)) {
            if (snapshot == null) {
                return "none";
            }
            snapshot.verify();
            return Objects.requireNonNull(
                    snapshot.about(RELEASE, "package-0").getFirst().fixedVersion());
        }
    }

    /** What is written down about a part. */
    public PartStatus status(String feed, String part) {
        return store.part(feed, part).status();
    }

    /** The names of the files that a part has, sorted. */
    public List<String> files(String feed, String part) throws IOException {
        try (var files = Files.list(store.part(feed, part).path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
