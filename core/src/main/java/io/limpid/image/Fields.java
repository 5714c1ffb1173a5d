package io.limpid.image;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object in an image's documents, of which no other reader can see other ones.
 *
 * <p>Docker, containerd and podman are written in Go, whose {@code encoding/json} finds a field whatever its case ({@code ſ} and the Kelvin
 * sign are an s and a k to it) and takes the last of several. A field that is asked for and is there in another case, alone or besides, is
 * therefore a {@link JsonException}: what runs would be another image than the one that was read.
 */
record Fields(JsonObject json) {

    /** Whether the field is there and not {@code null}. */
    boolean has(String name) throws JsonException {
        return exact(name).value(name) != null;
    }

    @Nullable
    String string(String name) throws JsonException {
        return exact(name).string(name);
    }

    @Nullable
    Long integer(String name) throws JsonException {
        return exact(name).integer(name);
    }

    @Nullable
    Boolean bool(String name) throws JsonException {
        return exact(name).bool(name);
    }

    @Nullable
    Fields object(String name) throws JsonException {
        JsonObject object = exact(name).object(name);
        return object == null ? null : new Fields(object);
    }

    /** An object whose names are data, not fields, so that their case counts: labels, annotations. */
    JsonObject map(String name) throws JsonException {
        JsonObject object = exact(name).object(name);
        return object == null ? new JsonObject(Map.of()) : object;
    }

    List<Fields> objects(String name) throws JsonException {
        return exact(name).objects(name).stream().map(Fields::new).toList();
    }

    List<String> strings(String name) throws JsonException {
        return exact(name).strings(name);
    }

    private JsonObject exact(String name) throws JsonException {
        for (String other : json.members().keySet()) {
            if (other.equalsIgnoreCase(name) && !other.equals(name)) {
                throw new JsonException("member \"" + other + "\" is \"" + name
                        + "\" in another case: programs differ in whether they read it");
            }
        }
        return json;
    }
}
