package io.limpid.detect.redhat;

import static io.limpid.detect.ProblemList.quoted;

import io.limpid.detect.ProblemList;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonString;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.ImageLabels;
import io.limpid.model.Limits;
import io.limpid.model.OriginClue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The JSON files of a build: content manifests and labels. */
final class BuildFile {
    private BuildFile() {}

    /** The content sets of a content manifest; of one that names none, nothing. */
    static Detection contentSets(LayerFile file, Limits limits) {
        if (file.content().length == 0) {
            return Detection.nothing(file.path());
        }
        ProblemList problems = new ProblemList(file.path(), limits.problems());
        List<OriginClue> clues = new ArrayList<>();
        try {
            for (String name : object(file, limits).strings("content_sets")) {
                if (ImageLabels.isWord(name)) {
                    clues.add(new OriginClue.ContentSet(name));
                } else {
                    problems.add("no content set is called " + quoted(name));
                }
            }
        } catch (JsonException e) {
            problems.add("it is no content manifest: " + e.getMessage()
                    + "; from which repositories packages were installed is not known of it");
        }
        return Detection.ofOrigins(file.path(), clues, problems.toList());
    }

    /** What the labels say of the product and the build. */
    static Detection labels(LayerFile file, Limits limits) {
        if (file.content().length == 0) {
            return Detection.nothing(file.path());
        }
        try {
            Map<String, String> labels = new HashMap<>();
            object(file, limits).members().forEach((name, value) -> {
                if (value instanceof JsonString(String text)) {
                    labels.put(name, text);
                }
            });
            return Detection.ofOrigins(file.path(), ImageLabels.clues(labels), List.of());
        } catch (JsonException e) {
            return Detection.unreadable(
                    file.path(),
                    "it is no list of labels: " + e.getMessage() + "; for which product the image is built is not"
                            + " known of it");
        }
    }

    private static JsonObject object(LayerFile file, Limits limits) throws JsonException {
        if (Json.parse(file.content(), limits.documentBytes(), limits) instanceof JsonObject object) {
            return object;
        }
        throw new JsonException("it is not an object");
    }
}
