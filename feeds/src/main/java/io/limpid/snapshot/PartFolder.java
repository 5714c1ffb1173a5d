package io.limpid.snapshot;

import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a part: its current snapshot, the one before, what became of updates, and a lock.
 *
 * <p>Readers take no lock: they open what is current. A writer holds the lock, works in a folder of its own inside, and puts whole files in place by
 * renaming them.
 */
final class PartFolder {
    static final String CURRENT = "current.limpid";
    static final String PREVIOUS = "previous.limpid";
    static final String WITHDRAWN = "withdrawn.limpid";
    private static final String STATUS = "status";
    private static final int STATUS_BYTES = 1 << 16;

    private final Path path;

    PartFolder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** {@code ubuntu/22.04}. */
    String name() {
        int names = path.getNameCount();
        return path.getName(names - 2) + "/" + path.getName(names - 1);
    }

    Path current() {
        return path.resolve(CURRENT);
    }

    Path previous() {
        return path.resolve(PREVIOUS);
    }

    /** What was rolled back from; of no meaning when the current snapshot is newer. */
    Path withdrawn() {
        return path.resolve(WITHDRAWN);
    }

    Path lock() {
        return path.resolve("lock");
    }

    /** Where a writer keeps what is not yet or no longer needed by anyone else. */
    Path work() {
        return path.resolve("work");
    }

    /** The documents that are kept as they were fetched. */
    KeptDocuments kept() {
        return new KeptDocuments(path.resolve("kept"));
    }

    /**
     * Opens the current snapshot.
     *
     * @return null when there is none
     */
    @Nullable
    Snapshot open(Limits limits) throws IOException {
        return open(current(), limits);
    }

    /** Whether there is more than what a writer leaves who made nothing current: a lock's file, which has to stay. */
    boolean isUsed() {
        return Stream.of(current(), previous(), withdrawn(), path.resolve(STATUS))
                .anyMatch(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** Opens the snapshot before the current one; null when there is none. */
    @Nullable
    Snapshot openPrevious(Limits limits) throws IOException {
        return open(previous(), limits);
    }

    /** The header of what the current snapshot was rolled back from; null when it was not, or that cannot be read. */
    @Nullable
    SnapshotHeader withdrawn(@Nullable SnapshotHeader current, Limits limits) {
        try (Snapshot snapshot = current == null ? null : open(withdrawn(), limits)) {
            return snapshot == null || current == null || snapshot.header().generation() <= current.generation()
                    ? null
                    : snapshot.header();
        } catch (IOException _) {
            return null;
        }
    }

    @Nullable
    Snapshot open(Path file, Limits limits) throws IOException {
        Snapshot snapshot;
        try {
            snapshot = Snapshot.open(file, limits);
        } catch (NoSuchFileException _) {
            return null;
        }
        SnapshotHeader header = snapshot.header();
        int names = path.getNameCount();
        if (path.getName(names - 2).toString().equals(header.feed())
                && path.getName(names - 1).toString().equals(header.part())) {
            return snapshot;
        }
        try (snapshot) {
            throw new LimpidException(
                    ErrorCode.BROKEN_ADVISORIES,
                    "cannot use the advisories in " + file,
                    "they are those of " + header.name(),
                    "put the file into the folder of its own feed and part");
        }
    }

    /** What is known of updates. */
    PartStatus status() {
        try (InputStream in = Files.newInputStream(path.resolve(STATUS))) {
            return PartStatus.parse(new String(in.readNBytes(STATUS_BYTES), StandardCharsets.UTF_8));
        } catch (IOException _) {
            return PartStatus.NONE;
        }
    }

    /** Writes what is known of updates; with the lock. */
    void write(PartStatus status) throws IOException {
        Files.createDirectories(work());
        Path file = work().resolve(STATUS);
        Files.writeString(file, status.text());
        Files.move(file, path.resolve(STATUS), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what writers left that were killed; with the lock. */
    void begin() throws IOException {
        remove(work());
        Files.createDirectories(work());
    }

    /** Removes what is no longer needed; with the lock. */
    void end() throws IOException {
        remove(work());
    }

    /**
     * Keeps the current snapshot as the previous one; with the lock.
     *
     * <p>It stays the current one all the while: whoever looks finds a snapshot at any time.
     */
    void keepPrevious() throws IOException {
        keep(previous());
    }

    /**
     * Makes the previous snapshot the current one, and keeps that as the one that was rolled back from; with the lock.
     *
     * <p>At any instant there is a current snapshot, and each file has a name.
     */
    void rollBack() throws IOException {
        keep(withdrawn());
        makeCurrent(previous());
    }

    /**
     * Removes the previous snapshot where it cannot be opened, because it is damaged or of another version of the format; with the lock.
     *
     * <p>To be called when the current one is not kept in its place: nobody could compare with it or go back to it any more.
     */
    void forgetUnusablePrevious(Limits limits) throws IOException {
        try (Snapshot _ = open(previous(), limits)) {
            // It can be gone back to.
        } catch (LimpidException _) {
            Files.deleteIfExists(previous());
        }
    }

    /** Forgets what was rolled back from, when there is something newer; with the lock. */
    void forgetWithdrawn() throws IOException {
        Files.deleteIfExists(withdrawn());
    }

    private void keep(Path name) throws IOException {
        Path second = work().resolve(PREVIOUS);
        try {
            Files.createLink(second, current());
        } catch (UnsupportedOperationException | IOException _) {
            // A file system without links, or one that does not let this user make them.
            Files.deleteIfExists(second);
            Files.copy(current(), second);
            sync(second);
        }
        Files.move(second, name, StandardCopyOption.ATOMIC_MOVE);
        // Two names of one file are left as they are by a move from one to the other.
        Files.deleteIfExists(second);
    }

    /** Makes a whole file the current snapshot; with the lock. */
    void makeCurrent(Path file) throws IOException {
        Files.move(file, current(), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    private void syncFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Removes a folder and all in it; of a link, the link. */
    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path entered, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(entered);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
