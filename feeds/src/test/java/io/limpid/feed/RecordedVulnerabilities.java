package io.limpid.feed;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Advisory;
import io.limpid.model.ClairSeverity;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FixState;
import io.limpid.model.Limits;
import io.limpid.model.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Vulnerabilities as one of Clair's updaters gave them, as lines: name, severity, namespace, package and version; and the beginning of each
 * description.
 *
 * <p>Clair has one vulnerability for each bulletin where we have one for each CVE: an advisory stands for the one that bears its name or one of its
 * aliases. An rpm's epoch of nought is left away. Clair's severity is the worst that is said of it in any package and release. Links are not compared: ours lead to the publisher's page.
 */
final class RecordedVulnerabilities {
    private static final int SHOWN = 80;
    private static final String NEVER = "#MINV#";
    private static final String UNFIXED = "#MAXV#";

    private final boolean error;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> lines = new TreeSet<>();

    private RecordedVulnerabilities(JsonObject document) throws JsonException {
        error = document.string("Error") != null;
        for (JsonObject one : document.objects("Vulnerabilities")) {
            String name = String.valueOf(one.string("Name"));
            String severity = String.valueOf(one.string("Severity"));
            names.add(name);
            String description = one.string("Description");
            if (description != null && !description.isEmpty()) {
                lines.add(description(name, String.valueOf(one.string("Namespace")), description));
            }
            for (JsonObject fix : one.objects("FixedIn")) {
                lines.add(String.join(
                        " ",
                        name,
                        severity,
                        String.valueOf(fix.string("Namespace")),
                        String.valueOf(fix.string("Name")),
                        withoutNoEpoch(String.valueOf(fix.string("Version")))));
            }
        }
    }

    /** An epoch of nought is none: rpm itself does not write it. */
    private static String withoutNoEpoch(String version) {
        return version.matches("0:.+") ? version.substring("0:".length()) : version;
    }

    static RecordedVulnerabilities read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return new RecordedVulnerabilities((JsonObject) Json.parse(bytes, bytes.length, Limits.DEFAULT));
    }

    /** Whether the updater refused the document. */
    boolean isError() {
        return error;
    }

    /** The lines that only it has, each after {@code "- "}, and those that only these advisories have, after {@code "+ "}. */
    Set<String> differences(List<Advisory> advisories) {
        Set<String> said = new TreeSet<>();
        List<Advisory> reported = advisories.stream()
                .filter(advisory -> advisory.state() != FixState.UNDETERMINED)
                .toList();
        Map<String, ClairSeverity> worst = worst(reported);
        for (Advisory advisory : reported) {
            String namespace = clairNamespace(advisory.subject().namespace());
            for (String name : recordedNames(advisory)) {
                if (advisory.description() != null) {
                    said.add(description(name, namespace, advisory.description()));
                }
                said.add(String.join(
                        " ",
                        name,
                        Objects.requireNonNull(worst.get(name)).text(),
                        namespace,
                        advisory.subject().name(),
                        version(advisory)));
            }
        }
        Set<String> differences = new TreeSet<>();
        lines.stream().filter(line -> !said.contains(line)).forEach(line -> differences.add("- " + line));
        said.stream().filter(line -> !lines.contains(line)).forEach(line -> differences.add("+ " + line));
        return differences;
    }

    /** Of its names those under which Clair has it, or, without one, its own. */
    private List<String> recordedNames(Advisory advisory) {
        List<String> known = new ArrayList<>(advisory.aliases());
        known.addFirst(advisory.id());
        known.removeIf(name -> !names.contains(name));
        return known.isEmpty() ? List.of(advisory.id()) : known;
    }

    private static String description(String name, String namespace, String text) {
        String folded = text.strip().replaceAll("\\s+", " ");
        return name + " " + namespace + ": " + folded.substring(0, Math.min(SHOWN, folded.length()));
    }

    private static String version(Advisory advisory) {
        @Nullable String fixed = advisory.fixedVersion();
        return advisory.state() == FixState.NOT_AFFECTED
                ? NEVER
                : fixed == null || advisory.state() != FixState.FIXED ? UNFIXED : fixed;
    }

    private Map<String, ClairSeverity> worst(List<Advisory> advisories) {
        Map<String, ClairSeverity> worst = new HashMap<>();
        for (Advisory advisory : advisories) {
            Severity severity = advisory.severities().isEmpty()
                    ? Severity.UNKNOWN
                    : advisory.severities().getFirst().severity();
            ClairSeverity clair = ClairSeverity.of(severity.word()).orElseThrow();
            for (String name : recordedNames(advisory)) {
                worst.merge(name, clair, (one, other) -> one.compareTo(other) < 0 ? other : one);
            }
        }
        return worst;
    }

    private static String clairNamespace(String namespace) {
        String[] words = namespace.split(":", 2);
        if (words[0].equals("rhel")) {
            // Clair has one namespace for Red Hat's advisories and who rebuilds its packages.
            return "centos:" + words[1];
        }
        boolean numbered = words.length > 1 && Character.isDigit(words[1].charAt(0));
        Distro distro =
                Distros.of(words[0], numbered ? words[1] : null, words.length > 1 && !numbered ? words[1] : null);
        String clair = Distros.clairNamespace(distro);
        return clair == null ? namespace : clair;
    }
}
