package io.limpid.feed;

import io.limpid.format.BlockInputStream;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of an archive as the one document of its own, called by its path in the archive.
 *
 * <p>Where the archive is damaged within it, or its bytes make no sense to whoever reads it, the failure tells the archive's name and its own.
 */
public final class FeedMember implements FeedDocuments {
    private final String name;
    private final InputStream content;
    private final Limits limits;

    /** What is done with a member. */
    @FunctionalInterface
    public interface Reading {
        /**
         * Reads a member as far as it wants to.
         *
         * @param path its path in the archive, in foreign words
         * @param member the member, which can be opened once
         */
        void read(String path, FeedDocuments member) throws IOException;
    }

    private FeedMember(String name, InputStream content, Limits limits) {
        this.name = name;
        this.content = content;
        this.limits = limits;
    }

    /**
     * Reads a member.
     *
     * @param bytes those of the archive, of which {@code content} is made
     */
    static void read(
            String archive, String path, ArchiveBytes bytes, InputStream content, Limits limits, Reading reading)
            throws IOException {
        try {
            reading.read(path, new FeedMember(path, new Content(bytes, content), limits));
        } catch (FeedException e) {
            throw e.getMessage() != null && e.getMessage().startsWith(archive)
                    ? e
                    : new FeedException(archive, null, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public @Nullable InputStream open(String asked) {
        return asked.equals(name) ? content : null;
    }

    @Override
    public List<String> names() {
        return List.of(name);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    /** Tells an archive that is damaged from a disk that is. */
    private static final class Content extends BlockInputStream {
        private final ArchiveBytes bytes;
        private final InputStream in;

        Content(ArchiveBytes bytes, InputStream in) {
            this.bytes = bytes;
            this.in = in;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw bytes.told(e);
            }
        }
    }
}
