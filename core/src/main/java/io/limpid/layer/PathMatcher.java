package io.limpid.layer;

import io.limpid.model.PathPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        private static final int SEVERAL = 4;
        private static final int MANY = 64;

        private final String text;
        private final byte[] segment;
        private final List<Node> literals = new ArrayList<>();
        private final List<Node> wild = new ArrayList<>();
        /** What stands before and behind the only wildcard; null where it is not so simple. */
        private final byte @Nullable [] before;

        private final byte[] behind;
        /** Of the children with wildcards, those that have children themselves: most end a pattern and are asked only of a path that ends too. */
        private Node[] wildFolders = NONE;

        private Node[] wildEnds = NONE;
        /** The children without wildcards by their first byte, once there are several: the few that a name has to be compared with. */
        private Node @Nullable [][] byFirst;
        /** The same by their text, once there are many. */
        private @Nullable Map<String, Node> byText;

        private int end;

        Node(String text) {
            this.text = text;
            this.segment = text.getBytes(StandardCharsets.UTF_8);
            int star = text.indexOf('*');
            boolean simple = star >= 0 && text.indexOf('*', star + 1) < 0 && segment.length == text.length();
            this.before = simple ? Arrays.copyOf(segment, star) : null;
            this.behind = simple ? Arrays.copyOfRange(segment, star + 1, segment.length) : segment;
        }

        /** Decides which children with wildcards are asked when. */
        void settle() {
            List<Node> folders = new ArrayList<>();
            List<Node> ends = new ArrayList<>();
            for (Node child : wild) {
                if (child.hasChildren()) {
                    folders.add(child);
                }
                if (child.end != 0) {
                    ends.add(child);
                }
                child.settle();
            }
            wildFolders = folders.toArray(NONE);
            wildEnds = ends.toArray(NONE);
            literals.forEach(Node::settle);
        }

        /** Whether a segment of a path is one that this one with a wildcard stands for. */
        boolean fits(byte[] path, int from, int to) {
            if (before == null) {
                return PathPattern.segmentMatches(text, new String(path, from, to - from, StandardCharsets.UTF_8));
            }
            int rest = to - behind.length;
            if (rest - from < before.length) {
                return false;
            }
            // The end first: of the names in a folder many more begin alike.
            for (int i = 0; i < behind.length; i++) {
                if (path[rest + i] != behind[i]) {
                    return false;
                }
            }
            for (int i = 0; i < before.length; i++) {
                if (path[from + i] != before[i]) {
                    return false;
                }
            }
            return true;
        }

        Node child(String name) {
            Node known = known(name);
            if (known != null) {
                return known;
            }
            Node child = new Node(name);
            if (PathPattern.isWild(name)) {
                wild.add(child);
                return child;
            }
            literals.add(child);
            if (byText != null) {
                byText.put(name, child);
            } else if (literals.size() > MANY) {
                byFirst = null;
                byText = new HashMap<>();
                for (Node literal : literals) {
                    byText.put(literal.text, literal);
                }
            } else if (literals.size() > SEVERAL) {
                byFirst = byFirst();
            }
            return child;
        }

        private @Nullable Node known(String name) {
            if (byText != null && !PathPattern.isWild(name)) {
                return byText.get(name);
            }
            for (Node child : PathPattern.isWild(name) ? wild : literals) {
                if (child.text.equals(name)) {
                    return child;
                }
            }
            return null;
        }

        private Node[][] byFirst() {
            Node[][] all = new Node[256][];
            Arrays.fill(all, NONE);
            for (Node child : literals) {
                int first = child.segment[0] & 0xff;
                Node[] more = Arrays.copyOf(all[first], all[first].length + 1);
                more[more.length - 1] = child;
                all[first] = more;
            }
            return all;
        }

        boolean hasChildren() {
            return !literals.isEmpty() || !wild.isEmpty();
        }

        /** The child without wildcards that a segment of a path is, null when there is none. */
        @Nullable
        Node literal(byte[] path, int from, int to) {
            if (byText != null) {
                Node child = byText.get(new String(path, from, to - from, StandardCharsets.UTF_8));
                // Bytes that are no UTF-8 can look like others as text.
                return child != null && child.isAt(path, from, to) ? child : null;
            }
            if (byFirst != null) {
                for (Node child : byFirst[path[from] & 0xff]) {
                    if (child.isAt(path, from, to)) {
                        return child;
                    }
                }
                return null;
            }
            for (Node child : literals) {
                if (child.isAt(path, from, to)) {
                    return child;
                }
            }
            return null;
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
        root.settle();
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
        Node literal = from < to ? node.literal(path, from, to) : null;
        if (literal != null) {
            found = matchedBy(literal, path, to);
        }
        for (Node child : node.wildFolders) {
            if (child.fits(path, from, to)) {
                found |= matchedBy(child, path, to);
            }
        }
        if (to == path.length) {
            for (Node child : node.wildEnds) {
                if (child.fits(path, from, to)) {
                    found |= child.end;
                }
            }
        }
        return found;
    }

    /** What the rest of the path from {@code to} on is below a node that its segment before matched. */
    private static int matchedBy(Node node, byte[] path, int to) {
        if (to < path.length) {
            return match(node, path, to + 1);
        }
        return node.end | (node.hasChildren() ? ANCESTOR : 0);
    }
}
