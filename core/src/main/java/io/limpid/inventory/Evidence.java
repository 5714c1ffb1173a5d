package io.limpid.inventory;

import io.limpid.model.Detection;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.LayerEntry;
import io.limpid.model.LayerFacts;
import io.limpid.model.Limits;
import io.limpid.model.PathPattern;
import io.limpid.model.Problem;
import io.limpid.model.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds, in a tree of layers, the files that detectors look for, and what was read out of them. */
final class Evidence {
    private final Map<String, List<Wanted>> wishes;
    private final OverlayTree tree;
    private final Limits limits;
    private final Map<EvidenceRequest, Detection> answers;
    private final Set<PathPattern> known = new LinkedHashSet<>();
    private final List<Map<String, Map<String, Detection>>> detections = new ArrayList<>();
    private final List<Set<String>> files = new ArrayList<>();
    private final Set<PathPattern> unknownPlaces = new LinkedHashSet<>();
    private final Set<EvidenceRequest> unanswered = new LinkedHashSet<>();
    private final Set<Problem> unresolved = new LinkedHashSet<>();

    Evidence(
            Map<String, List<Wanted>> wishes,
            OverlayTree tree,
            List<LayerFacts> layers,
            Set<PathPattern> places,
            Map<EvidenceRequest, Detection> answers,
            Limits limits) {
        this.wishes = wishes;
        this.tree = tree;
        this.limits = limits;
        this.answers = answers;
        known.addAll(places);
        for (List<Wanted> wish : wishes.values()) {
            for (Wanted wanted : wish) {
                known.addAll(wanted.patterns());
            }
        }
        layers.forEach(this::index);
    }

    private void index(LayerFacts facts) {
        Map<String, Map<String, Detection>> byDetector = new HashMap<>();
        facts.detections().forEach((detector, found) -> {
            Map<String, Detection> byPath = new HashMap<>();
            found.forEach(detection -> byPath.put(detection.path(), detection));
            byDetector.put(detector, byPath);
        });
        detections.add(byDetector);
        Set<String> paths = new HashSet<>();
        for (LayerEntry entry : facts.entries()) {
            if (entry instanceof LayerEntry.RegularFile(String path)) {
                paths.add(path);
            }
        }
        files.add(paths);
    }

    /** Places that links lead to and of which nothing is known; once there is one more than are followed, no others. */
    Set<PathPattern> unknownPlaces() {
        return unknownPlaces;
    }

    /** Files that no detector has read yet as it would have to. */
    Set<EvidenceRequest> unanswered() {
        return unanswered;
    }

    /** The wanted files that the tree shows now and that cannot be read: hard links to something that the image does not have, and the like. */
    Set<Problem> unresolved() {
        return unresolved;
    }

    /** Takes note of the targets of hard links that the tree does not know. */
    void hardLinkTargets(List<String> targets) {
        targets.stream().filter(target -> !target.isEmpty()).forEach(target -> know(List.of(target.split("/", -1))));
    }

    /** What the detectors read out of the files that the tree shows now; each file once for each detector. */
    Collection<Detection> visible() {
        unresolved.clear();
        List<Detection> visible = new ArrayList<>();
        wishes.forEach((detector, wish) -> {
            Map<Reading, Detection> readings = new LinkedHashMap<>();
            for (Wanted wanted : wish) {
                for (Found found : find(wanted.pattern())) {
                    Reading reading = new Reading(found.content, wanted.form());
                    if (!readings.containsKey(reading)) {
                        readings.put(reading, detection(detector, wanted, found));
                    }
                }
            }
            visible.addAll(readings.values());
        });
        return visible;
    }

    /** What is read once: a content, in one way. */
    private record Reading(OverlayTree.Content content, String form) {}

    /** A file where a pattern leads. */
    private record Found(String path, OverlayTree.Node node, OverlayTree.Content content) {}

    private List<Found> find(PathPattern pattern) {
        List<Found> found = new ArrayList<>();
        find(null, List.of(), List.of(), pattern.segments(), found);
        return found;
    }

    /**
     * Goes down from a folder (null is the root): through names of the image, whatever characters they have, and the part of the pattern up to
     * the next wildcard at once, then through each name that fits it.
     */
    private void find(
            OverlayTree.@Nullable Node folder,
            List<String> walked,
            List<String> names,
            List<String> rest,
            List<Found> found) {
        int literal = 0;
        while (literal < rest.size() && !PathPattern.isWild(rest.get(literal))) {
            literal++;
        }
        List<String> head = joined(names, rest.subList(0, literal));
        List<String> tail = rest.subList(literal, rest.size());
        OverlayTree.Place place = folder == null ? tree.resolve(head) : tree.resolve(folder, head);
        if (place.realPath() == null) {
            return;
        }
        List<String> real = new ArrayList<>(
                place.realPath().isEmpty()
                        ? List.of()
                        : List.of(place.realPath().split("/", -1)));
        real.addAll(tail);
        if (!real.isEmpty() && !know(real)) {
            return;
        }
        OverlayTree.Node node = place.node();
        if (node == null) {
            return;
        }
        List<String> path = joined(walked, head);
        if (tail.isEmpty()) {
            if (node.content() != null) {
                found.add(new Found(String.join("/", path), node, node.content()));
            } else if (node.unresolved()) {
                unresolved.add(toNothing(String.join("/", path)));
            }
            return;
        }
        for (String name : tree.names(node, tail.getFirst())) {
            find(node, path, List.of(name), tail.subList(1, tail.size()), found);
        }
    }

    /** Whether the layers were read with an eye on this place; takes note of it when not. */
    private boolean know(List<String> segments) {
        for (PathPattern pattern : known) {
            if (pattern.covers(segments)) {
                return true;
            }
        }
        if (unknownPlaces.size() > limits.followedPaths()) {
            return false;
        }
        try {
            unknownPlaces.add(new PathPattern(segments));
        } catch (IllegalArgumentException _) {
            // A path with an empty part or the like leads nowhere.
        }
        return false;
    }

    private Detection detection(String detector, Wanted wanted, Found found) {
        int layer = found.content.layer();
        List<EvidenceRequest.Content> companions = companions(wanted, found);
        Detection direct =
                detections.get(layer).getOrDefault(detector, Map.of()).get(found.content.path());
        if (direct != null
                && wanted.form().equals(formOf(detector, found.content.path()))
                && sawJust(companions, wanted, found)) {
            return direct;
        }
        List<EvidenceRequest.Content> group = new ArrayList<>();
        group.add(new EvidenceRequest.Content(layer, found.content.path(), found.path));
        group.addAll(companions);
        EvidenceRequest request = new EvidenceRequest(detector, group);
        Detection answer = answers.get(request);
        if (answer == null) {
            unanswered.add(request);
            return Detection.nothing(found.path);
        }
        return answer;
    }

    /** How a detector has read the file that a layer has at this path; null when it has not. */
    private @Nullable String formOf(String detector, String path) {
        List<String> segments = List.of(path.split("/", -1));
        for (Wanted wanted : wishes.getOrDefault(detector, List.of())) {
            if (wanted.pattern().covers(segments)) {
                return wanted.form();
            }
        }
        return null;
    }

    /** The companions that the tree shows beside the file; one that cannot be read is told: without it the file may say something else. */
    private List<EvidenceRequest.Content> companions(Wanted wanted, Found found) {
        List<EvidenceRequest.Content> companions = new ArrayList<>();
        for (String suffix : wanted.companions()) {
            OverlayTree.Node node = found.node.sibling(found.node.name() + suffix);
            if (node == null) {
                continue;
            }
            String path = found.path + suffix;
            OverlayTree.Content content = node.content();
            if (content != null) {
                companions.add(new EvidenceRequest.Content(content.layer(), content.path(), path));
            } else {
                unresolved.add(node.unresolved() ? toNothing(path) : noFile(path));
            }
        }
        return companions;
    }

    private static Problem toNothing(String path) {
        return Problem.ofFile(path, "it is a hard link to something that the image does not have: not read");
    }

    private static Problem noFile(String path) {
        return Problem.ofFile(
                path,
                "it is a link, a folder or a device where a file belongs: not read, and what it would change in the"
                        + " database beside it is not known");
    }

    /** Whether the file was read together with just these companions: those of its own layer. */
    private boolean sawJust(List<EvidenceRequest.Content> companions, Wanted wanted, Found found) {
        OverlayTree.Content content = found.content;
        Set<EvidenceRequest.Content> seen = new HashSet<>();
        for (String suffix : wanted.companions()) {
            if (files.get(content.layer()).contains(content.path() + suffix)) {
                seen.add(new EvidenceRequest.Content(content.layer(), content.path() + suffix, found.path + suffix));
            }
        }
        return seen.equals(new HashSet<>(companions));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
