package io.limpid.server.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a query, of each the first, read as Go reads them: what is broken is left out. */
public final class Query {
    private final Map<String, String> first = new LinkedHashMap<>();

    private Query() {}

    static Query parse(String raw) {
        Query query = new Query();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = Target.unescaped(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = Target.unescaped(equals < 0 ? "" : pair.substring(equals + 1), true);
            // A semicolon was once a separator; today such a pair is dropped.
            if (!pair.isEmpty() && pair.indexOf(';') < 0 && key != null && value != null) {
                query.first.putIfAbsent(Target.utf8(key), value);
            }
        }
        return query;
    }

    /** Whether a parameter is there, with a value or without. */
    public boolean has(String name) {
        return first.containsKey(name);
    }

    /** The first value of a parameter. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(first.get(name)).map(Target::utf8);
    }

    /** The bytes of the first value of a parameter, which may be no text. */
    public Optional<byte[]> bytes(String name) {
        return Optional.ofNullable(first.get(name)).map(value -> value.getBytes(StandardCharsets.ISO_8859_1));
    }
}
