package io.limpid.server.chaos;

import io.limpid.format.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Layers that stand one on another; what is stored of them are the numbers of their archives, the lowest first. */
final class Chain {
    /** How many layers one has at most. */
    static final int HIGHEST = 4;

    private Chain() {}

    static String layer(String chain, int index) {
        return chain + "-" + index;
    }

    /** Puts a layer on those below it, which are there; one that is there stays as it is. */
    static Write<List<Integer>> post(String chain, int index, int archive, Archives archives) {
        String below = index == 0 ? "" : "\"ParentName\":\"" + layer(chain, index - 1) + "\",";
        String body = "{\"Layer\":{\"Name\":\"" + layer(chain, index) + "\"," + below + "\"Path\":\""
                + archives.path(archive) + "\",\"Format\":\"Docker\"}}";
        return new Write<>(Write.Sort.LAYER, "POST", "/v1/layers", body, _ -> true, before -> {
            List<Integer> after = new ArrayList<>(before);
            if (after.size() == index) {
                after.add(archive);
            }
            return List.copyOf(after);
        });
    }

    /** Deletes a layer with those above it. */
    static Write<List<Integer>> delete(String chain, int index) {
        return new Write<>(
                Write.Sort.DELETION,
                "DELETE",
                "/v1/layers/" + layer(chain, index),
                null,
                before -> before.size() > index,
                before -> List.copyOf(before.subList(0, index)));
    }

    /** As a server tells it, up to the first layer that it does not know. */
    static List<Integer> read(Client client, String chain, Archives archives) throws IOException {
        List<Integer> found = new ArrayList<>();
        while (found.size() < HIGHEST) {
            Optional<SortedMap<String, String>> layer = layer(client, layer(chain, found.size()), false);
            if (layer.isEmpty()) {
                break;
            }
            SortedMap<String, Integer> packages = new TreeMap<>();
            layer.get().keySet().forEach(each -> {
                String[] words = each.split(" ", 2);
                packages.put(words[0], Integer.parseInt(words[1]));
            });
            found.add(archives.number(packages));
        }
        return List.copyOf(found);
    }

    /** A layer's packages with their versions, and what affects each; nothing when it is not known. */
    static Optional<SortedMap<String, String>> layer(Client client, String name, boolean tellsVulnerabilities)
            throws IOException {
        Optional<JsonObject> found = client.get(
                "/v1/layers/" + name + (tellsVulnerabilities ? "?features&vulnerabilities" : "?features"), "Layer");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, String> features = new TreeMap<>();
        for (JsonObject feature : found.get().objects("Features")) {
            List<String> affected = new ArrayList<>();
            for (JsonObject each : feature.objects("Vulnerabilities")) {
                affected.add(each.string("Name") + " " + each.string("Severity") + " " + each.string("FixedBy"));
            }
            String key = feature.string("Name") + " " + feature.string("Version");
            if (features.put(key, affected.stream().sorted().collect(Collectors.joining(", "))) != null) {
                throw new IOException(name + " lists " + key + " twice");
            }
        }
        return Optional.of(features);
    }
}
