package io.limpid.inventory;

import io.limpid.model.LayerEntry;
import io.limpid.model.Limits;
import io.limpid.model.PathPattern;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of an image's file system that matters, as the running container would see it after some of its layers.
 *
 * <p>Layers are laid over each other as containerd unpacks them: whiteouts hide what lower layers have, a name's folders are followed through
 * links inside the image, and a new entry replaces what is at its place unless both are folders. Nothing here ever touches the host.
 */
final class OverlayTree {

    /** A file's content: where it was read. */
    record Content(int layer, String path) {}

    /** Something at a place of the tree. */
    static final class Node {
        private final @Nullable Node parent;
        private final String name;
        private final int depth;
        private final Map<String, Node> children = new HashMap<>();
        private @Nullable Content content;
        private @Nullable String target;
        private boolean folder;
        private boolean unresolved;

        private Node(@Nullable Node parent, String name) {
            this.parent = parent;
            this.name = name;
            this.depth = parent == null ? 0 : parent.depth + 1;
        }

        /** The content when it is a regular file, otherwise null. */
        @Nullable
        Content content() {
            return content;
        }

        /** Whether it is a hard link to something that is not in the image, as far as that is known. */
        boolean unresolved() {
            return unresolved;
        }

        /** The real path, without links. */
        String path() {
            Deque<String> names = new ArrayDeque<>();
            for (Node node = this; node.parent != null; node = node.parent) {
                names.addFirst(node.name);
            }
            return String.join("/", names);
        }

        /** What lies beside it under this name, null when nothing does. */
        @Nullable
        Node sibling(String other) {
            return parent == null ? null : parent.children.get(other);
        }

        String name() {
            return name;
        }
    }

    /**
     * Where a path leads.
     *
     * @param node what is there, null when nothing is
     * @param realPath where that is, links resolved; null when the path leads nowhere: a loop, or a file where a folder should be. Once
     *     {@link #isSpent} each leads nowhere.
     */
    record Place(@Nullable Node node, @Nullable String realPath) {}

    /** How many steps there may be for each entry that a layer may have: a link of thousands of parts takes as many, each time. */
    private static final int STEPS_AN_ENTRY = 1000;

    private final Limits limits;
    private final Node root = new Node(null, "");
    private long steps;

    OverlayTree(Limits limits) {
        this.limits = limits;
        root.folder = true;
    }

    /**
     * Lays a layer over what is there.
     *
     * @return the targets of hard links of which nothing is known, with the links to their folders followed
     */
    List<String> lay(int layer, List<LayerEntry> entries) {
        // A folder of this layer that is no folder below hides all that was reached through it there, as overlayfs has
        // it: what the layer's
        // whiteouts say of that folder must not be followed to where a link of a lower layer leads.
        for (LayerEntry entry : entries) {
            if (entry instanceof LayerEntry.Folder(String path) && isNoFolder(path)) {
                folder(path);
            }
        }
        // Whiteouts concern lower layers only, wherever in the layer they stand.
        for (LayerEntry entry : entries) {
            switch (entry) {
                case LayerEntry.Whiteout(String path) -> remove(path);
                case LayerEntry.OpaqueFolder(String path) -> clear(path);
                default -> {}
            }
        }
        List<LayerEntry.HardLink> pending = new ArrayList<>();
        for (LayerEntry entry : entries) {
            if (entry instanceof LayerEntry.HardLink link) {
                if (!linkTo(link)) {
                    pending.add(link);
                }
            } else {
                put(layer, entry);
            }
        }
        List<String> unknown = new ArrayList<>();
        for (LayerEntry.HardLink link : pending) {
            if (!linkTo(link)) {
                // Something is there, but nothing that can be read.
                place(link.path()).unresolved = true;
                unknown.add(realPath(link.target()));
            }
        }
        return unknown;
    }

    /** Where a path leads, its last part followed too. */
    Place resolve(List<String> segments) {
        return resolve(root, segments, false);
    }

    /** Where a path leads from a folder of the tree. */
    Place resolve(Node from, List<String> segments) {
        return resolve(from, segments, false);
    }

    /** How many parts of paths and names in folders were looked at so far. */
    long steps() {
        return steps;
    }

    /** Whether that were too many, so that no more paths are followed. */
    boolean isSpent() {
        return steps > (long) STEPS_AN_ENTRY * limits.wantedEntries();
    }

    /** The names in a folder that a segment of a pattern stands for, sorted; none when it is no folder. */
    List<String> names(@Nullable Node node, String segment) {
        if (node == null || !node.folder) {
            return List.of();
        }
        steps += node.children.size();
        return node.children.keySet().stream()
                .filter(name -> PathPattern.segmentMatches(segment, name))
                .sorted()
                .toList();
    }

    private Place resolve(Node from, List<String> segments, boolean create) {
        Deque<String> pending = new ArrayDeque<>(segments);
        Node node = from;
        int hops = 0;
        steps += pending.size();
        while (!pending.isEmpty()) {
            if (isSpent()) {
                return new Place(null, null);
            }
            String segment = pending.removeFirst();
            if (segment.isEmpty() || segment.equals(".")) {
                continue;
            }
            if (segment.equals("..")) {
                node = node.parent == null ? root : node.parent;
                continue;
            }
            if (!node.folder) {
                return new Place(null, null);
            }
            Node child = node.children.get(segment);
            if (child == null) {
                if (!create && pending.contains("..") && ++hops <= limits.linkHops()) {
                    // A folder that nobody asked for and that is left again: it is taken to be there.
                    List<String> lexical =
                            List.of(missing(node, segment, pending).split("/", -1));
                    pending.clear();
                    pending.addAll(lexical);
                    steps += lexical.size();
                    node = root;
                    continue;
                }
                if (!create) {
                    return new Place(null, missing(node, segment, pending));
                }
                child = replace(node, segment);
                child.folder = true;
            }
            if (child.target != null) {
                // As the kernel does (ELOOP, ENAMETOOLONG): a path of too many links or too many parts leads nowhere.
                if (++hops > limits.linkHops() || child.target.length() + pending.size() > limits.pathBytes()) {
                    return new Place(null, null);
                }
                node = child.target.startsWith("/") ? root : node;
                List<String> target = List.of(child.target.split("/", -1));
                target.reversed().forEach(pending::addFirst);
                steps += pending.size();
            } else if (create && !child.folder) {
                // A folder is needed where a lower layer has a file: the file is gone.
                node = replace(node, segment);
                node.folder = true;
            } else {
                node = child;
            }
        }
        steps += node.depth;
        return new Place(node, node.path());
    }

    private static String missing(Node folder, String segment, Deque<String> rest) {
        Deque<String> path = new ArrayDeque<>();
        if (folder.parent != null) {
            path.addAll(List.of(folder.path().split("/", -1)));
        }
        path.addLast(segment);
        for (String part : rest) {
            if (part.equals("..")) {
                path.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                path.addLast(part);
            }
        }
        return String.join("/", path);
    }

    private void put(int layer, LayerEntry entry) {
        switch (entry) {
            case LayerEntry.RegularFile(String path) -> place(path).content = new Content(layer, path);
            case LayerEntry.SymbolicLink(String path, String target) -> place(path).target = target;
            case LayerEntry.Folder(String path) -> folder(path);
            case LayerEntry.OtherFile(String path) -> place(path);
            case LayerEntry.HardLink _, LayerEntry.Whiteout _, LayerEntry.OpaqueFolder _ -> {}
        }
    }

    /** Gives what is at the target a further name; false when nothing is there. */
    private boolean linkTo(LayerEntry.HardLink link) {
        Node target = existing(link.target());
        if (target == null || target.folder) {
            return false;
        }
        Content content = target.content;
        String symbolic = target.target;
        boolean nothing = target.unresolved;
        Node node = place(link.path());
        node.content = content;
        node.target = symbolic;
        node.unresolved = nothing;
        return true;
    }

    private void folder(String path) {
        if (path.isEmpty()) {
            return;
        }
        Node parent = parentOf(path);
        String name = lastOf(path);
        Node old = parent.children.get(name);
        if (old == null || !old.folder) {
            replace(parent, name).folder = true;
        }
    }

    /** A new node at the path, in place of what was there. */
    private Node place(String path) {
        return replace(parentOf(path), lastOf(path));
    }

    private static Node replace(Node parent, String name) {
        Node node = new Node(parent, name);
        parent.children.put(name, node);
        return node;
    }

    private Node parentOf(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return root;
        }
        Node parent = resolve(root, List.of(path.substring(0, slash).split("/", -1)), true)
                .node();
        // A loop of links can hold nothing: what is put there is nowhere.
        return parent == null ? new Node(null, "") : parent;
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path with the links to its folder followed, as far as they are known. */
    private String realPath(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return path;
        }
        String folder =
                resolve(List.of(path.substring(0, slash).split("/", -1))).realPath();
        return folder == null ? path : folder.isEmpty() ? lastOf(path) : folder + "/" + lastOf(path);
    }

    /** What is at the path, a link at its end not followed; null when nothing is. */
    private @Nullable Node existing(String path) {
        int slash = path.lastIndexOf('/');
        Node parent = slash < 0
                ? root
                : resolve(root, List.of(path.substring(0, slash).split("/", -1)), false)
                        .node();
        return parent == null ? null : parent.children.get(lastOf(path));
    }

    private void remove(String path) {
        Node node = existing(path);
        if (node != null && node.parent != null) {
            node.parent.children.remove(node.name);
        }
    }

    /** Empties the folder at the path; a link there is no folder, and what it leads to keeps its content. */
    private void clear(String path) {
        Node node = path.isEmpty() ? root : existing(path);
        if (node != null) {
            node.children.clear();
        }
    }

    private boolean isNoFolder(String path) {
        Node node = path.isEmpty() ? root : existing(path);
        return node != null && !node.folder;
    }
}
