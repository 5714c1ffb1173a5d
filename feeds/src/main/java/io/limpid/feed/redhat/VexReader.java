package io.limpid.feed.redhat;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedReading;
import io.limpid.feed.FeedTar;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.csaf.CsafDocument;
import io.limpid.feedformat.csaf.CsafReader;
import io.limpid.format.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Reads Red Hat's VEX documents: first those that have changed since the archive of all was made, then the archive, without those.
 *
 * <p>All years are read. Of the vulnerabilities of years that are long gone some are in today's releases and will stay
 * ({@code CVE-2005-2541} in tar).
 */
final class VexReader {
    private final FeedDocuments documents;
    private final PartReading reading;
    private final VexChanges changes;
    private long advisories;

    VexReader(FeedDocuments documents, PartReading reading) throws IOException {
        this.documents = documents;
        this.reading = reading;
        this.changes = VexChanges.read(documents);
    }

    FeedReading read() throws IOException {
        Set<String> newer = new HashSet<>();
        Set<String> fetched = new HashSet<>(documents.names());
        changes.odd().forEach(line -> reading.skip(line.place(), line.what()));
        if (changes.day() == null) {
            reading.note(changes.archive()
                    + " is called after no day: which documents have changed since it was made is not known");
        }
        int absent = 0;
        for (String path : changes.changed().keySet()) {
            String name = VexChanges.name(path);
            if (changes.isGone(path)) {
                continue;
            }
            if (fetched.contains(name)) {
                // Of one that makes no sense the archive's copy is used.
                if (document(path, documents, name)) {
                    newer.add(path);
                }
            } else {
                absent++;
            }
        }
        if (absent > 0) {
            reading.note(absent + " documents that have changed since " + changes.archive()
                    + " was made are not to be had: what they said then is used");
        }
        archive(newer);
        FeedReading read = reading.end(changes.archive(), changes.newest());
        if (advisories == 0) {
            throw new FeedException(
                    changes.archive(), null, "its documents say nothing of any rpm, their format may have changed");
        }
        return read;
    }

    private void archive(Set<String> newer) throws IOException {
        String archive = changes.archive();
        long[] members = {0};
        boolean there = FeedTar.read(documents, archive, (member, one) -> {
            String path = VexChanges.path(member);
            if (path != null) {
                members[0]++;
                if (!newer.contains(path) && !changes.isGone(path)) {
                    document(path, one, member);
                }
            }
        });
        if (!there || members[0] == 0) {
            throw new FeedException(archive, null, there ? "there is no VEX document in it" : "it was not fetched");
        }
    }

    /** Reads a document; whether it makes sense. */
    private boolean document(String place, FeedDocuments from, String name) throws IOException {
        try (InputStream in = from.open(name)) {
            CsafDocument document = CsafReader.read(Objects.requireNonNull(in), documents.limits());
            if (!document.category().equals("csaf_vex")) {
                reading.skip(place, "it is no VEX document");
                return false;
            }
            VexAdvisories.Told told = VexAdvisories.of(document);
            String odd = told.odd();
            if (odd != null) {
                reading.skip(place, odd);
                return false;
            }
            reading.record(place, told.advisories());
            advisories += told.advisories().size();
            return true;
        } catch (JsonException e) {
            reading.skip(place, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
