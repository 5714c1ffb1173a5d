package io.limpid.facts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Facts in files: {@code CACHE/facts/S/NAME}, one immutable file an entry, where NAME is the digest of its key and S that digest's first digit.
 *
 * <p>Any number of processes use it at once, without locks: an entry is written beside its place and renamed. Whoever is killed leaves at most a
 * file beside, which somebody removes later. Of each sixteenth there may be a sixteenth of the bytes, so that whoever adds to one looks at
 * no other.
 */
public final class FactsFolder implements FactsStore, Closeable {
    /** What all entries together may take on the disk. */
    public static final long DEFAULT_BOUND = 512L << 20;

    /** The largest entry: a hundred thousand packages have room in it. */
    static final int LARGEST_ENTRY = 8 << 20;

    static final String FOLDER = "facts";
    /** How exactly is known when an entry was last used. */
    private static final long TOUCHED_AFTER_MILLIS = 3_600_000;

    private final Path folder;
    private final long bound;
    /** How many bytes were added to each of the sixteen since it was last made to fit. */
    private final Map<Path, Long> grown = new TreeMap<>();

    private @Nullable IOException failure;
    private boolean writable = true;

    /**
     * @param cache the program's cache folder; nothing is made in it before there is something to keep
     * @param bound bytes that the entries may take on the disk
     */
    public FactsFolder(Path cache, long bound) {
        this.folder = cache.resolve(FOLDER);
        this.bound = bound;
    }

    @Override
    public @Nullable TarFacts load(FactsKey key) {
        Path file = file(key.name());
        try {
            byte[] bytes = bytes(file);
            if (bytes == null) {
                return null;
            }
            TarFacts facts = FactsFormat.read(bytes, key.text());
            touch(file);
            return facts;
        } catch (DamagedFactsException e) {
            failed(new IOException(file + " is damaged: " + e.getMessage(), e));
        } catch (IOException e) {
            failed(e);
        }
        return null;
    }

    @Override
    public void keep(FactsKey key, TarFacts facts) {
        if (!facts.lasting() || !isWritable()) {
            return;
        }
        byte[] bytes = FactsFormat.write(key.text(), facts, (int) Math.min(LARGEST_ENTRY, FactsShard.bound(bound) / 2));
        if (bytes == null) {
            return;
        }
        Path file = file(key.name());
        try {
            write(file, bytes);
            Path shard = FactsShard.of(file);
            if (added(shard, bytes.length) > FactsShard.bound(bound) / 4) {
                new FactsShard(shard).shrink(FactsShard.bound(bound));
                shrunk(shard);
            }
        } catch (IOException e) {
            // It will not be better for the next.
            notWritable();
            failed(e);
        }
    }

    /** What kept facts from being used or kept, the first time since it was opened; null when nothing did. */
    public synchronized @Nullable IOException failure() {
        return failure;
    }

    /** Drops what was used longest ago, where entries were added and there are now too many bytes. */
    @Override
    public void close() {
        for (Path shard : grown()) {
            try {
                new FactsShard(shard).shrink(FactsShard.bound(bound));
            } catch (IOException _) {
                // Whoever adds to it next does it.
            }
        }
    }

    /** Where the entries are. */
    public Path folder() {
        return folder;
    }

    /** What is kept; reads every file. */
    public FactsStatus status() throws IOException {
        FactsStatus status = FactsStatus.none(bound);
        for (Path shard : FactsShard.all(folder)) {
            status = new FactsShard(shard).addedTo(status);
        }
        return status;
    }

    /** Removes all entries, and what killed processes left; gives how many entries there were. */
    public int clean() throws IOException {
        int entries = 0;
        for (Path shard : FactsShard.all(folder)) {
            entries += new FactsShard(shard).clear();
        }
        return entries;
    }

    private Path file(String name) {
        return folder.resolve(name.substring(0, 1)).resolve(name);
    }

    /** All bytes of a file; null when there is no such file, an error when it is too large to be one of ours. */
    static byte @Nullable [] bytes(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > LARGEST_ENTRY) {
                throw new IOException(file + " has " + size + " bytes, which is too many");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until there is no more.
            }
            return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return null;
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path shard = FactsShard.of(file);
        Files.createDirectories(shard);
        Path beside = shard.resolve(FactsShard.BESIDE
                + Long.toHexString(ThreadLocalRandom.current().nextLong())
                + Long.toHexString(ProcessHandle.current().pid()));
        try {
            Files.write(beside, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(beside);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Notes that an entry is in use, seldom. */
    private static void touch(Path file) {
        try {
            long now = System.currentTimeMillis();
            if (now - Files.getLastModifiedTime(file).toMillis() > TOUCHED_AFTER_MILLIS) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(now));
            }
        } catch (IOException _) {
            // It is dropped earlier, then; or was just now.
        }
    }

    private synchronized boolean isWritable() {
        return writable;
    }

    private synchronized void notWritable() {
        writable = false;
    }

    private synchronized void failed(IOException e) {
        if (failure == null) {
            failure = e;
        }
    }

    private synchronized long added(Path shard, long bytes) {
        long all = grown.getOrDefault(shard, 0L) + bytes;
        grown.put(shard, all);
        return all;
    }

    private synchronized void shrunk(Path shard) {
        grown.remove(shard);
    }

    private synchronized Set<Path> grown() {
        return Set.copyOf(grown.keySet());
    }
}
