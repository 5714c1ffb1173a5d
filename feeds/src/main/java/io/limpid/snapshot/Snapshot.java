package io.limpid.snapshot;

import io.limpid.model.Advisory;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.VulnerabilityDetails;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open snapshot file: what one part of a feed says, as they were at one time.
 *
 * <p>Whoever has it open keeps it, also when it is replaced. Every block that is read is compared with its checksum; a file that was damaged ends in a
 * {@link LimpidException} with {@link ErrorCode#BROKEN_ADVISORIES}, or answers right where it is whole. Of any number of threads.
 */
public final class Snapshot implements Closeable {
    /** Bytes of blocks that one look-up may read. */
    private static final long LOOKUP_BYTES = 2 * SnapshotWriter.PACKAGE_BYTES;

    /** What a block may have besides its last entry: the entries before, and where they begin. */
    private static final int BLOCK_BYTES = 1 << 18;

    private static final int COPIED_BYTES = 1 << 18;

    private final Path path;
    private final BlockFile file;
    private final SnapshotFormat format;
    private final TableCursor advisories;
    private final TableCursor details;
    private final TableCursor products;
    private final TextReader texts;
    private final int largestBlock;

    /** A package of a release. */
    public record PackageName(String namespace, String name) {}

    /** Makes a record of the entry behind its key. */
    private interface Reading<T> {
        T read(Key key, BlockReader entry) throws IOException;
    }

    private Snapshot(Path path, BlockFile file, SnapshotFormat format, int largestBlock) {
        this.path = path;
        this.file = file;
        this.format = format;
        this.largestBlock = largestBlock;
        advisories = new TableCursor(file, format.advisories());
        details = new TableCursor(file, format.details());
        products = new TableCursor(file, format.products());
        texts = new TextReader(file, format.texts(), largestBlock);
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws LimpidException when it is damaged, no snapshot, or of another version
     * @throws IOException when it cannot be read; {@link java.nio.file.NoSuchFileException} when it is not there
     */
    public static Snapshot open(Path path, Limits limits) throws IOException {
        // The first two entries of a block may be as large as any.
        int largestBlock = 2 * limits.advisoryBytes() + BLOCK_BYTES;
        BlockFile file = BlockFile.open(path, largestBlock);
        try {
            SnapshotFormat format = SnapshotFormat.read(file.block(SnapshotFormat.headerPlace(file)));
            return new Snapshot(path, file, format, largestBlock);
        } catch (IOException e) {
            try (file) {
                throw broken(path, e);
            }
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** What the file says of itself. */
    public SnapshotHeader header() {
        return format.header();
    }

    /** How many bytes the file has. */
    public long bytes() {
        return file.size();
    }

    /** The advisories about a package, without text, in a fixed order. */
    public synchronized List<Advisory> about(String namespace, String packageName) throws IOException {
        List<AdvisoryRecord> records = withoutText(new Key(namespace, packageName, ""), 2);
        List<Advisory> advisories = new ArrayList<>(records.size());
        for (AdvisoryRecord told : records) {
            advisories.add(told.advisory());
        }
        return advisories;
    }

    /** The advisory with its description and links; as it is when it is none of this file's. */
    public synchronized Advisory whole(Advisory advisory) throws IOException {
        Advisory bare = advisory.withoutText();
        Key key = new AdvisoryRecord(bare, 0).key();
        try {
            for (AdvisoryRecord told : withoutText(key, 3)) {
                if (told.advisory().equals(bare)) {
                    return texts.text(told.text()).in(advisory);
                }
            }
            return advisory;
        } catch (DamagedException e) {
            throw broken(path, e);
        }
    }

    /** What is known of a vulnerability whatever package has it, however its id is written; without text, in a fixed order. */
    public synchronized List<VulnerabilityDetails> details(String id) throws IOException {
        List<VulnerabilityDetails> found = new ArrayList<>();
        for (DetailsRecord told : detailsOf(id)) {
            found.add(told.details());
        }
        return found;
    }

    /** The details with their description and links; as they are when they are none of this file's. */
    public synchronized VulnerabilityDetails whole(VulnerabilityDetails known) throws IOException {
        VulnerabilityDetails bare = known.withoutText();
        try {
            for (DetailsRecord told : detailsOf(known.id())) {
                if (told.details().equals(bare)) {
                    AdvisoryText text = texts.text(told.text());
                    return known.withText(text.description(), text.links());
                }
            }
            return known;
        } catch (DamagedException e) {
            throw broken(path, e);
        }
    }

    /** Hears of each advisory of a file. */
    @FunctionalInterface
    public interface Listener {
        /**
         * An advisory.
         *
         * @param advisory without text
         * @param text the number of its text, 0 where it has none; advisories of one text have one number
         */
        void advisory(Advisory advisory, long text) throws IOException;
    }

    /** Tells of all advisories, by release, package and id. */
    public synchronized void tell(Listener listener) throws IOException {
        Walk<AdvisoryRecord> walk = new Walk<>(path, new TableCursor(file, format.advisories()), AdvisoryRecord::read);
        for (var entry = walk.next(); entry != null; entry = walk.next()) {
            listener.advisory(entry.value().advisory(), entry.value().text());
        }
    }

    /** The description in the text of a number, null when it has none; quickest in the order of the numbers. */
    public synchronized @Nullable String description(long text) throws IOException {
        try {
            return texts.text(text).description();
        } catch (DamagedException | EOFException e) {
            throw broken(path, e);
        }
    }

    private List<DetailsRecord> detailsOf(String id) throws IOException {
        if (format.details().entries() == 0) {
            return List.of();
        }
        return found(details, new Key(SnapshotWriter.filed(id), "", ""), 1, DetailsRecord::read);
    }

    /** The CPE names of the products that packages of a repository belong to, in a fixed order; empty when nothing is known of it. */
    public synchronized List<String> products(String repository) throws IOException {
        if (format.products().entries() == 0) {
            return List.of();
        }
        Set<String> found = new LinkedHashSet<>();
        for (ProductsRecord told : found(products, ProductsRecord.key(repository), 1, ProductsRecord::read)) {
            found.addAll(told.products().products());
        }
        return List.copyOf(found);
    }

    /** The advisories whose first two or three names are those of the key. */
    private List<AdvisoryRecord> withoutText(Key from, int names) throws IOException {
        return found(advisories, from, names, AdvisoryRecord::read);
    }

    /** The records whose first names, so many, are those of the key. */
    private <T> List<T> found(TableCursor cursor, Key from, int names, Reading<T> reading) throws IOException {
        List<T> found = new ArrayList<>();
        long allowed = file.bytesRead() + LOOKUP_BYTES;
        try {
            cursor.seek(from);
            for (BlockReader entry = cursor.next(); entry != null; entry = cursor.next()) {
                Key key = entry.key();
                if (!key.first().equals(from.first())
                        || (names >= 2 && !key.second().equals(from.second()))
                        || (names == 3 && !key.third().equals(from.third()))) {
                    break;
                }
                found.add(reading.read(key, entry));
                bounded(allowed);
            }
            return found;
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    private void bounded(long allowed) throws DamagedException {
        if (file.bytesRead() > allowed) {
            throw new DamagedException("more than " + LOOKUP_BYTES + " bytes to answer one question");
        }
    }

    /** The packages that a vulnerability or bulletin of this name is about, in their order; however the name is written. */
    public synchronized List<PackageName> named(String idOrAlias) throws IOException {
        List<PackageName> found = new ArrayList<>();
        String filed = SnapshotWriter.filed(idOrAlias);
        long allowed = file.bytesRead() + LOOKUP_BYTES;
        try {
            TableCursor cursor = new TableCursor(file, format.names());
            cursor.seek(new Key(filed, "", ""));
            for (BlockReader entry = cursor.next(); entry != null; entry = cursor.next()) {
                Key key = entry.key();
                if (!key.first().equals(filed)) {
                    break;
                }
                entry.end();
                found.add(new PackageName(key.second(), key.third()));
                bounded(allowed);
            }
            return found;
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    /**
     * Reads the whole file: every byte is that which was written, every record makes sense and is where it is looked for.
     *
     * @throws LimpidException when it is not so
     */
    public synchronized void verify() throws IOException {
        try {
            new Verification(file, format, largestBlock).run();
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    /** Whether every byte is that which was written; quicker than {@link #verify}, and as sure where nobody means harm. */
    synchronized boolean isIntact() throws IOException {
        try {
            return SnapshotFormat.isIntact(file);
        } catch (DamagedException | EOFException _) {
            return false;
        }
    }

    /** Writes the file's bytes as they were when it was opened, also when it was replaced meanwhile. */
    public synchronized void copyTo(OutputStream out) throws IOException {
        try {
            for (long at = 0; at < file.size(); at += COPIED_BYTES) {
                out.write(file.read(at, (int) Math.min(COPIED_BYTES, file.size() - at)));
            }
        } catch (DamagedException | EOFException e) {
            throw broken(path, e);
        }
    }

    /** Goes through all advisories, by release, package and id; they have no text. */
    Walk<Advisory> walk() {
        return new Walk<>(
                path,
                new TableCursor(file, format.advisories()),
                (key, entry) -> AdvisoryRecord.read(key, entry).advisory());
    }

    /** Goes through all details of vulnerabilities, by id; they have no text. */
    Walk<VulnerabilityDetails> walkDetails() {
        return new Walk<>(
                path,
                new TableCursor(file, format.details()),
                (key, entry) -> DetailsRecord.read(key, entry).details());
    }

    /** Goes through all products of repositories, by the repositories' names. */
    Walk<RepositoryProducts> walkProducts() {
        return new Walk<>(
                path,
                new TableCursor(file, format.products()),
                (key, entry) -> ProductsRecord.read(key, entry).products());
    }

    /** All records of one kind of a snapshot, one after the other; while it is used, no other look-up may be. */
    static final class Walk<T> {
        private final Path path;
        private final TableCursor cursor;
        private final Reading<T> reading;

        private Walk(Path path, TableCursor cursor, Reading<T> reading) {
            this.path = path;
            this.cursor = cursor;
            this.reading = reading;
        }

        /**
         * A record and where it is filed.
         *
         * @param value without text
         */
        record Entry<T>(Key key, T value) {}

        /** The next one, null after the last. */
        @Nullable
        Entry<T> next() throws IOException {
            try {
                BlockReader entry = cursor.next();
                if (entry == null) {
                    return null;
                }
                Key key = entry.key();
                return new Entry<>(key, reading.read(key, entry));
            } catch (IOException e) {
                throw broken(path, e);
            }
        }
    }

    private static IOException broken(Path path, IOException cause) {
        if (cause instanceof SnapshotFormat.OtherVersionException) {
            LimpidException other = new LimpidException(
                    ErrorCode.BROKEN_ADVISORIES,
                    "cannot use the advisories in " + path,
                    cause.getMessage(),
                    "fetch them anew: limpid db update");
            other.initCause(cause);
            return other;
        }
        if (cause instanceof DamagedException || cause instanceof EOFException) {
            return new LimpidException(
                    ErrorCode.BROKEN_ADVISORIES,
                    "the advisories in " + path + " are damaged",
                    cause.getMessage(),
                    "fetch them anew: limpid db update --force; if it comes again, look at the disk");
        }
        return cause;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
