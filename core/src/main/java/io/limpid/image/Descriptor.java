package io.limpid.image;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Digest;
import io.limpid.model.Platform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a blob by its digest (OCI image specification, descriptor.md); its {@code urls} are never followed.
 *
 * @param mediaType what the blob is said to be, empty when nothing is said
 * @param digest the digest that the blob must have
 * @param size the bytes that the blob must have
 * @param platform what an image runs on, null when it does not say
 * @param names the names that the descriptor gives the image, the fullest first
 * @param attestation whether it is no image but a statement about one (BuildKit's attestation manifests): what can run, because it has
 *     a platform or a name of its own, is none, whatever it is annotated with
 */
record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        @Nullable Platform platform,
        List<String> names,
        boolean attestation) {

    Descriptor {
        names = List.copyOf(names);
    }

    static Descriptor of(Fields json) throws JsonException {
        String digest = json.string("digest");
        Long size = json.integer("size");
        if (digest == null || size == null || size < 0) {
            throw new JsonException("a descriptor without a digest or a size");
        }
        String mediaType = json.string("mediaType");
        Platform platform = platform(json.object("platform"));
        boolean nowhere = platform != null
                && platform.os().equals("unknown")
                && platform.architecture().equals("unknown");
        JsonObject annotations = json.map("annotations");
        List<String> names = names(annotations);
        boolean annotated = "attestation-manifest".equals(annotations.string("vnd.docker.reference.type"));
        boolean attestation = names.isEmpty() && (nowhere || (platform == null && annotated));
        try {
            return new Descriptor(
                    mediaType == null ? "" : mediaType, Digest.parse(digest), size, platform, names, attestation);
        } catch (IllegalArgumentException e) {
            throw new JsonException(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the blob may be missing from an image that is whole: its licence does not allow it to be passed on. */
    boolean isForeign() {
        return mediaType.contains("nondistributable") || mediaType.contains("foreign");
    }

    /** Whether it is said to be the manifest of an image, not an index. */
    boolean isManifest() {
        return mediaType.equals("application/vnd.oci.image.manifest.v1+json")
                || mediaType.equals("application/vnd.docker.distribution.manifest.v2+json");
    }

    /** The same image under the names that an outer index gives it, where it has none of its own. */
    Descriptor named(List<String> outer) {
        return names.isEmpty() ? new Descriptor(mediaType, digest, size, platform, outer, attestation) : this;
    }

    private static @Nullable Platform platform(@Nullable Fields json) throws JsonException {
        if (json == null) {
            return null;
        }
        String os = json.string("os");
        String architecture = json.string("architecture");
        if (os == null || architecture == null) {
            return null;
        }
        String variant = json.string("variant");
        return new Platform(os, architecture, variant == null || variant.isEmpty() ? null : variant);
    }

    private static List<String> names(JsonObject annotations) throws JsonException {
        List<String> names = new ArrayList<>();
        for (String key : List.of("io.containerd.image.name", "org.opencontainers.image.ref.name")) {
            String name = annotations.string(key);
            if (name != null && !name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }
}
