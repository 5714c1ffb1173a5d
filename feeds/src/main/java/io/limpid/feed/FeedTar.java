package io.limpid.feed;

import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the documents that a tar archive among a part's documents has in it, each as a stream, in the archive's order. */
public final class FeedTar {
    private static final int WINDOW = 1 << 16;

    private FeedTar() {}

    /**
     * Reads an archive to its end; what is no regular file is passed over.
     *
     * @return false when its publisher does not have it
     * @throws FeedException when it is no archive, or a damaged one
     */
    public static boolean read(FeedDocuments documents, String name, FeedMember.Reading reading) throws IOException {
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                return false;
            }
            ArchiveBytes bytes = new ArchiveBytes(name, in, documents.limits().feedPlainBytes());
            TarReader tar = new TarReader(bytes, documents.limits(), WINDOW);
            long members = 0;
            for (TarEntry entry = next(tar, bytes); entry != null; entry = next(tar, bytes)) {
                if (entry.kind() == TarEntry.Kind.FILE) {
                    members++;
                    FeedMember.read(name, entry.name(), bytes, tar.content(), documents.limits(), reading);
                }
            }
            if (members == 0) {
                throw new FeedException(name, null, "there is no file in it, or it is no tar archive at all");
            }
            if (!tar.endMarkerSeen()) {
                throw new FeedException(name, null, "it has no end; it was cut off");
            }
            return true;
        }
    }

    private static @Nullable TarEntry next(TarReader tar, ArchiveBytes bytes) throws IOException {
        try {
            return tar.next();
        } catch (IOException e) {
            throw bytes.told(e);
        }
    }
}
