package io.limpid.server.api;

import io.limpid.server.clair.ClairException;
import java.util.List;

/**
 * A method and a path, and who answers.
 *
 * @param method in capitals
 * @param parts of the path, those that begin with a colon stand for any
 * @param label what its requests are counted as
 * @param kind which bound its requests count against
 * @param handler who answers
 */
public record Route(String method, List<String> parts, String label, Kind kind, Handler handler) {

    /** What a request costs. */
    public enum Kind {
        /** Reads and answers. */
        READING,
        /** Changes something; its body is read. */
        WRITING,
        /** Reads a layer, which may take minutes; its body is read. */
        LAYER
    }

    /** Who answers, on a virtual thread. */
    @FunctionalInterface
    public interface Handler {
        /** Answers; what it throws becomes an error in the answer. */
        Answer answer(Call call) throws ClairException;
    }

    /**
     * A route.
     *
     * @param path as {@code /layers/:layer}
     */
    public static Route of(String method, String path, String label, Kind kind, Handler handler) {
        return new Route(method, List.of(path.substring(1).split("/")), label, kind, handler);
    }

    static boolean isAny(String part) {
        return part.startsWith(":");
    }
}
