package io.limpid.server.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Routes, found as httprouter finds them, whose tree and redirects clients have got used to.
 *
 * @param routes no two of them fit one path
 */
public record RouteTable(List<Route> routes) {

    /** What was found for a request. */
    sealed interface Match {
        /** A route, and the values of its parts that are any, a character for each byte. */
        record Found(Route route, List<String> values) implements Match {}

        /** The path is another; its bytes are characters. */
        record Elsewhere(String path) implements Match {}

        /** The path is that of another method. */
        record OtherMethod() implements Match {}

        /** Nothing. */
        record Nothing() implements Match {}
    }

    /**
     * Finds what a request means.
     *
     * @param path without escapes, a character for each byte
     */
    Match find(String method, String path) {
        List<Route> same =
                routes.stream().filter(route -> route.method().equals(method)).toList();
        for (Route route : same) {
            List<String> values = values(route, path);
            if (values != null) {
                return new Match.Found(route, values);
            }
        }
        if (!same.isEmpty() && !path.equals("/")) {
            String elsewhere = elsewhere(same, path);
            if (elsewhere != null) {
                return new Match.Elsewhere(elsewhere);
            }
        }
        boolean isKnown =
                routes.stream().anyMatch(route -> !route.method().equals(method) && values(route, path) != null);
        return isKnown ? new Match.OtherMethod() : new Match.Nothing();
    }

    private static @Nullable String elsewhere(List<Route> routes, String path) {
        String shorter = withoutSlash(path);
        if (shorter != null && leads(routes, shorter, false) != null) {
            return shorter;
        }
        String clean = Target.cleaned(path);
        for (Route route : routes) {
            String fixed = fixed(route, clean, route.parts().size(), true);
            if (fixed != null && !clean.endsWith("/")) {
                return fixed;
            }
        }
        if (clean.equals("/")) {
            // The tree's root is the path that all routes begin with: where that is longer than "/", "/" is its
            // neighbour.
            boolean isOne = routes.stream()
                            .map(route -> route.parts().getFirst())
                            .distinct()
                            .count()
                    == 1;
            return isOne ? "" : null;
        }
        String cleanShorter = withoutSlash(clean);
        return cleanShorter == null ? null : leads(routes, cleanShorter, true);
    }

    private static @Nullable String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : null;
    }

    /** A path that is a whole route, or one up to a part that is any: there the tree takes a slash for one too many. */
    private static @Nullable String leads(List<Route> routes, String path, boolean inAnyCase) {
        for (Route route : routes) {
            for (int end = 1; end <= route.parts().size(); end++) {
                boolean isBoundary =
                        end == route.parts().size() || Route.isAny(route.parts().get(end - 1));
                String fixed = isBoundary ? fixed(route, path, end, inAnyCase) : null;
                if (fixed != null) {
                    return fixed;
                }
            }
        }
        return null;
    }

    /** The path as the route's first parts write it; null when it is not theirs. */
    private static @Nullable String fixed(Route route, String path, int parts, boolean inAnyCase) {
        String[] given = parts(path);
        if (given.length != parts) {
            return null;
        }
        StringBuilder fixed = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            String part = route.parts().get(i);
            boolean fits = Route.isAny(part) || part.equals(given[i]) || (inAnyCase && part.equalsIgnoreCase(given[i]));
            if (!fits) {
                return null;
            }
            fixed.append('/').append(Route.isAny(part) ? given[i] : part);
        }
        return fixed.toString();
    }

    private static @Nullable List<String> values(Route route, String path) {
        if (fixed(route, path, route.parts().size(), false) == null) {
            return null;
        }
        String[] given = parts(path);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < given.length; i++) {
            if (Route.isAny(route.parts().get(i))) {
                values.add(given[i]);
            }
        }
        // Inside a path a value may be empty; at its end there is no route.
        return path.endsWith("/") ? null : values;
    }

    private static String[] parts(String path) {
        return path.startsWith("/") ? path.substring(1).split("/", -1) : new String[0];
    }
}
