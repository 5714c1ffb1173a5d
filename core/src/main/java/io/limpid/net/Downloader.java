package io.limpid.net;

import io.limpid.model.LimpidException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One download, through all the requests that it takes.
 *
 * <p>After a failure that may pass it is continued where it broke off, when the server has named the bytes in a way that cannot mean others
 * ({@link Validator}) and gives the rest of the very same; else it is begun anew. Attempts that bring something new may go on as long as the
 * whole has time.
 */
final class Downloader {
    private static final int BUFFER = 1 << 16;
    /** Less than that is no progress: a connection that breaks after each byte is no connection. */
    private static final long PROGRESS = 1 << 16;

    private final Exchange exchange;
    private final Patience patience;
    private final DownloadRequest request;
    private final TransferProgress progress;
    private final PartFile file;
    private final URI shownUrl;

    /** What the bytes in the file are the beginning of; null when they are of no use. */
    private @Nullable Version version;

    private boolean rangesFail;

    /** One state of the document on the server. */
    private record Version(
            Validator validator,
            long length,
            String encoding,
            @Nullable String etag,
            @Nullable String lastModified) {

        static Version of(Reply reply) {
            Headers headers = reply.headers();
            return new Version(
                    Validator.of(headers),
                    reply.body().length(),
                    encoding(headers),
                    headers.first("ETag"),
                    headers.first("Last-Modified"));
        }

        static String encoding(Headers headers) {
            return String.join(",", headers.all("Content-Encoding")).toLowerCase(Locale.ROOT);
        }
    }

    Downloader(
            Connections connections,
            Retries retries,
            Deadline total,
            DownloadRequest request,
            TransferProgress progress) {
        this.exchange = new Exchange(connections, total);
        this.patience = new Patience(retries, total);
        this.request = request;
        this.progress = progress;
        this.file = new PartFile(request.file());
        this.shownUrl = Urls.plain(request.url());
    }

    Download run() throws IOException, InterruptedException {
        try (file) {
            while (true) {
                long before = file.longest();
                try {
                    Download download = attempt();
                    if (download != null) {
                        return download;
                    }
                    // The file begins anew, which the server is asked for without ranges: that cannot happen twice.
                } catch (NetFailure failure) {
                    stopIfInterrupted();
                    patience.await(failure, file.longest() - before >= PROGRESS);
                }
            }
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Asks once; null when the answer is no continuation, so that the file has to be begun anew. */
    private @Nullable Download attempt() throws IOException, InterruptedException {
        Version known = rangesFail ? null : version;
        String condition =
                known == null || file.length() == 0 ? null : known.validator().ifRange();
        if (condition == null) {
            version = null;
        }
        WebRequest asked = asked(condition);
        try (Reply reply = exchange.run(asked)) {
            return switch (reply.status()) {
                case 200 -> whole(reply);
                case 206 -> known != null && condition != null ? rest(reply, known) : unexpected(reply);
                case 304 -> isConditional(asked) ? new Download.NotModified() : unexpected(reply);
                case 404, 410 -> new Download.Absent(reply.status());
                case 416 -> condition == null ? unexpected(reply) : anew();
                default -> throw reply.refused();
            };
        }
    }

    private WebRequest asked(@Nullable String condition) {
        WebRequest get = WebRequest.get(request.url(), request.maxBytes())
                .with(request.headers())
                .limitedBy(request.limit())
                .with("Accept", "*/*")
                .with("Accept-Encoding", "gzip");
        if (condition != null) {
            return get.with("Range", "bytes=" + file.length() + "-").with("If-Range", condition);
        }
        get = given(get, "If-None-Match", request.etag());
        return given(get, "If-Modified-Since", request.lastModified());
    }

    private static boolean isConditional(WebRequest get) {
        Headers headers = get.headers();
        return headers.first("If-None-Match") != null || headers.first("If-Modified-Since") != null;
    }

    /** What was kept and cannot be sent was not kept well: then there is no condition. */
    private static WebRequest given(WebRequest get, String name, @Nullable String kept) {
        return kept == null || !Headers.isValue(kept) ? get : get.with(name, kept);
    }

    private static Download unexpected(Reply reply) throws NetFailure {
        throw NetFailure.lasting(
                "the server answered " + Status.words(reply.status()) + " without being asked for that", null);
    }

    private @Nullable Download anew() {
        rangesFail = true;
        return null;
    }

    private Download whole(Reply reply) throws IOException {
        bound(reply.body().length());
        file.restart();
        Version begun = Version.of(reply);
        version = begun;
        transfer(reply, begun.length());
        return fetched(reply, begun);
    }

    private @Nullable Download rest(Reply reply, Version known) throws IOException {
        Headers headers = reply.headers();
        ContentRange range = ContentRange.parse(headers.first("Content-Range"));
        boolean continues = range != null
                && range.first() == file.length()
                && (range.total() < 0 || known.length() < 0 || range.total() == known.length())
                && known.validator().agreesWith(headers)
                && known.encoding().equals(Version.encoding(headers));
        if (range == null || !continues) {
            return anew();
        }
        long length = known.length() < 0 ? range.total() : known.length();
        bound(length);
        transfer(reply, length);
        if (length < 0 || file.length() < length) {
            // Less than was asked for, or an end that nobody has announced: it goes on from here.
            throw NetFailure.passing("only " + Amounts.bytes(file.length()) + " of it came", null);
        }
        return fetched(reply, known);
    }

    private void bound(long length) throws NetFailure {
        if (length > request.maxBytes()) {
            throw NetFailure.tooLarge(
                    "it has " + Amounts.bytes(length) + ", more than the " + Amounts.bytes(request.maxBytes())
                            + " that are allowed",
                    request.limit());
        }
    }

    /** Appends a body to the file. */
    private void transfer(Reply reply, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        progress.at(shownUrl, file.length(), length);
        for (int read = reply.body().read(buffer);
                read >= 0;
                read = reply.body().read(buffer)) {
            bound(file.length() + read);
            file.append(buffer, read);
            progress.at(shownUrl, file.length(), length);
        }
        if (length >= 0 && file.length() > length) {
            throw NetFailure.lasting("it has more bytes than were announced", null);
        }
    }

    private Download fetched(Reply reply, Version what) throws LimpidException {
        return new Download.Fetched(file.length(), file.complete(), what.etag(), what.lastModified(), reply.from());
    }
}
