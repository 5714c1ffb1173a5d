package io.limpid.correction;

import io.limpid.format.Nearest;
import io.limpid.format.Printable;
import io.limpid.model.Correction;
import io.limpid.model.DistroFamily;
import io.limpid.model.Distros;
import io.limpid.model.FixState;
import io.limpid.model.LimpidException;
import io.limpid.model.Severity;
import io.limpid.model.VersionRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One correction of a file, whose members are read one by one. */
final class CorrectionEntry {
    private static final String ID = "id";
    private static final String PACKAGE = "package";
    private static final String VERSIONS = "versions";
    private static final String NAMESPACE = "namespace";
    private static final String STATUS = "status";
    private static final String FIXED_VERSION = "fixedVersion";
    private static final String SEVERITY = "severity";
    private static final String REASON = "reason";
    private static final String AUTHOR = "author";
    private static final String EXPIRES = "expires";
    private static final List<String> MEMBERS =
            List.of(ID, PACKAGE, VERSIONS, NAMESPACE, STATUS, FIXED_VERSION, SEVERITY, REASON, AUTHOR, EXPIRES);

    private static final String NEVER = "never";
    private static final String HINT = "a report has it as distro.namespace: debian:12";
    private static final int LONGEST = 2000;
    private static final int MOST_STARS = 4;

    private final CorrectionFile file;
    private final Map<String, Node> members;

    CorrectionEntry(CorrectionFile file, Map<String, Node> members) {
        this.file = file;
        this.members = members;
    }

    /** What two corrections of a file may not have in common. */
    static Object scope(Correction correction) {
        return Arrays.asList(
                correction.id().toUpperCase(Locale.ROOT),
                correction.packageName(),
                correction.versions(),
                correction.namespace());
    }

    Correction read(Node whole) throws LimpidException {
        for (Map.Entry<String, Node> member : members.entrySet()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw file.failure(member.getValue(), Nearest.unknown("member", member.getKey(), MEMBERS), null);
            }
        }
        String id = required(ID, whole, "it is the name of a vulnerability: CVE-2024-0727");
        if (id.contains("*") || id.contains(" ")) {
            throw flaw(ID, "one id is expected, found " + shown(id), "write an override for each vulnerability");
        }
        String name =
                required(PACKAGE, whole, "it is the name of a binary or source package; * stands for any characters");
        if (name.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw flaw(PACKAGE, "more than " + MOST_STARS + " asterisks", null);
        }
        FixState status = status();
        Severity severity = severity(status);
        if (status == null && severity == null) {
            throw file.failure(
                    whole,
                    "there is neither a status nor a severity",
                    "a status is one of " + String.join(", ", states()));
        }
        return new Correction(
                id,
                name,
                versions(),
                namespace(),
                status,
                fixedVersion(status, whole),
                severity,
                required(REASON, whole, "say why, for whoever reads the report"),
                text(AUTHOR),
                expires(whole),
                file.place(whole));
    }

    private static List<String> states() {
        return Correction.STATES.stream().map(FixState::word).toList();
    }

    private @Nullable FixState status() throws LimpidException {
        String word = text(STATUS);
        if (word == null) {
            return null;
        }
        FixState status = FixState.ofWord(word).orElse(null);
        if (status == null || !Correction.STATES.contains(status)) {
            throw flaw(STATUS, Nearest.unknown(STATUS, word, states()), null);
        }
        return status;
    }

    private @Nullable Severity severity(@Nullable FixState status) throws LimpidException {
        String word = text(SEVERITY);
        if (word == null) {
            return null;
        }
        if (status == FixState.NOT_AFFECTED) {
            throw flaw(SEVERITY, "what is not there has no severity", "leave it out, or give another status");
        }
        List<String> words =
                Arrays.stream(Severity.values()).map(Severity::word).toList();
        return Severity.ofWord(word).orElseThrow(() -> flaw(SEVERITY, Nearest.unknown(SEVERITY, word, words), null));
    }

    private @Nullable String fixedVersion(@Nullable FixState status, Node whole) throws LimpidException {
        String version = text(FIXED_VERSION);
        if (status == FixState.FIXED && version == null) {
            throw file.failure(
                    whole,
                    "the status fixed needs the member " + FIXED_VERSION,
                    "name the first version without it, or give the status not-affected");
        }
        if (status != FixState.FIXED && version != null) {
            throw flaw(
                    FIXED_VERSION,
                    "there is one only with the status fixed",
                    "give that status, or say with " + VERSIONS + " which versions are meant");
        }
        return version;
    }

    private VersionRange versions() throws LimpidException {
        String text = text(VERSIONS);
        if (text == null) {
            return VersionRange.ALL;
        }
        try {
            return VersionWords.parse(text);
        } catch (IllegalArgumentException e) {
            throw flaw(VERSIONS, String.valueOf(e.getMessage()), "write it as in '>= 1.2, < 1.4-3' or '= 1.2-1'");
        }
    }

    private @Nullable String namespace() throws LimpidException {
        String namespace = text(NAMESPACE);
        if (namespace == null) {
            return null;
        }
        int colon = namespace.indexOf(':');
        String own = colon < 0 ? namespace : namespace.substring(0, colon);
        List<String> known =
                Distros.all().stream().map(DistroFamily::advisories).toList();
        if (!known.contains(own)) {
            throw flaw(NAMESPACE, Nearest.unknown("distribution", own, known), HINT);
        }
        String meant =
                Distros.all().get(known.indexOf(own)).namespaceOf(colon < 0 ? null : namespace.substring(colon + 1));
        if (!namespace.equals(meant)) {
            throw flaw(
                    NAMESPACE,
                    "advisories are about no such release: " + shown(namespace)
                            + (meant == null ? "" : " (did you mean " + meant + "?)"),
                    HINT);
        }
        return namespace;
    }

    private @Nullable LocalDate expires(Node whole) throws LimpidException {
        String text = required(EXPIRES, whole, "give the last day on which it holds, 2027-06-30, or " + NEVER);
        if (text.equals(NEVER)) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw flaw(EXPIRES, "no day: " + shown(text), "write it as 2027-06-30, or " + NEVER);
        }
    }

    private String required(String name, Node whole, String hint) throws LimpidException {
        String text = text(name);
        if (text == null) {
            throw file.failure(whole, "the member " + name + " is missing", hint);
        }
        return text;
    }

    /** The text of a member, null where it is not there or has no value. */
    private @Nullable String text(String name) throws LimpidException {
        Node node = members.get(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            throw flaw(name, "a text is expected", null);
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return null;
        }
        String text = scalar.getValue().strip();
        if (text.isEmpty()) {
            throw flaw(name, "it is empty", null);
        }
        if (text.length() > LONGEST) {
            throw flaw(name, "it has more than " + LONGEST + " characters", null);
        }
        return text;
    }

    private LimpidException flaw(String name, String reason, @Nullable String hint) {
        return file.failure(Objects.requireNonNull(members.get(name)), name + ": " + reason, hint);
    }

    private static String shown(String text) {
        return Printable.excerpt(text, 60);
    }
}
