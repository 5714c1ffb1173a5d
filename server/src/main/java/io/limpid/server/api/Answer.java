package io.limpid.server.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets.
 *
 * @param headers besides those that HTTP itself needs
 * @param canBeZipped whether it is compressed for a client that takes it
 * @param countedAs instead of the route's label and the status, where Clair counts differently; null as usual
 */
@SuppressWarnings("ArrayRecordComponent") // Made once and written once.
public record Answer(
        int status,
        Map<String, String> headers,
        byte[] body,
        boolean canBeZipped,
        @Nullable CountedAs countedAs) {
    private static final String TYPE = "Content-Type";
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final byte[] NOTHING = {};

    /**
     * How a request appears in the metrics.
     *
     * @param code the status, or {@code ???}
     */
    public record CountedAs(String label, String code) {}

    /** JSON as Clair sends it. */
    public static Answer json(int status, byte[] body) {
        return new Answer(status, Map.of(TYPE, "application/json;charset=utf-8", "Server", "clair"), body, true, null);
    }

    /** An empty answer. */
    public static Answer empty(int status, Map<String, String> headers) {
        return new Answer(status, headers, NOTHING, false, null);
    }

    /** Text of a type of its own. */
    public static Answer of(int status, String type, String body) {
        return new Answer(status, Map.of(TYPE, type), utf8(body), false, null);
    }

    /** A text that says what went wrong, as Go's library sends it. */
    static Answer text(int status, String text) {
        return new Answer(
                status, Map.of(TYPE, PLAIN, "X-Content-Type-Options", "nosniff"), utf8(text + "\n"), false, null);
    }

    /** An error of the server itself; the message has nothing to escape. */
    static Answer error(int status, String message) {
        return json(status, utf8("{\"Error\":{\"Message\":\"" + message + "\"}}\n"));
    }

    /** Sends the client elsewhere. */
    static Answer redirect(boolean isGet, String location) {
        if (!isGet) {
            return empty(307, Map.of("Location", location));
        }
        String shown = location.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
        return new Answer(
                301,
                Map.of("Location", location, TYPE, "text/html; charset=utf-8"),
                utf8("<a href=\"" + shown + "\">Moved Permanently</a>.\n\n"),
                false,
                null);
    }

    /** The same, counted differently. */
    public Answer countedAs(String label, String code) {
        return new Answer(status, headers, body, canBeZipped, new CountedAs(label, code));
    }

    /** The same with a further header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new java.util.TreeMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, canBeZipped, countedAs);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
