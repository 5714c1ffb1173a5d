package io.limpid.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a {@link FaultServer} sends, right or wrong, and how; each method gives a changed copy. */
public final class Answer {
    private static final int CHUNK = 1000;

    private final int status;
    private final List<String> fields;
    private final byte[] body;
    private final Framing framing;
    private final long stopAfter;
    private final Ending ending;
    private final Duration dripEvery;
    private final boolean dripHead;
    private final boolean raw;

    /** How the end of the body is told. */
    public enum Framing {
        /** By Content-Length. */
        LENGTH,
        /** By chunks. */
        CHUNKED,
        /** By the end of the connection. */
        CLOSE,
        /** There is no body, whatever the fields say. */
        NONE
    }

    /** What becomes of the connection afterwards, or when the answer is cut. */
    public enum Ending {
        /** It is kept for the next request. */
        KEEP,
        /** It is closed in good order. */
        CLOSE,
        /** It is closed though the answer did not say so, and by TLS not at all. */
        HANG_UP,
        /** It is reset (RST); what was sent before may be lost with it. */
        RESET,
        /** It is held, and nothing comes. */
        STALL
    }

    private Answer(
            int status,
            List<String> fields,
            byte[] body,
            Framing framing,
            long stopAfter,
            Ending ending,
            Duration dripEvery,
            boolean dripHead,
            boolean raw) {
        this.status = status;
        this.fields = fields;
        this.body = body;
        this.framing = framing;
        this.stopAfter = stopAfter;
        this.ending = ending;
        this.dripEvery = dripEvery;
        this.dripHead = dripHead;
        this.raw = raw;
    }

    /** An answer of a status, without a body. */
    public static Answer status(int status) {
        Framing framing = status == 204 || status == 304 || status < 200 ? Framing.NONE : Framing.LENGTH;
        return new Answer(
                status, List.of(), new byte[0], framing, Long.MAX_VALUE, Ending.KEEP, Duration.ZERO, false, false);
    }

    /** An answer of status 200. */
    public static Answer ok(byte[] body) {
        return status(200).body(body);
    }

    /** An answer of status 200. */
    public static Answer ok(String body) {
        return ok(body.getBytes(StandardCharsets.UTF_8));
    }

    /** A redirect. */
    public static Answer redirect(int status, String location) {
        return status(status).header("Location", location);
    }

    /** No HTTP at all: these bytes, and then the end. */
    public static Answer raw(String bytes) {
        return new Answer(
                0,
                List.of(),
                bytes.getBytes(StandardCharsets.ISO_8859_1),
                Framing.CLOSE,
                Long.MAX_VALUE,
                Ending.CLOSE,
                Duration.ZERO,
                false,
                true);
    }

    /** One more header field. */
    public Answer header(String name, String value) {
        List<String> more = new ArrayList<>(fields);
        more.add(name + ": " + value);
        return new Answer(status, more, body, framing, stopAfter, ending, dripEvery, dripHead, raw);
    }

    /** Another body. */
    public Answer body(byte[] bytes) {
        return new Answer(status, fields, bytes.clone(), framing, stopAfter, ending, dripEvery, dripHead, raw);
    }

    /** Another way to tell the end of the body. */
    public Answer framed(Framing by) {
        Ending end = by == Framing.CLOSE && ending == Ending.KEEP ? Ending.CLOSE : ending;
        return new Answer(status, fields, body, by, stopAfter, end, dripEvery, dripHead, raw);
    }

    /** Only so many bytes of the body are sent, then it ends like this. */
    public Answer cut(long bytes, Ending end) {
        return new Answer(status, fields, body, framing, bytes, end, dripEvery, dripHead, raw);
    }

    /** The connection ends like this. */
    public Answer then(Ending end) {
        return cut(stopAfter, end);
    }

    /** The body comes byte by byte, with a pause before each. */
    public Answer drip(Duration every) {
        return new Answer(status, fields, body, framing, stopAfter, ending, every, false, raw);
    }

    /** Head and body come byte by byte, with a pause before each. */
    public Answer dripHead(Duration every) {
        return new Answer(status, fields, body, framing, stopAfter, ending, every, true, raw);
    }

    Ending ending() {
        return ending;
    }

    /** Sends it; {@code toHead}: without the body that there would be. */
    void send(OutputStream out, boolean toHead) throws IOException, InterruptedException {
        if (!raw) {
            write(out, head().getBytes(StandardCharsets.ISO_8859_1), dripHead ? dripEvery : Duration.ZERO);
        }
        if (framing == Framing.NONE || toHead) {
            return;
        }
        int end = (int) Math.min(stopAfter, body.length);
        if (framing != Framing.CHUNKED) {
            write(out, Arrays.copyOf(body, end), dripEvery);
            return;
        }
        for (int at = 0; at < end; at += CHUNK) {
            int whole = Math.min(CHUNK, body.length - at);
            out.write(String.format(Locale.ROOT, "%x\r\n", whole).getBytes(StandardCharsets.ISO_8859_1));
            write(out, Arrays.copyOfRange(body, at, Math.min(at + whole, end)), dripEvery);
            if (at + whole <= end) {
                out.write(new byte[] {'\r', '\n'});
            }
        }
        if (end == body.length && stopAfter > body.length) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.flush();
    }

    private String head() {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Some Words\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        boolean announced =
                fields.stream().anyMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("content-length:"));
        if (framing == Framing.LENGTH && !announced) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        } else if (framing == Framing.CHUNKED) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        if (ending == Ending.CLOSE) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static void write(OutputStream out, byte[] bytes, Duration every) throws IOException, InterruptedException {
        if (every.isZero()) {
            out.write(bytes);
            out.flush();
            return;
        }
        for (byte b : bytes) {
            Thread.sleep(every);
            out.write(b);
            out.flush();
        }
    }
}
