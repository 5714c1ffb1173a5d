package io.limpid.facts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.image.Sha256;
import io.limpid.model.KeyOrder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One of the sixteen folders of entries: those whose names begin with the same digit. */
final class FactsShard {
    /** What the names of files begin with that are no entries yet. */
    static final String BESIDE = ".";

    private static final String DIGITS = "0123456789abcdef";
    /** No process writes so long at one entry. */
    private static final long LEFT_AFTER_MILLIS = 3_600_000;
    /** What a disk takes for a file is some of these. */
    private static final long BLOCK = 1 << 12;

    private record Entry(Path file, long size, long used) {
        boolean isBeside() {
            return file.getFileName().toString().startsWith(BESIDE);
        }
    }

    private final Path path;

    FactsShard(Path path) {
        this.path = path;
    }

    /** The folder that an entry is in. */
    static Path of(Path entry) {
        Path parent = entry.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not an entry: " + entry);
        }
        return parent;
    }

    /** Those that there may be. */
    static List<Path> all(Path folder) {
        List<Path> all = new ArrayList<>();
        for (int i = 0; i < DIGITS.length(); i++) {
            all.add(folder.resolve(DIGITS.substring(i, i + 1)));
        }
        return all;
    }

    /** The part of the bytes that one of them may have: the digests fill all alike. */
    static long bound(long all) {
        return all / DIGITS.length();
    }

    /** Drops what was used longest ago until no more than so many bytes are left; and what killed processes left. */
    void shrink(long most) throws IOException {
        List<Entry> entries = entries();
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += removeIfLeft(entry) ? 0 : entry.size;
        }
        entries.sort(KeyOrder.by(Entry::used).then(Entry::file));
        for (Entry entry : entries) {
            if (bytes > most && !entry.isBeside()) {
                Files.deleteIfExists(entry.file);
                bytes -= entry.size;
            }
        }
    }

    /** Removes all entries; gives how many there were. */
    int clear() throws IOException {
        int removed = 0;
        for (Entry entry : entries()) {
            if (entry.isBeside()) {
                removeIfLeft(entry);
            } else if (Files.deleteIfExists(entry.file)) {
                removed++;
            }
        }
        return removed;
    }

    FactsStatus addedTo(FactsStatus before) throws IOException {
        FactsStatus status = before;
        List<Entry> entries = entries();
        entries.sort(KeyOrder.by(Entry::file));
        for (Entry entry : entries) {
            status = entry.isBeside()
                    ? status.withBeside(entry.size)
                    : isWhole(entry.file)
                            ? status.withEntry(entry.size, Instant.ofEpochMilli(entry.used))
                            : status.withDamaged(entry.size, entry.file);
        }
        return status;
    }

    private static boolean isWhole(Path file) {
        try {
            byte[] bytes = FactsFolder.bytes(file);
            if (bytes == null) {
                // Dropped just now.
                return true;
            }
            String key = FactsFormat.key(bytes);
            FactsFormat.read(bytes, key);
            return Sha256.of(key.getBytes(UTF_8))
                    .hex()
                    .equals(file.getFileName().toString());
        } catch (IOException | DamagedFactsException _) {
            return false;
        }
    }

    private static boolean removeIfLeft(Entry entry) throws IOException {
        if (!entry.isBeside() || System.currentTimeMillis() - entry.used < LEFT_AFTER_MILLIS) {
            return false;
        }
        Files.deleteIfExists(entry.file);
        return true;
    }

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                add(file, entries);
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return entries;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    private static void add(Path file, List<Entry> entries) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory()) {
                long blocks = Math.max(1, (attributes.size() + BLOCK - 1) / BLOCK);
                entries.add(new Entry(
                        file, blocks * BLOCK, attributes.lastModifiedTime().toMillis()));
            }
        } catch (NoSuchFileException _) {
            // Another process has dropped or renamed it.
        }
    }
}
