package io.limpid.snapshot;

import io.limpid.feed.FeedPart;
import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where snapshots are kept: {@code CACHE/advisories/ORIGIN/FEED/PART/}, a folder a part.
 *
 * <p>A file that is copied to {@code current.limpid} in such a folder is imported.
 */
public final class SnapshotStore {
    private static final String URL = "url";
    private static final int FORMAT_DIGITS = 8;

    private final Path folder;
    private final Origin origin;
    private final Limits limits;

    /**
     * @param cache the program's cache folder; nothing is made in it before there is something to keep
     */
    public SnapshotStore(Path cache, Origin origin, Limits limits) {
        this.folder = cache.resolve("advisories").resolve(origin.key());
        this.origin = origin;
        this.limits = limits;
    }

    /** Where documents are fetched from. */
    public Origin origin() {
        return origin;
    }

    Limits limits() {
        return limits;
    }

    /** The folder of all parts of this origin. */
    public Path folder() {
        return folder;
    }

    /** The format of the files, in one word: programs that give the same word read each other's. */
    public static String fileFormat() {
        return SnapshotFormat.VERSION + "-"
                + Origin.digest(AdvisoryRecord.vocabulary()).substring(0, FORMAT_DIGITS);
    }

    /**
     * Opens the current generation of a part.
     *
     * @return null when there is none
     */
    public @Nullable Snapshot open(FeedPart part) throws IOException {
        return part(part.feed(), part.name()).open(limits);
    }

    PartFolder part(String feed, String part) {
        return new PartFolder(folder.resolve(name(feed)).resolve(name(part)));
    }

    /** Writes beside all parts which origin they are of; with the lock of one of them. */
    void writeUrl(PartFolder part) throws IOException {
        Path url = folder.resolve(URL);
        if (Files.notExists(url)) {
            Path beside = part.work().resolve(URL);
            Files.writeString(beside, origin.address() + "\n");
            Files.move(beside, url, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The parts of which something is kept or known, sorted: feed, then part. */
    List<Named> parts() throws IOException {
        List<Named> parts = new ArrayList<>();
        for (String feed : folders(folder)) {
            for (String part : folders(folder.resolve(feed))) {
                if (part(feed, part).isUsed()) {
                    parts.add(new Named(feed, part));
                }
            }
        }
        return parts;
    }

    /** A part of a feed. */
    record Named(String feed, String part) {}

    private static List<String> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    // What else is there, lost+found or a file server's own, is none of ours.
                    .filter(SnapshotStore::isName)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
    }

    private static String name(String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException("not a name of a feed or part: " + text);
        }
        return text;
    }

    static boolean isName(String text) {
        return text.matches("[a-z0-9][a-z0-9.-]*");
    }
}
