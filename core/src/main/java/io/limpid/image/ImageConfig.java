package io.limpid.image;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonString;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.ImageLabels;
import io.limpid.model.LimpidException;
import io.limpid.model.OriginClue;
import io.limpid.model.Platform;
import io.limpid.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image's configuration says (OCI image specification, config.md; Docker's image JSON is the same).
 *
 * @param digest its own digest, which is the image's id
 * @param platform what the image runs on, null when it does not say
 * @param diffIds the digests that it claims of the uncompressed layers, base first
 * @param origins what the image's labels say of where its packages come from
 * @param instructions the {@code created_by} of those history entries that made a layer; empty when there is no history
 */
record ImageConfig(
        Digest digest,
        @Nullable Platform platform,
        List<Digest> diffIds,
        List<OriginClue> origins,
        List<String> instructions) {

    ImageConfig {
        diffIds = List.copyOf(diffIds);
        origins = List.copyOf(origins);
        instructions = List.copyOf(instructions);
    }

    static ImageConfig of(Document document, BlobFolder folder) throws LimpidException {
        ImageConfig config = find(document, folder);
        if (config == null) {
            throw new LimpidException(
                    ErrorCode.NOT_AN_IMAGE,
                    folder.description() + " holds no container image",
                    document.name() + " has no rootfs: it describes something else",
                    null);
        }
        return config;
    }

    /** The same, null where the document describes something else than a container image. */
    static @Nullable ImageConfig find(Document document, BlobFolder folder) throws LimpidException {
        Fields config = document.fields(folder);
        try {
            Fields rootfs = config.object("rootfs");
            if (rootfs == null) {
                return null;
            }
            return new ImageConfig(
                    document.digest(),
                    platform(config),
                    diffIds(rootfs),
                    ImageLabels.clues(labels(config.json())),
                    instructions(config.objects("history")));
        } catch (JsonException | IllegalArgumentException e) {
            throw Document.broken(folder, document.name() + " is no image configuration: " + e.getMessage());
        }
    }

    /** What the description of an image's last layer says (Docker before 1.10): nothing of the layers. */
    static ImageConfig ofLayer(Document document, BlobFolder folder) throws LimpidException {
        Fields config = document.fields(folder);
        try {
            return new ImageConfig(
                    document.digest(),
                    platform(config),
                    List.of(),
                    ImageLabels.clues(labels(config.json())),
                    List.of());
        } catch (JsonException | IllegalArgumentException e) {
            throw Document.broken(folder, document.name() + " is no image configuration: " + e.getMessage());
        }
    }

    /** The claimed digest of an uncompressed layer, null when the configuration lists another number of layers than the manifest. */
    @Nullable
    Digest diffId(int layer, int layers) {
        return diffIds.size() == layers ? diffIds.get(layer) : null;
    }

    /** What is wrong when the manifest has this many layers; empty when nothing is. */
    List<Problem> problemsWith(int layers) {
        if (diffIds.size() == layers) {
            return List.of();
        }
        return List.of(new Problem(
                null,
                null,
                "the configuration lists " + diffIds.size() + " layers, the manifest " + layers
                        + ": some may be missing, and which is which cannot be verified"));
    }

    /** The instruction that made a layer, null when the history does not fit the layers. */
    @Nullable
    String instruction(int layer, int layers) {
        return instructions.size() == layers ? instructions.get(layer) : null;
    }

    private static @Nullable Platform platform(Fields config) throws JsonException {
        String os = config.string("os");
        String architecture = config.string("architecture");
        if (os == null || os.isEmpty() || architecture == null || architecture.isEmpty()) {
            return null;
        }
        String variant = config.string("variant");
        return new Platform(os, architecture, variant == null || variant.isEmpty() ? null : variant);
    }

    /** The labels; whatever else stands in their place is no reason to refuse the image. */
    private static Map<String, String> labels(JsonObject config) {
        Map<String, String> labels = new HashMap<>();
        if (config.value("config") instanceof JsonObject run && run.value("Labels") instanceof JsonObject all) {
            all.members().forEach((name, value) -> {
                if (value instanceof JsonString(String text)) {
                    labels.put(name, text);
                }
            });
        }
        return labels;
    }

    private static List<Digest> diffIds(Fields rootfs) throws JsonException {
        return rootfs.strings("diff_ids").stream().map(Digest::parse).toList();
    }

    private static List<String> instructions(List<Fields> history) throws JsonException {
        List<String> instructions = new ArrayList<>();
        for (Fields entry : history) {
            if (!Boolean.TRUE.equals(entry.bool("empty_layer"))) {
                String createdBy = entry.string("created_by");
                instructions.add(createdBy == null ? "" : createdBy);
            }
        }
        return instructions;
    }
}
