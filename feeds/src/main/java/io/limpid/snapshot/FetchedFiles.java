package io.limpid.snapshot;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.format.BlockInputStream;
import io.limpid.format.compress.Compression;
import io.limpid.model.Limits;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of a part as files: decompressed as they are read, bounded, and with their name in every error. */
final class FetchedFiles implements FeedDocuments, Closeable {
    /** A document that is compressed may be compressed once more for the transfer. */
    private static final int LAYERS = 3;

    private static final int BEGINNING = 512;
    private static final int BUFFER = 1 << 16;

    private final Map<String, Path> files;
    private final Limits limits;
    private final List<Named> opened = new ArrayList<>();

    /**
     * @param files the files by the documents' names; a document that the publisher does not have is not among them
     */
    FetchedFiles(Map<String, Path> files, Limits limits) {
        this.files = new LinkedHashMap<>(files);
        this.limits = limits;
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public @Nullable InputStream open(String name) throws IOException {
        Path file = files.get(name);
        if (file == null) {
            return null;
        }
        InputStream in = Files.newInputStream(file);
        try {
            Named document = new Named(name, plain(name, in));
            opened.add(document);
            return document;
        } catch (IOException e) {
            try (in) {
                throw e instanceof FeedException ? e : new FeedException(name, null, String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Reads what a reader has not, because it had seen the end of what it reads: the checksum of compressed bytes is only told at their end.
     *
     * @throws IOException when a document is damaged
     */
    void finish() throws IOException {
        byte[] rest = new byte[BUFFER];
        for (Named document : opened) {
            while (document.read(rest, 0, rest.length) >= 0) {
                // What is wanted of it is that it comes.
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Named document : opened) {
            document.in().close();
        }
    }

    private InputStream plain(String name, InputStream file) throws IOException {
        long bound = limits.feedPlainBytes();
        BufferedInputStream in = new BufferedInputStream(new Bounded(file, bound), BUFFER);
        for (int layer = 0; layer < LAYERS; layer++) {
            byte[] first = beginning(in);
            Compression compression = Compression.of(first);
            if (compression == Compression.NONE) {
                checkIsNoPage(name, first);
                return in;
            }
            in = new BufferedInputStream(new Bounded(compression.open(in, limits), bound), BUFFER);
        }
        throw new FeedException(name, null, "it is compressed more than " + LAYERS + " times");
    }

    private static byte[] beginning(BufferedInputStream in) throws IOException {
        in.mark(BEGINNING);
        byte[] first = in.readNBytes(BEGINNING);
        in.reset();
        return first;
    }

    private static void checkIsNoPage(String name, byte[] first) throws FeedException {
        String text =
                new String(first, StandardCharsets.ISO_8859_1).stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            throw new FeedException(name, null, "it is a web page; is there a proxy that wants a login?");
        }
    }

    /** Bytes that are at most so many: those of a document, and also those that are compressed once more, of which few may be left in the end. */
    private static final class Bounded extends BlockInputStream {
        private final InputStream in;
        private final long bound;
        private long count;

        Bounded(InputStream in, long bound) {
            this.in = in;
            this.bound = bound;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            if (count > bound) {
                throw new IOException("it has more than " + bound + " bytes (limit feed-plain-bytes)");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Says which document it is that cannot be read. */
    private static final class Named extends BlockInputStream {
        private final String name;
        private final InputStream in;
        private long count;
        private boolean ended;

        Named(String name, InputStream in) {
            this.name = name;
            this.in = in;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                if (ended) {
                    return -1;
                }
                int read = in.read(buffer, offset, length);
                count += Math.max(0, read);
                if (read < 0) {
                    // A part may have thousands of documents, and a process not as many open files.
                    ended = true;
                    in.close();
                }
                return read;
            } catch (IOException e) {
                throw new FeedException(name, "byte " + count, String.valueOf(e.getMessage()));
            }
        }

        InputStream in() {
            return in;
        }

        /** The reader has read what it wants; the rest is read afterwards. */
        @Override
        public void close() {}
    }
}
