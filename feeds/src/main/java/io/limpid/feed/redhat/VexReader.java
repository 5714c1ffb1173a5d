package io.limpid.feed.redhat;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.csaf.CsafDocument;
import io.limpid.feedformat.csaf.CsafReader;
import io.limpid.format.json.JsonException;
import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarException;
import io.limpid.format.tar.TarReader;
import io.limpid.model.Advisory;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Red Hat's VEX documents: first those that have changed since the archive of all was made, then the archive, without those.
 *
 * <p>All years are read. Of the vulnerabilities of years that are long gone some are in today's releases and will stay
 * ({@code CVE-2005-2541} in tar).
 */
final class VexReader {
    private static final int WINDOW = 1 << 16;

    private final FeedDocuments documents;
    private final PartReading reading;
    private final VexChanges changes;

    VexReader(FeedDocuments documents, PartReading reading) throws IOException {
        this.documents = documents;
        this.reading = reading;
        this.changes = VexChanges.read(documents);
    }

    FeedReading read() throws IOException {
        Set<String> newer = new HashSet<>();
        int absent = 0;
        for (String path : changes.changed().keySet()) {
            try (InputStream in = documents.open(path)) {
                if (in == null) {
                    absent++;
                } else if (!changes.isGone(path)) {
                    newer.add(path);
                    document(path, in);
                }
            }
        }
        if (absent > 0) {
            reading.note(absent + " documents that have changed since " + changes.archive()
                    + " was made are not to be had: what they said then is used");
        }
        archive(newer);
        return reading.end(changes.archive(), changes.newest());
    }

    private void archive(Set<String> newer) throws IOException {
        String archive = changes.archive();
        try (InputStream in = documents.open(archive)) {
            if (in == null) {
                throw new FeedException(archive, null, "it was not fetched");
            }
            TarReader tar = new TarReader(in, documents.limits(), WINDOW);
            long members = 0;
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                String path = path(entry);
                if (path != null) {
                    members++;
                    if (!newer.contains(path) && !changes.isGone(path)) {
                        document(archive + ", " + path, tar.content());
                    }
                }
            }
            if (members == 0) {
                throw new FeedException(archive, null, "there is no VEX document in it");
            }
        } catch (TarException | EOFException e) {
            throw new FeedException(archive, null, "it is no whole archive: " + e.getMessage());
        }
    }

    /** The path of a document, however the archive writes it; null when it is none. */
    private static @Nullable String path(TarEntry entry) {
        if (entry.kind() != TarEntry.Kind.FILE) {
            return null;
        }
        String[] names = entry.name().split("/", -1);
        if (names.length < 2) {
            return null;
        }
        String path = names[names.length - 2] + "/" + names[names.length - 1];
        return VexChanges.PATH.matcher(path).matches() ? path : null;
    }

    private void document(String place, InputStream in) throws IOException {
        try {
            CsafDocument document = CsafReader.read(in, documents.limits());
            List<Advisory> advisories = VexAdvisories.of(document);
            if (advisories == null || !document.category().equals("csaf_vex")) {
                reading.skip(place, "no VEX document on a vulnerability");
            } else {
                reading.record(place, advisories);
            }
        } catch (JsonException e) {
            reading.skip(place, String.valueOf(e.getMessage()));
        }
    }
}
