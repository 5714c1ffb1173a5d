package io.limpid.snapshot;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fetches the documents of a part and those that they name, when something newer is there than a generation has. */
final class PartFetch {
    /** What one document's contents name is told in one more round; no publisher needs more than three. */
    private static final int ROUNDS = 10;

    private static final int DOCUMENTS = 20_000;
    /** Where more documents make no sense than this, what is wrong is not with them: somebody on the way wants a login. */
    static final int MOST_SENSELESS = 10;

    private final Feed feed;
    private final FeedPart part;
    private final Origin origin;
    private final Downloader downloader;
    private final Limits limits;
    private final Path folder;
    private final KeptDocuments kept;
    private final Phases phases;

    /** A document that was asked for; what others name may be elsewhere the next time. */
    private record Place(String name, URI url) {}

    /** What there was to fetch. */
    sealed interface Result {
        /**
         * All documents, anew.
         *
         * @param files those that the publisher has, by their names
         * @param optional the names of those that the part is something without
         * @param senseless why those of these made no sense that were to name others, by their names
         */
        record Fetched(
                List<FetchedDocument> documents,
                Map<String, Path> files,
                Set<String> optional,
                Map<String, FeedException> senseless)
                implements Result {}

        /** Every document is as it was. */
        record Unchanged() implements Result {}

        /** A required document is not to be had. */
        record Absent(FeedPart.Document document) implements Result {}
    }

    /**
     * @param folder where the files go
     * @param kept those that need not be fetched again
     */
    PartFetch(
            Feed feed,
            FeedPart part,
            Origin origin,
            Downloader downloader,
            Limits limits,
            Path folder,
            KeptDocuments kept,
            Phases phases) {
        this.feed = feed;
        this.part = part;
        this.origin = origin;
        this.downloader = downloader;
        this.limits = limits;
        this.folder = folder;
        this.kept = kept;
        this.phases = phases;
    }

    /**
     * Fetches.
     *
     * @param known what the current generation was made of; empty when it says nothing of what there would be now
     */
    Result fetch(List<FetchedDocument> known) throws IOException {
        Map<Place, Download> answers = new HashMap<>();
        return isAsBefore(known, answers) ? new Result.Unchanged() : all(known, answers);
    }

    /**
     * Whether every document is as it was, those that others named among them: as long as those are the same, so is what they name.
     *
     * @param answers takes what was fetched meanwhile
     */
    private boolean isAsBefore(List<FetchedDocument> known, Map<Place, Download> answers) throws IOException {
        if (!beginsAs(known)) {
            return false;
        }
        for (FetchedDocument document : known) {
            if (document.isSettled()) {
                continue;
            }
            Download answer = ask(document.name(), document.url(), document.contents());
            if (!isAsBefore(answer, document.contents())) {
                // Those that come after a change are not asked whether they have changed: they are needed in any case.
                answers.put(new Place(document.name(), document.url()), answer);
                return false;
            }
            if (answer instanceof Download.Fetched) {
                answers.put(new Place(document.name(), document.url()), answer);
            }
        }
        return true;
    }

    private boolean beginsAs(List<FetchedDocument> known) {
        return !known.isEmpty()
                && part.documents().stream()
                        .map(document -> document.name() + " " + document.url())
                        .toList()
                        .equals(known.stream()
                                .limit(part.documents().size())
                                .map(document -> document.name() + " " + document.url())
                                .toList());
    }

    /** Fetches what the part lists, then what that names, and so on. */
    private Result all(List<FetchedDocument> known, Map<Place, Download> answers) throws IOException {
        Result.Fetched all =
                new Result.Fetched(new ArrayList<>(), new LinkedHashMap<>(), new HashSet<>(), new LinkedHashMap<>());
        Set<String> told = new HashSet<>();
        List<FeedPart.Document> next = part.documents();
        for (int round = 0; !next.isEmpty(); round++) {
            if (round > ROUNDS || told.size() + next.size() > DOCUMENTS) {
                throw new FeedException(
                        next.getFirst().name(),
                        null,
                        "documents name documents without end; " + told.size() + " so far");
            }
            for (FeedPart.Document document : next) {
                if (!told.add(document.name())) {
                    continue;
                }
                FetchedDocument fetched = fetched(document, known, answers, all.files());
                if (!document.required()) {
                    all.optional().add(document.name());
                } else if (fetched.contents() == null) {
                    return new Result.Absent(document);
                }
                all.documents().add(fetched);
            }
            next = followed(all, told);
        }
        return all;
    }

    /** One document, kept or fetched, with its file if there is one. */
    private FetchedDocument fetched(
            FeedPart.Document document,
            List<FetchedDocument> known,
            Map<Place, Download> answers,
            Map<String, Path> files)
            throws IOException {
        if (document.revision() != null) {
            FetchedDocument before = kept.of(document, known);
            if (before != null) {
                files.put(document.name(), kept.file(before));
                return before;
            }
        }
        Download before = answers.get(new Place(document.name(), document.url()));
        Download answer = before == null ? ask(document.name(), document.url(), null) : before;
        FetchedDocument.Contents contents = null;
        if (answer instanceof Download.Fetched fetched) {
            files.put(document.name(), file(document.name()));
            contents = new FetchedDocument.Contents(
                    fetched.digest(), fetched.bytes(), fetched.etag(), fetched.lastModified());
        }
        return new FetchedDocument(document.name(), document.url(), document.revision(), contents);
    }

    /** What the documents name; one that is not required and makes no sense names nothing. */
    private List<FeedPart.Document> followed(Result.Fetched all, Set<String> told) throws IOException {
        while (true) {
            Map<String, Path> readable = new LinkedHashMap<>(all.files());
            readable.keySet().removeAll(all.senseless().keySet());
            try (FetchedFiles fetched = new FetchedFiles(readable, limits)) {
                return feed.follow(part, fetched).stream()
                        .filter(document -> !told.contains(document.name()))
                        .toList();
            } catch (FeedException e) {
                String name = e.document();
                if (!all.optional().contains(name)
                        || !readable.containsKey(name)
                        || all.senseless().size() >= MOST_SENSELESS) {
                    throw e;
                }
                all.senseless().put(name, e);
            }
        }
    }

    private static boolean isAsBefore(Download answer, FetchedDocument.@Nullable Contents before) {
        return switch (answer) {
            case Download.NotModified _ -> true;
            case Download.Absent _ -> before == null;
            case Download.Fetched fetched -> before != null && fetched.digest().equals(before.digest());
        };
    }

    private Download ask(String name, URI url, FetchedDocument.@Nullable Contents before) throws IOException {
        String etag = before == null ? null : before.etag();
        String lastModified = before == null ? null : before.lastModified();
        Download answer = download(name, url, etag, lastModified);
        if (answer instanceof Download.NotModified && etag == null && lastModified == null) {
            // Some cache on the way answers somebody else's question.
            answer = download(name, url, null, null);
            if (answer instanceof Download.NotModified) {
                throw new LimpidException(
                        ErrorCode.NETWORK,
                        "cannot fetch " + origin.shown(url),
                        "it answers that nothing has changed (304), though nothing is there that could have",
                        "look at the proxy or mirror in between");
            }
        }
        phases.reached(Phase.FETCHED);
        return answer;
    }

    private Download download(String name, URI url, @Nullable String etag, @Nullable String lastModified)
            throws IOException {
        DownloadRequest request = new DownloadRequest(
                origin.resolve(url), file(name), etag, lastModified, limits.feedBytes(), "feed-bytes");
        try {
            return downloader.download(request);
        } catch (LimpidException | InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            if (Failures.isLocal(e)) {
                throw e;
            }
            throw new LimpidException(
                    ErrorCode.NETWORK, "cannot fetch " + origin.shown(url), Failures.reason(e), "try again later");
        }
    }

    private Path file(String document) {
        // A document's name is for people; its file's name is made here.
        return folder.resolve("document-" + Origin.digest(document).substring(0, 16));
    }
}
