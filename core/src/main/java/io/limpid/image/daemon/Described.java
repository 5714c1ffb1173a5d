package io.limpid.image.daemon;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.model.Digest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a daemon says of an image that it holds.
 *
 * @param id by which it will export exactly this image, whatever its name means by then
 * @param diffIds the digests of its layers, uncompressed, base first; empty when it does not say
 * @param storage where it keeps them
 */
record Described(String id, List<Digest> diffIds, Storage storage) {
    private static final int HEX_DIGITS = 64;
    private static final String SHA_256 = "sha256:";

    Described {
        diffIds = List.copyOf(diffIds);
    }

    static Described of(JsonObject json, @Nullable String server) throws JsonException {
        String id = json.string("Id");
        if (id == null || !isId(id)) {
            throw new JsonException("an image without an Id");
        }
        JsonObject root = json.object("RootFS");
        List<Digest> diffIds = new ArrayList<>();
        if (root != null) {
            for (String text : root.strings("Layers")) {
                try {
                    diffIds.add(Digest.parse(text));
                } catch (IllegalArgumentException e) {
                    throw new JsonException(String.valueOf(e.getMessage()));
                }
            }
        }
        return new Described(id, diffIds, Storage.of(json, server));
    }

    /** The id without the name of its algorithm. */
    String hex() {
        return id.startsWith(SHA_256) ? id.substring(SHA_256.length()) : id;
    }

    /** It becomes a part of a URL. */
    private static boolean isId(String text) {
        String hex = text.startsWith(SHA_256) ? text.substring(SHA_256.length()) : text;
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return hex.length() == HEX_DIGITS;
    }

    /** Whether an image that was exported claims to have these layers. */
    boolean fits(Image image) {
        if (diffIds.isEmpty()) {
            return true;
        }
        List<Layer> layers = image.layers();
        if (layers.size() != diffIds.size()) {
            return false;
        }
        for (int i = 0; i < layers.size(); i++) {
            if (!diffIds.get(i).equals(layers.get(i).diffId())) {
                return false;
            }
        }
        return true;
    }
}
