package io.limpid.layer;

import io.limpid.model.PathPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides for each name of a layer whether it matters, looking at its bytes once.
 *
 * <p>The patterns are a tree of segments; nearly all names leave it at the first or second.
 */
final class PathMatcher {
    /** The path is a folder on the way to something wanted, or would be one if it were a folder. */
    static final int ANCESTOR = 1;
    /** What is at the path is to be known. */
    static final int TRACKED = 2;
    /** The content of the file at the path is wanted. */
    static final int READ = 4;

    private static final class Node {
        private final byte[] segment;
        private final String text;
        private final boolean wild;
        private final List<Node> children = new ArrayList<>();
        private int end;

        Node(String text) {
            this.text = text;
            this.segment = text.getBytes(StandardCharsets.UTF_8);
            this.wild = PathPattern.isWild(text);
        }

        Node child(String name) {
            for (Node child : children) {
                if (child.text.equals(name)) {
                    return child;
                }
            }
            Node child = new Node(name);
            children.add(child);
            return child;
        }

        boolean matches(byte[] path, int from, int to) {
            if (wild) {
                return PathPattern.segmentMatches(text, new String(path, from, to - from, StandardCharsets.UTF_8));
            }
            return Arrays.equals(segment, 0, segment.length, path, from, to);
        }
    }

    private final Node root = new Node("");

    PathMatcher(PathQuery query) {
        query.tracked().forEach(pattern -> add(pattern, TRACKED));
        query.read().forEach(pattern -> add(pattern, READ));
    }

    private void add(PathPattern pattern, int end) {
        Node node = root;
        for (String segment : pattern.segments()) {
            node = node.child(segment);
        }
        node.end |= end;
    }

    /** How the path matters: a sum of {@link #ANCESTOR}, {@link #TRACKED} and {@link #READ}, zero when it does not. */
    int match(byte[] path) {
        return path.length == 0 ? ANCESTOR : match(root, path, 0);
    }

    private static int match(Node node, byte[] path, int from) {
        int to = from;
        while (to < path.length && path[to] != '/') {
            to++;
        }
        int found = 0;
        for (Node child : node.children) {
            if (child.matches(path, from, to)) {
                if (to < path.length) {
                    found |= match(child, path, to + 1);
                } else {
                    found |= child.end | (child.children.isEmpty() ? 0 : ANCESTOR);
                }
            }
        }
        return found;
    }
}
