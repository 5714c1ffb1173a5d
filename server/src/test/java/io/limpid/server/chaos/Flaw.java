package io.limpid.server.chaos;

import io.limpid.format.json.JsonObject;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A vulnerability as it is stored.
 *
 * @param fixes the fixed versions by the names of packages
 */
record Flaw(String severity, SortedMap<String, Integer> fixes) {
    static final String NAMESPACE = "debian:12";
    private static final String ALL = "/v1/namespaces/" + NAMESPACE + "/vulnerabilities";

    /** Makes one, or gives another severity and more fixes to the one that there is. */
    static Write<Optional<Flaw>> post(String name, Flaw flaw) {
        String fixes = flaw.fixes.entrySet().stream()
                .map(fix -> feature(fix.getKey(), fix.getValue()))
                .collect(Collectors.joining(","));
        String body = "{\"Vulnerability\":{\"Name\":\"" + name + "\",\"NamespaceName\":\"" + NAMESPACE
                + "\",\"Severity\":\"" + flaw.severity + "\",\"FixedIn\":[" + fixes + "]}}";
        return new Write<>(Write.Sort.VULNERABILITY, "POST", ALL, body, _ -> true, before -> {
            NavigableMap<String, Integer> merged = new TreeMap<>(flaw.fixes);
            before.ifPresent(old -> old.fixes.forEach(merged::putIfAbsent));
            return Optional.of(new Flaw(flaw.severity, merged));
        });
    }

    static Write<Optional<Flaw>> putSeverity(String name, String severity) {
        String body = "{\"Vulnerability\":{\"Severity\":\"" + severity + "\"}}";
        // One that is not there is made.
        return new Write<>(
                Write.Sort.VULNERABILITY,
                "PUT",
                ALL + "/" + name,
                body,
                _ -> true,
                before -> Optional.of(new Flaw(severity, before.map(Flaw::fixes).orElseGet(TreeMap::new))));
    }

    static Write<Optional<Flaw>> putFix(String name, String feature, int version) {
        return changed("PUT", name, feature, "{\"Feature\":" + feature(feature, version) + "}", fixes -> {
            fixes.put(feature, version);
            return fixes;
        });
    }

    static Write<Optional<Flaw>> deleteFix(String name, String feature) {
        return changed("DELETE", name, feature, "", fixes -> {
            fixes.remove(feature);
            return fixes;
        });
    }

    private static Write<Optional<Flaw>> changed(
            String method, String name, String feature, String body, UnaryOperator<SortedMap<String, Integer>> change) {
        return new Write<>(
                Write.Sort.VULNERABILITY,
                method,
                ALL + "/" + name + "/fixes/" + feature,
                body.isEmpty() ? null : body,
                Optional::isPresent,
                before -> before.map(old -> new Flaw(old.severity, change.apply(new TreeMap<>(old.fixes)))));
    }

    static Write<Optional<Flaw>> delete(String name) {
        return new Write<>(
                Write.Sort.DELETION, "DELETE", ALL + "/" + name, null, Optional::isPresent, _ -> Optional.empty());
    }

    private static String feature(String name, int version) {
        return "{\"Name\":\"" + name + "\",\"NamespaceName\":\"" + NAMESPACE
                + "\",\"VersionFormat\":\"dpkg\",\"Version\":\"" + version + "\"}";
    }

    /** As a server tells it. */
    static Optional<Flaw> read(Client client, String name) throws IOException {
        Optional<JsonObject> found = client.get(ALL + "/" + name + "?fixedIn", "Vulnerability");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, Integer> fixes = new TreeMap<>();
        for (JsonObject fix : found.get().objects("FixedIn")) {
            fixes.put(String.valueOf(fix.string("Name")), Integer.parseInt(String.valueOf(fix.string("Version"))));
        }
        return Optional.of(new Flaw(String.valueOf(found.get().string("Severity")), fixes));
    }

    /** Reads a page of all of them, whatever is on it. */
    static void list(Client client) throws IOException {
        int status = client.ask("GET", ALL + "?limit=20", null).status();
        if (status != 200) {
            throw new IOException(status + " to a read");
        }
    }
}
