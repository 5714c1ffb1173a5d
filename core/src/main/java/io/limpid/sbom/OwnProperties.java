package io.limpid.sbom;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Digest;
import io.limpid.model.SbomTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The properties of ours that a component has, as foreign as all in a document.
 *
 * @param values what each says, in the document's order
 */
record OwnProperties(Map<String, List<String>> values) {
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

    static OwnProperties of(JsonObject component) throws JsonException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (JsonObject property : component.objects("properties")) {
            String name = property.string("name");
            if (name != null && name.startsWith(SbomTerms.OURS)) {
                String value = property.string("value");
                if (value == null) {
                    throw new JsonException("it has a property of limpid's without a value");
                }
                values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return new OwnProperties(values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    @Nullable
    String text(String name) throws JsonException {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw new JsonException("it has two properties " + name);
        }
        return all.isEmpty() ? null : all.getFirst();
    }

    String required(String name) throws JsonException {
        String text = text(name);
        if (text == null) {
            throw new JsonException("it has no property " + name);
        }
        return text;
    }

    @Nullable
    Digest digest(String name) throws JsonException {
        String text = text(name);
        try {
            return text == null ? null : Digest.parse(text);
        } catch (IllegalArgumentException _) {
            throw new JsonException("its property " + name + " is no digest");
        }
    }

    /** The index of one of so many layers. */
    @Nullable
    Integer layer(String name, int layers) throws JsonException {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!INDEX.matcher(text).matches() || Integer.parseInt(text) >= layers) {
            throw new JsonException("its property " + name + " is none of the document's layers");
        }
        return Integer.valueOf(text);
    }

    long size(String name) throws JsonException {
        try {
            long size = Long.parseLong(required(name));
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new JsonException("its property " + name + " is no size");
    }

    /** Those behind a prefix and an index, by the index; the indexes must be those of a list. */
    List<OwnProperties> list(String prefix) throws JsonException {
        SortedMap<Integer, Map<String, List<String>>> found = new TreeMap<>();
        for (Map.Entry<String, List<String>> one : values.entrySet()) {
            String name = one.getKey();
            int colon = name.indexOf(':', prefix.length());
            if (!name.startsWith(prefix)) {
                continue;
            }
            if (colon < 0
                    || !INDEX.matcher(name.substring(prefix.length(), colon)).matches()) {
                throw new JsonException("it has a property " + prefix + " without an index");
            }
            found.computeIfAbsent(Integer.valueOf(name.substring(prefix.length(), colon)), _ -> new LinkedHashMap<>())
                    .put(name.substring(colon + 1), one.getValue());
        }
        if (!found.isEmpty() && found.lastKey() != found.size() - 1) {
            throw new JsonException("one of its properties " + prefix + " is missing");
        }
        return found.values().stream().map(OwnProperties::new).toList();
    }
}
