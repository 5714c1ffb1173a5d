package io.limpid.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonString;
import io.limpid.format.json.JsonValue;
import io.limpid.model.Limits;
import io.limpid.net.NetSettings;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.Namespace;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original answered to layers that were posted to it: the same layers are read alike, of each the namespace and the features. */
class RecordedLayersTest {
    private static final String RECORDINGS = "clair/recordings/dev";

    /** Where another answer is meant, or the store's, with what it is. */
    private static final Map<String, String> DIFFERENT = Map.of(
            "layers-file-dpkg-longline.json#2", "what follows a line of more than 64 KiB is read",
            "errors-post-layer.json#9", "the database refuses the name",
            "errors-post-layer.json#19", "the API refuses the body",
            "errors-post-layer.json#20", "the API refuses the body");

    private final LayersInMemory layers = new LayersInMemory();
    /** Known only through a body that the worker did not see. */
    private final Set<String> unseen = Set.of("e-lower");

    static Stream<String> scenarios() throws IOException {
        return Shared.names(RECORDINGS).stream()
                .filter(name -> name.startsWith("layers-")
                        || name.startsWith("all of")
                        || name.equals("errors-post-layer.json"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void answersAsTheOriginalDid(String scenario) throws IOException {
        Path inputs = Shared.require("clair/recordings/inputs");
        Path file = Shared.require(RECORDINGS + "/" + scenario);
        int checked = 0;
        try (FaultServer web = serve(inputs)) {
            String text = Files.readString(file)
                    .replace("${INPUTS}", inputs.toRealPath().toString())
                    .replace("${HTTP}", web.url("").toString());
            JsonObject recorded =
                    (JsonObject) Json.parse(text.getBytes(StandardCharsets.UTF_8), 1 << 24, Limits.DEFAULT);
            WorkerSettings settings = WorkerSettings.DEFAULT.withLocalRoots(List.of(inputs));
            try (LayerWorker worker = new LayerWorker(layers, settings, NetSettings.fromEnvironment(Map.of(), "0"))) {
                for (JsonObject step : recorded.objects("steps")) {
                    String id = scenario + "#" + step.integer("id");
                    checked += check(worker, id, step) ? 1 : 0;
                }
            }
        }
        assertThat(checked).isPositive();
    }

    private boolean check(LayerWorker worker, String id, JsonObject step) throws IOException {
        JsonObject request = member(step, "request");
        JsonObject response = member(step, "response");
        String path = String.valueOf(request.string("path"));
        if (DIFFERENT.containsKey(id) || !path.startsWith("/v1/layers")) {
            return false;
        }
        String name = URLDecoder.decode(path.replaceAll("^/v1/layers/?|\\?.*$", ""), StandardCharsets.UTF_8);
        switch (String.valueOf(request.string("method"))) {
            case "POST" -> {
                return post(worker, id, request, response);
            }
            case "DELETE" -> assertThat(layers.delete(name)).as(id).isEqualTo(status(response) == 200);
            default -> {
                if (name.contains("/") || unseen.contains(name)) {
                    return false;
                }
                get(id, layers.find(name, true), path, response);
            }
        }
        return true;
    }

    private static boolean post(LayerWorker worker, String id, JsonObject request, JsonObject response)
            throws IOException {
        JsonObject layer = posted(request.value("body"));
        if (layer == null) {
            return false;
        }
        Map<String, String> headers = new HashMap<>();
        JsonObject fields = layer.object("Headers");
        if (fields != null) {
            for (Map.Entry<String, JsonValue> field : fields.members().entrySet()) {
                headers.put(field.getKey(), ((JsonString) field.getValue()).value());
            }
        }
        String answer;
        try {
            worker.process(new LayerRequest(
                    text(layer, "Name"),
                    text(layer, "Path"),
                    headers,
                    text(layer, "ParentName"),
                    text(layer, "Format")));
            answer = "201";
        } catch (ClairException e) {
            answer = e.status() + " {\"Error\":{\"Message\":\"" + e.getMessage() + "\"}}\n";
        }
        long status = status(response);
        assertThat(answer).as(id).isEqualTo(status == 201 ? "201" : status + " " + response.string("body"));
        return true;
    }

    /** The layer of a body, null when there is none that the worker would see. */
    private static @Nullable JsonObject posted(@Nullable JsonValue body) {
        if (!(body instanceof JsonString text)) {
            return null;
        }
        try {
            byte[] bytes = text.value().getBytes(StandardCharsets.UTF_8);
            return Json.parse(bytes, 1 << 24, Limits.DEFAULT) instanceof JsonObject whole
                    ? whole.object("Layer")
                    : null;
        } catch (JsonException _) {
            return null;
        }
    }

    private static void get(String id, Optional<IndexedLayer> found, String path, JsonObject response)
            throws IOException {
        assertThat(found.isPresent()).as(id).isEqualTo(status(response) == 200);
        if (found.isEmpty()) {
            return;
        }
        byte[] body = String.valueOf(response.string("body")).getBytes(StandardCharsets.UTF_8);
        JsonObject layer = member((JsonObject) Json.parse(body, 1 << 24, Limits.DEFAULT), "Layer");
        Namespace namespace = found.get().namespace();
        assertThat(namespace == null ? "" : namespace.name()).as(id).isEqualTo(text(layer, "NamespaceName"));
        assertThat(String.valueOf(found.get().parent())).as(id).isEqualTo(String.valueOf(layer.string("ParentName")));
        if (path.indexOf('?') < 0) {
            return;
        }
        Set<String> expected = new TreeSet<>();
        for (JsonObject feature : layer.objects("Features")) {
            expected.add(Stream.of("NamespaceName", "VersionFormat", "Name", "Version", "AddedBy")
                    .map(field -> textOrNone(feature, field))
                    .toList()
                    .toString());
        }
        List<String> features = new ArrayList<>();
        for (LayerFeature feature : found.get().features()) {
            Namespace where = feature.version().feature().namespace();
            features.add(List.of(
                            where.name(),
                            where.versionFormat(),
                            feature.version().feature().name(),
                            feature.version().version(),
                            feature.addedBy())
                    .toString());
        }
        assertThat(features).as(id).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String textOrNone(JsonObject object, String name) {
        try {
            return text(object, name);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static long status(JsonObject response) throws JsonException {
        Long status = response.integer("status");
        return status == null ? 0 : status;
    }

    private static String text(JsonObject object, String name) throws JsonException {
        String text = object.string(name);
        return text == null ? "" : text;
    }

    private static JsonObject member(JsonObject object, String name) throws JsonException {
        JsonObject member = object.object(name);
        if (member == null) {
            throw new AssertionError("no " + name);
        }
        return member;
    }

    /** What the recordings' own server answers, where they ask it. */
    private static FaultServer serve(Path inputs) throws IOException {
        byte[] layer = Files.readAllBytes(inputs.resolve("dev/deb-base.tar.gz"));
        return FaultServer.start()
                .on("/dev/deb-base.tar.gz", Answer.ok(layer))
                .on(
                        "/auth/dev/deb-base.tar.gz",
                        request -> "Bearer sesame".equals(request.header("Authorization"))
                                ? Answer.ok(layer)
                                : Answer.status(401))
                .on("/status/500/dev/deb-base.tar.gz", Answer.status(500).body(layer))
                .on("/status/201/dev/deb-base.tar.gz", Answer.status(201).body(layer));
    }
}
