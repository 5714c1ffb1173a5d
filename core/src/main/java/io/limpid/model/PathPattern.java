package io.limpid.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A path inside an image in which {@code *} stands for any run of bytes within one segment: {@code var/lib/dpkg/status.d/*}.
 *
 * @param segments the path's parts from the root, none empty, {@code .} or {@code ..}
 */
public record PathPattern(List<String> segments) {

    public PathPattern {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("an empty path");
        }
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.indexOf('/') >= 0) {
                throw new IllegalArgumentException("not a path from the root: " + segments);
            }
        }
    }

    /**
     * Reads {@code etc/os-release} or {@code var/lib/dpkg/status.d/*}.
     *
     * @throws IllegalArgumentException when it starts or ends with a slash or has empty, {@code .} or {@code ..} segments
     */
    public static PathPattern parse(String text) {
        return new PathPattern(List.of(text.split("/", -1)));
    }

    /** The pattern whose last segment has this suffix more. */
    PathPattern withSuffix(String suffix) {
        List<String> longer = new ArrayList<>(segments);
        longer.set(longer.size() - 1, longer.getLast() + suffix);
        return new PathPattern(longer);
    }

    /** Whether this pattern stands for all that a path or pattern of these segments does. */
    public boolean covers(List<String> others) {
        if (others.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < others.size(); i++) {
            // A star in the other, be it a wildcard or a character of a name, is matched by none but a wildcard.
            if (!segmentMatches(segments.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a segment of a pattern stands for more than itself. */
    public static boolean isWild(String segment) {
        return segment.indexOf('*') >= 0;
    }

    /** Whether {@code name}, a single path segment, is one that {@code segment} stands for. */
    public static boolean segmentMatches(String segment, String name) {
        int star = segment.indexOf('*');
        if (star < 0) {
            return segment.equals(name);
        }
        // Greedy from the left with one point to fall back to: linear in practice, never exponential.
        int s = 0;
        int n = 0;
        int fallbackSegment = -1;
        int fallbackName = 0;
        while (n < name.length()) {
            if (s < segment.length() && segment.charAt(s) == '*') {
                fallbackSegment = ++s;
                fallbackName = n;
            } else if (s < segment.length() && segment.charAt(s) == name.charAt(n)) {
                s++;
                n++;
            } else if (fallbackSegment >= 0) {
                s = fallbackSegment;
                n = ++fallbackName;
            } else {
                return false;
            }
        }
        while (s < segment.length() && segment.charAt(s) == '*') {
            s++;
        }
        return s == segment.length();
    }

    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
