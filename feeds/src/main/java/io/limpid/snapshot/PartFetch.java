package io.limpid.snapshot;

import io.limpid.feed.FeedPart;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetches the documents of a part, those of which something newer is there than a generation has. */
final class PartFetch {
    private final Origin origin;
    private final Downloader downloader;
    private final Limits limits;
    private final Path folder;
    private final Phases phases;

    /** What there was to fetch. */
    sealed interface Result {
        /**
         * All documents, anew.
         *
         * @param files those that the publisher has, by their names
         */
        record Fetched(List<FetchedDocument> documents, Map<String, Path> files) implements Result {}

        /** Every document is as it was. */
        record Unchanged() implements Result {}

        /** A required document is not to be had. */
        record Absent(FeedPart.Document document) implements Result {}
    }

    /**
     * @param folder where the files go
     */
    PartFetch(Origin origin, Downloader downloader, Limits limits, Path folder, Phases phases) {
        this.origin = origin;
        this.downloader = downloader;
        this.limits = limits;
        this.folder = folder;
        this.phases = phases;
    }

    /**
     * Fetches.
     *
     * @param known what the current generation was made of; empty when it says nothing of what there would be now
     */
    Result fetch(FeedPart part, List<FetchedDocument> known) throws IOException {
        Map<FeedPart.Document, Download> answers = new LinkedHashMap<>();
        boolean changed = !sameDocuments(part, known);
        for (int i = 0; i < part.documents().size(); i++) {
            FeedPart.Document document = part.documents().get(i);
            FetchedDocument before = changed ? null : known.get(i);
            Download answer = ask(document, before == null ? null : before.contents());
            if (answer instanceof Download.Absent && document.required()) {
                return new Result.Absent(document);
            }
            // Those that come after a change are not asked whether they have changed: they are needed in any case.
            changed = changed || before == null || !isAsBefore(answer, before.contents());
            answers.put(document, answer);
        }
        return changed ? allOf(answers) : new Result.Unchanged();
    }

    /** Fetches what was not, because it has not changed while another has. */
    private Result allOf(Map<FeedPart.Document, Download> answers) throws IOException {
        List<FetchedDocument> documents = new ArrayList<>();
        Map<String, Path> files = new HashMap<>();
        for (Map.Entry<FeedPart.Document, Download> entry : answers.entrySet()) {
            FeedPart.Document document = entry.getKey();
            Download answer = entry.getValue() instanceof Download.NotModified ? ask(document, null) : entry.getValue();
            if (answer instanceof Download.Fetched fetched) {
                files.put(document.name(), file(document));
                documents.add(new FetchedDocument(
                        document.name(),
                        document.url(),
                        new FetchedDocument.Contents(
                                fetched.digest(), fetched.bytes(), fetched.etag(), fetched.lastModified())));
            } else if (document.required()) {
                return new Result.Absent(document);
            } else {
                documents.add(new FetchedDocument(document.name(), document.url(), null));
            }
        }
        return new Result.Fetched(documents, files);
    }

    private static boolean isAsBefore(Download answer, FetchedDocument.@Nullable Contents before) {
        return switch (answer) {
            case Download.NotModified _ -> true;
            case Download.Absent _ -> before == null;
            case Download.Fetched fetched -> before != null && fetched.digest().equals(before.digest());
        };
    }

    private static boolean sameDocuments(FeedPart part, List<FetchedDocument> known) {
        return part.documents().stream()
                .map(document -> document.name() + " " + document.url())
                .toList()
                .equals(known.stream()
                        .map(document -> document.name() + " " + document.url())
                        .toList());
    }

    private Download ask(FeedPart.Document document, FetchedDocument.@Nullable Contents before) throws IOException {
        String etag = before == null ? null : before.etag();
        String lastModified = before == null ? null : before.lastModified();
        Download answer = download(document, etag, lastModified);
        if (answer instanceof Download.NotModified && etag == null && lastModified == null) {
            // Some cache on the way answers somebody else's question.
            answer = download(document, null, null);
            if (answer instanceof Download.NotModified) {
                throw new LimpidException(
                        ErrorCode.NETWORK,
                        "cannot fetch " + origin.shown(document.url()),
                        "it answers that nothing has changed (304), though nothing is there that could have",
                        "look at the proxy or mirror in between");
            }
        }
        phases.reached(Phase.FETCHED);
        return answer;
    }

    private Download download(FeedPart.Document document, @Nullable String etag, @Nullable String lastModified)
            throws IOException {
        DownloadRequest request = new DownloadRequest(
                origin.resolve(document.url()), file(document), etag, lastModified, limits.feedBytes(), "feed-bytes");
        try {
            return downloader.download(request);
        } catch (LimpidException | InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            if (Failures.isLocal(e)) {
                throw e;
            }
            throw new LimpidException(
                    ErrorCode.NETWORK,
                    "cannot fetch " + origin.shown(document.url()),
                    Failures.reason(e),
                    "try again later");
        }
    }

    private Path file(FeedPart.Document document) {
        // A document's name is for people; its file's name is made here.
        return folder.resolve("document-" + Origin.digest(document.name()).substring(0, 16));
    }
}
