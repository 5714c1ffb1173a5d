package io.limpid.testing;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A document of a {@link FaultServer} with validators, conditions and ranges, whose first answers may be cut. */
public final class ServedDocument implements FaultServer.Handler {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    private final Queue<Cut> cuts = new ArrayDeque<>();
    private final byte[] bytes;
    private @Nullable String etag;
    private @Nullable String lastModified;
    private @Nullable String encoding;
    private @Nullable ServedDocument next;
    private boolean answered;
    private boolean ranges = true;
    private boolean blindToConditions;
    private Answer.Framing framing = Answer.Framing.LENGTH;

    /** So many bytes of an answer's body are sent, then it ends. */
    private record Cut(long bytes, Answer.Ending ending) {}

    public ServedDocument(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** Its ETag, quotes included. */
    public ServedDocument etag(String value) {
        etag = value;
        return this;
    }

    /** Its Last-Modified. */
    public ServedDocument lastModified(String value) {
        lastModified = value;
        return this;
    }

    /** Its Content-Encoding, which the bytes already have. */
    public ServedDocument encoding(String value) {
        encoding = value;
        return this;
    }

    /** Ranges are not known here: every answer is whole. */
    public ServedDocument withoutRanges() {
        ranges = false;
        return this;
    }

    /** Ranges are given whatever If-Range says. */
    public ServedDocument blindToConditions() {
        blindToConditions = true;
        return this;
    }

    /** How the end of an answer is told. */
    public ServedDocument framed(Answer.Framing by) {
        framing = by;
        return this;
    }

    /** The next answer that is not cut yet has only so many bytes of its body. */
    public ServedDocument cut(long length, Answer.Ending ending) {
        cuts.add(new Cut(length, ending));
        return this;
    }

    /** After the first answer it is another document. */
    public ServedDocument then(ServedDocument other) {
        next = other;
        return this;
    }

    @Override
    public synchronized Answer answer(FaultServer.Request request) {
        if (next != null && answered) {
            return next.answer(request);
        }
        answered = true;
        Answer answer = uncut(request);
        Cut cut = cuts.poll();
        return cut == null ? answer : answer.cut(cut.bytes(), cut.ending());
    }

    private Answer uncut(FaultServer.Request request) {
        if (isCurrent(request.header("If-None-Match"), etag)
                || (request.header("If-None-Match") == null
                        && isCurrent(request.header("If-Modified-Since"), lastModified))) {
            return described(Answer.status(304));
        }
        Matcher range = RANGE.matcher(String.valueOf(request.header("Range")));
        String ifRange = request.header("If-Range");
        boolean same =
                blindToConditions || ifRange == null || isCurrent(ifRange, etag) || isCurrent(ifRange, lastModified);
        if (!ranges || !same || !range.matches()) {
            return described(Answer.ok(bytes)).framed(framing);
        }
        int from = Integer.parseInt(range.group(1));
        if (from >= bytes.length) {
            return described(Answer.status(416)).header("Content-Range", "bytes */" + bytes.length);
        }
        return described(Answer.status(206).body(Arrays.copyOfRange(bytes, from, bytes.length)))
                .header("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length)
                .framed(framing);
    }

    private static boolean isCurrent(@Nullable String asked, @Nullable String current) {
        return asked != null && asked.equals(current);
    }

    private Answer described(Answer plain) {
        Answer answer = plain.header("Date", "Tue, 02 Jan 2024 00:00:00 GMT");
        if (etag != null) {
            answer = answer.header("ETag", etag);
        }
        if (lastModified != null) {
            answer = answer.header("Last-Modified", lastModified);
        }
        return encoding == null ? answer : answer.header("Content-Encoding", encoding);
    }
}
