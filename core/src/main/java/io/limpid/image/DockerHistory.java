package io.limpid.image;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonString;
import io.limpid.format.json.JsonValue;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.ScanTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code docker save} wrote before Docker 1.10: {@code repositories} with the id of each name's last layer, and per layer a folder
 * with {@code layer.tar} and a {@code json} that names the layer below. It claims no digests.
 */
final class DockerHistory {
    static final String REPOSITORIES = "repositories";

    private final BlobFolder folder;
    private final ImageRequest request;

    private DockerHistory(BlobFolder folder, ImageRequest request) {
        this.folder = folder;
        this.request = request;
    }

    /** Opens the image that is asked for. */
    static Image open(String kind, BlobFolder folder, ImageRequest request) throws IOException {
        return new DockerHistory(folder, request).open(kind);
    }

    private Image open(String kind) throws IOException {
        Map<String, String> named = new TreeMap<>(named());
        String image = request.image();
        if (image != null) {
            named.keySet().removeIf(name -> !ImageNames.same(name, image));
        }
        List<String> ids = named.values().stream().distinct().toList();
        if (ids.size() != 1) {
            throw new LimpidException(
                    ids.isEmpty() ? ErrorCode.NOT_FOUND : ErrorCode.AMBIGUOUS,
                    folder.description() + (ids.isEmpty() ? " holds no image " + image : " holds several images"),
                    "it holds " + String.join(", ", named().keySet()),
                    ids.isEmpty() ? null : "choose one with --image NAME");
        }
        String top = ids.getFirst();
        ImageConfig config = ImageConfig.ofLayer(document(top), folder);
        String name = named.keySet().iterator().next();
        ScanTarget target = new ScanTarget(kind, name, config.digest(), null, config.platform());
        return new Image(target, layers(top), config.origins(), List.of(), folder);
    }

    /** Of each name with its tag the id of the last layer. */
    private Map<String, String> named() throws IOException {
        Fields repositories =
                Document.read(folder, REPOSITORIES, null, request.limits()).fields(folder);
        Map<String, String> named = new TreeMap<>();
        try {
            for (String name : repositories.json().members().keySet()) {
                for (Map.Entry<String, JsonValue> tag :
                        repositories.map(name).members().entrySet()) {
                    if (!(tag.getValue() instanceof JsonString(String id))) {
                        throw new JsonException("an image whose id is no text");
                    }
                    named.put(name + ":" + tag.getKey(), id);
                }
            }
        } catch (JsonException e) {
            throw Document.broken(folder, REPOSITORIES + " is not what 'docker save' writes: " + e.getMessage());
        }
        if (named.isEmpty()) {
            throw Document.broken(folder, REPOSITORIES + " lists no image");
        }
        return named;
    }

    private Document document(String id) throws IOException {
        return Document.read(folder, id + "/json", null, request.limits());
    }

    /** The layers from the base on. A history that goes in a circle is longer than allowed. */
    private List<Layer> layers(String top) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String id = top; id != null; id = parent(id)) {
            if (ids.size() == request.limits().layers()) {
                throw Document.limited(
                        folder, "the history of " + top + " has more than " + ids.size() + " layers (limit layers)");
            }
            ids.addFirst(id);
        }
        List<Layer> layers = new ArrayList<>();
        for (String id : ids) {
            Blob blob = folder.find(id + "/layer.tar");
            if (blob == null) {
                throw Document.broken(folder, "layer " + layers.size() + ", " + id + "/layer.tar, is missing");
            }
            layers.add(new Layer(layers.size(), null, null, null, blob.size(), blob));
        }
        return layers;
    }

    private @Nullable String parent(String id) throws IOException {
        Document document = document(id);
        try {
            String parent = document.fields(folder).string("parent");
            return parent == null || parent.isEmpty() ? null : parent;
        } catch (JsonException e) {
            throw Document.broken(folder, document.name() + " is not what 'docker save' writes: " + e.getMessage());
        }
    }
}
