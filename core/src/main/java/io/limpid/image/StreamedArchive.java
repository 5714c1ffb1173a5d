package io.limpid.image;

import io.limpid.format.BlockInputStream;
import io.limpid.format.PeekedInputStream;
import io.limpid.format.compress.Compression;
import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarException;
import io.limpid.format.tar.TarReader;
import io.limpid.image.ArchiveMembers.Member;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image archive that comes as a stream and is kept nowhere.
 *
 * <p>What its manifest says of its files may come after all of them. So documents and other small files are kept in memory, and each larger file is
 * given to a reader while it passes, as if it were a layer. Whoever wants to see one again makes the archive be sent again, up to there.
 */
final class StreamedArchive implements BlobFolder {
    private static final int WINDOW = 1 << 16;
    private static final int KEPT_FILE_BYTES = 1 << 16;
    private static final int KEPT_BYTES = 1 << 24;

    /** As Docker and OCI layouts name blobs, and podman the layers of its archives. */
    private static final Pattern NAMED = Pattern.compile("(?:.*/)?([0-9a-f]{64})(?:\\.tar)?");

    private final String name;
    private final ArchiveStreams streams;
    private final Limits limits;
    private final ArchiveMembers members;
    private final Map<String, Blob> blobs = new HashMap<>();
    private int keptBytes;
    private int read;
    private int repetitions;
    private @Nullable Pass pass;

    private StreamedArchive(String name, ArchiveStreams streams, Limits limits) {
        this.name = name;
        this.streams = streams;
        this.limits = limits;
        this.members = new ArchiveMembers(name, limits);
    }

    /**
     * Has an archive sent, and reads it to its end.
     *
     * @param name what messages call it
     * @param reader is given what may be a layer
     */
    static StreamedArchive open(String name, ArchiveStreams streams, Limits limits, PassingReader reader)
            throws IOException {
        StreamedArchive archive = new StreamedArchive(name, streams, limits);
        archive.walk(reader);
        return archive;
    }

    @Override
    public @Nullable Blob find(String file) throws IOException {
        Member member = members.find(file);
        return member == null ? null : blobs.get(member.path());
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public void close() throws IOException {
        drop();
    }

    private void walk(PassingReader reader) throws IOException {
        try (Pass first = new Pass(streams.begin(), limits)) {
            for (TarEntry entry = first.next(); entry != null; entry = first.next()) {
                add(entry, first, reader);
            }
            // Whether it was whole shows behind the archive's own end.
            while (first.in.skip(Integer.MAX_VALUE) > 0) {
                // There may be padding.
            }
        } catch (TarException e) {
            throw members.isEmpty()
                    ? members.notAnImage("it is no tar archive (" + e.getMessage() + ")")
                    : members.broken(String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            throw members.isEmpty()
                    ? members.notAnImage("it is no tar archive (" + e.getMessage() + ")")
                    : members.broken("it is cut short: " + e.getMessage());
        }
        if (members.isEmpty()) {
            throw members.notAnImage("it is a tar archive without entries");
        }
    }

    private void add(TarEntry entry, Pass first, PassingReader reader) throws IOException {
        Member member = members.add(entry);
        if (member == null) {
            return;
        }
        blobs.remove(member.path());
        if (member.kind() != TarEntry.Kind.FILE || member.sparse()) {
            return;
        }
        PeekedInputStream content = new PeekedInputStream(first.tar.content(), Compression.MAGIC_BYTES);
        byte[] begin = content.first();
        boolean document = begin.length > 0 && (begin[0] == '{' || begin[0] == '[');
        int most = document ? limits.documentBytes() : KEPT_FILE_BYTES;
        if (member.size() <= most && keptBytes + member.size() <= KEPT_BYTES) {
            byte[] bytes = content.readAllBytes();
            keptBytes += bytes.length;
            blobs.put(member.path(), new MemoryBlob(bytes));
            return;
        }
        PassingReader.Found found = null;
        // No image has more layers; what is beyond is read when it turns out to be one.
        if (read++ < limits.layers()) {
            boolean plain = Compression.of(begin) == Compression.NONE;
            found = reader.read(
                    new PassingReader.Passing(new PassingBlob(member.size(), content), named(member), plain));
        }
        blobs.put(member.path(), new StreamedBlob(this, member, first.at, found));
    }

    private static @Nullable Digest named(Member member) {
        Matcher matcher = NAMED.matcher(member.path());
        return matcher.matches() ? new Digest(matcher.group(1)) : null;
    }

    /** Has the archive sent again, up to one of its files, unless it just comes to that. */
    private InputStream again(StreamedBlob blob) throws IOException {
        Pass now = pass;
        if (now == null || now.at >= blob.place) {
            drop();
            if (repetitions >= limits.archivePasses()) {
                throw new LimpidException(
                        ErrorCode.LIMIT,
                        name + " cannot be read in the order that its image needs",
                        "it was sent " + (repetitions + 1) + " times already (limit archive-passes)",
                        "save it to a file and scan that");
            }
            repetitions++;
            now = new Pass(streams.begin(), limits);
            pass = now;
        }
        try {
            TarEntry entry = null;
            while (now.at < blob.place) {
                entry = now.next();
                if (entry == null) {
                    throw changed();
                }
            }
            Member again = entry == null ? null : new ArchiveMembers(name, limits).add(entry);
            if (!blob.member.equals(again)) {
                throw changed();
            }
            return now.tar.content();
        } catch (TarException | EOFException _) {
            throw changed();
        }
    }

    private LimpidException changed() throws IOException {
        drop();
        return new LimpidException(
                ErrorCode.BROKEN_IMAGE,
                name + " cannot be read",
                "it was sent a second time, to read more of it, and was not the same",
                "scan it again; if that does not help, save it to a file and scan that");
    }

    private void drop() throws IOException {
        Pass old = pass;
        pass = null;
        if (old != null) {
            old.close();
        }
    }

    /** The archive once, as far as it has come. */
    private static final class Pass implements AutoCloseable {
        private final Steadfast in;
        private final TarReader tar;
        private int at;

        Pass(InputStream in, Limits limits) {
            this.in = new Steadfast(in);
            this.tar = new TarReader(this.in, limits, WINDOW);
        }

        /** The next entry, which is the one {@link #at} then. */
        @Nullable
        TarEntry next() throws IOException {
            at++;
            return tar.next();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** What has failed once fails ever after in the same way: a layer's reader may have taken it for damage of the layer. */
    private static final class Steadfast extends BlockInputStream {
        private final InputStream in;
        private @Nullable IOException failure;

        Steadfast(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (failure != null) {
                throw failure;
            }
            try {
                return in.read(target, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** A file while it passes. */
    private record PassingBlob(long size, InputStream content) implements Blob {
        @Override
        public InputStream open() {
            return content;
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }
    }

    /** A file that has passed; there is one for each. */
    private static final class StreamedBlob implements Blob {
        private final StreamedArchive archive;
        private final Member member;
        private final int place;
        private final PassingReader.@Nullable Found found;

        StreamedBlob(StreamedArchive archive, Member member, int place, PassingReader.@Nullable Found found) {
            this.archive = archive;
            this.member = member;
            this.place = place;
            this.found = found;
        }

        @Override
        public long size() {
            return member.size();
        }

        @Override
        public InputStream open() throws IOException {
            return archive.again(this);
        }

        @Override
        public long position() {
            return place;
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }

        @Override
        public PassingReader.@Nullable Found found() {
            return found;
        }
    }
}
