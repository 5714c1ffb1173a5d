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
        private static final Node[] NONE = {};

        private final String text;
        private final byte[] segment;
        private final List<Node> children = new ArrayList<>();
        /** The children without wildcards by their first byte, and those with: the few that a name has to be compared with. */
        private final Node[][] byFirst = new Node[256][];

        private Node[] wild = NONE;
        private int end;

        Node(String text) {
            this.text = text;
            this.segment = text.getBytes(StandardCharsets.UTF_8);
            Arrays.fill(byFirst, NONE);
        }

        Node child(String name) {
            for (Node child : children) {
                if (child.text.equals(name)) {
                    return child;
                }
            }
            Node child = new Node(name);
            children.add(child);
            if (PathPattern.isWild(name) || name.isEmpty()) {
                wild = with(wild, child);
            } else {
                int first = child.segment[0] & 0xff;
                byFirst[first] = with(byFirst[first], child);
            }
            return child;
        }

        private static Node[] with(Node[] nodes, Node more) {
            Node[] all = Arrays.copyOf(nodes, nodes.length + 1);
            all[nodes.length] = more;
            return all;
        }

        boolean isAt(byte[] path, int from, int to) {
            if (to - from != segment.length) {
                return false;
            }
            for (int i = 0; i < segment.length; i++) {
                if (segment[i] != path[from + i]) {
                    return false;
                }
            }
            return true;
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
        for (Node child : from < to ? node.byFirst[path[from] & 0xff] : Node.NONE) {
            if (child.isAt(path, from, to)) {
                found |= matchedBy(child, path, to);
            }
        }
        for (Node child : node.wild) {
            if (PathPattern.segmentMatches(child.text, new String(path, from, to - from, StandardCharsets.UTF_8))) {
                found |= matchedBy(child, path, to);
            }
        }
        return found;
    }

    /** What the rest of the path from {@code to} on is below a node that its segment before matched. */
    private static int matchedBy(Node node, byte[] path, int to) {
        if (to < path.length) {
            return match(node, path, to + 1);
        }
        return node.end | (node.children.isEmpty() ? 0 : ANCESTOR);
    }
}
