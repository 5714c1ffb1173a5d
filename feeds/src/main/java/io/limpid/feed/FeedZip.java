package io.limpid.feed;

import io.limpid.format.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the documents that a zip archive among a part's documents has in it, each as a stream, in the archive's order. */
public final class FeedZip {
    private static final String UTF_8 = "UTF-8";

    private FeedZip() {}

    /**
     * Reads an archive to its end; folders are passed over.
     *
     * @return false when its publisher does not have it
     * @throws FeedException when it is no archive, a damaged one, or one of more plain bytes than a document may have
     */
    public static boolean read(FeedDocuments documents, String name, FeedMember.Reading reading) throws IOException {
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                return false;
            }
            End end = new End(in);
            ArchiveBytes bytes = new ArchiveBytes(name, end, documents.limits().feedPlainBytes());
            ZipArchiveInputStream zip =
                    new ZipArchiveInputStream(bytes, UTF_8, /* useUnicodeExtraFields= */ true, true);
            Members members = new Members(zip, documents.limits().feedPlainBytes(), name);
            long count = 0;
            for (ZipArchiveEntry entry = next(zip, bytes); entry != null; entry = next(zip, bytes)) {
                if (!entry.isDirectory()) {
                    count++;
                    FeedMember.read(name, entry.getName(), bytes, members, documents.limits(), reading);
                }
            }
            if (count == 0) {
                throw new FeedException(name, null, "there is no file in it, or it is no zip archive at all");
            }
            if (!end.isThere(bytes)) {
                throw new FeedException(name, null, "it has no end; it was cut off");
            }
            return true;
        }
    }

    private static @Nullable ZipArchiveEntry next(ZipArchiveInputStream zip, ArchiveBytes bytes) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (IOException e) {
            throw bytes.told(e);
        } catch (IllegalArgumentException e) {
            throw bytes.told(new IOException(e.getMessage()));
        }
    }

    /** Remembers the last bytes, in which the record that ends an archive is: whoever walks the members finds no fault when it is missing. */
    private static final class End extends BlockInputStream {
        /** The record with a comment as long as archives of advisories have. */
        private static final int LAST = 1 << 10;

        private static final byte[] RECORD = {'P', 'K', 5, 6};
        private static final int RECORD_BYTES = 22;

        private final InputStream in;
        private byte[] last = new byte[0];

        End(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                int kept = Math.min(last.length, Math.max(0, LAST - read));
                int taken = Math.min(read, LAST);
                byte[] now = new byte[kept + taken];
                System.arraycopy(last, last.length - kept, now, 0, kept);
                System.arraycopy(buffer, offset + read - taken, now, kept, taken);
                last = now;
            }
            return read;
        }

        /** Whether the record is there, once the rest of the archive's bytes is read. */
        boolean isThere(InputStream rest) throws IOException {
            rest.skip(Long.MAX_VALUE);
            for (int at = last.length - RECORD_BYTES; at >= 0; at--) {
                if (Arrays.equals(last, at, at + RECORD.length, RECORD, 0, RECORD.length)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The plain bytes of all members one after the other, as many as one document may have. */
    private static final class Members extends BlockInputStream {
        private final InputStream in;
        private final long bound;
        private final String name;
        private long count;

        Members(InputStream in, long bound, String name) {
            this.in = in;
            this.bound = bound;
            this.name = name;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            if (count > bound) {
                throw new FeedException(
                        name, null, "it has more than " + bound + " plain bytes (limit feed-plain-bytes)");
            }
            return read;
        }
    }
}
