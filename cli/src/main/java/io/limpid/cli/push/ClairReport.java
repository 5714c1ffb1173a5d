package io.limpid.cli.push;

import io.limpid.format.Printable;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.ClairSeverity;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of an image, as the original program printed it.
 *
 * @param features how many features it found
 * @param vulnerabilities all of them, the worst first
 * @param denied what is published and the overrides of a server of ours deny, a line each
 */
public record ClairReport(int features, List<Found> vulnerabilities, List<String> denied) {
    private static final int WIDTH = 80;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;
    private static final int WHITE = 37;

    /**
     * A vulnerability of a feature.
     *
     * @param severity as the server writes it
     * @param known the same, null for a word that Clair does not have: such a one is never left out
     * @param override why a server of ours says something else than the publishers, null where it does not
     */
    public record Found(
            String name,
            String severity,
            @Nullable ClairSeverity known,
            String description,
            String feature,
            String version,
            String fixedBy,
            String link,
            String layer,
            @Nullable String override) {

        /** Whether it is as bad as this, or nobody can say. */
        public boolean isAtLeast(ClairSeverity least) {
            return known == null || known.compareTo(least) >= 0;
        }
    }

    public ClairReport {
        vulnerabilities = List.copyOf(vulnerabilities);
        denied = List.copyOf(denied);
    }

    /** Reads the layer that a server answers with. */
    public static ClairReport of(JsonObject layer) throws JsonException {
        List<Found> all = new ArrayList<>();
        List<JsonObject> features = layer.objects("Features");
        for (JsonObject feature : features) {
            for (JsonObject vulnerability : feature.objects("Vulnerabilities")) {
                String severity = text(vulnerability, "Severity");
                all.add(new Found(
                        text(vulnerability, "Name"),
                        severity,
                        ClairSeverity.of(severity).orElse(null),
                        text(vulnerability, "Description"),
                        text(feature, "Name"),
                        text(feature, "Version"),
                        text(vulnerability, "FixedBy"),
                        text(vulnerability, "Link"),
                        text(feature, "AddedBy"),
                        override(vulnerability)));
            }
        }
        // The server's order is random; the original's was too, within a severity.
        all.sort(Comparator.comparingInt(ClairReport::rank)
                .reversed()
                .thenComparing(Found::name)
                .thenComparing(Found::feature)
                .thenComparing(Found::version));
        List<String> denied = new ArrayList<>();
        for (JsonObject one : layer.objects("Overrides")) {
            JsonObject before = one.object("Before");
            denied.add(text(one, "VulnerabilityName") + " (" + (before == null ? "" : text(before, "Severity"))
                    + ") in " + text(one, "FeatureName") + " @ " + text(one, "Version") + ": " + text(one, "Reason"));
        }
        return new ClairReport(features.size(), all, denied);
    }

    /** In metadata anything may stand. */
    private static @Nullable String override(JsonObject vulnerability) throws JsonException {
        return vulnerability.value("Metadata") instanceof JsonObject metadata
                        && metadata.value("Limpid") instanceof JsonObject own
                        && own.value("Override") instanceof JsonObject override
                ? text(override, "Reason")
                : null;
    }

    private static int rank(Found found) {
        List<String> texts = ClairSeverity.texts();
        return found.known == null ? texts.size() : texts.indexOf(found.known.text());
    }

    private static String text(JsonObject object, String name) throws JsonException {
        String text = object.string(name);
        return text == null ? "" : text;
    }

    /**
     * The report.
     *
     * @param least vulnerabilities below are left out
     */
    public String text(String image, Instant time, ClairSeverity least, boolean color) {
        StringBuilder out = new StringBuilder("Clair report for image ")
                .append(Printable.of(image))
                .append(" (")
                .append(time(time))
                .append(")\n");
        if (features == 0) {
            return out.append(painted("NOTE:", YELLOW, color))
                    .append(" No features have been detected in the image."
                            + " This usually means that the image isn't supported by Clair.\n")
                    .toString();
        }
        List<Found> shown =
                vulnerabilities.stream().filter(found -> found.isAtLeast(least)).toList();
        shown.forEach(found -> append(out, found, color));
        if (!denied.isEmpty()) {
            out.append(painted("NOTE:", YELLOW, color)).append(" Overrides of the server deny what is published:\n");
            denied.forEach(one -> line(out, "", one));
            out.append('\n');
        }
        if (vulnerabilities.isEmpty()) {
            out.append(painted("Success!", GREEN, color))
                    .append(denied.isEmpty() ? " No" : " No other")
                    .append(" vulnerabilities were detected in your image\n");
        } else if (shown.isEmpty()) {
            out.append(painted("NOTE:", YELLOW, color))
                    .append(" No vulnerabilities matching the minimum severity level were detected in your image\n");
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Found found, boolean color) {
        out.append(Printable.of(found.name))
                .append(" (")
                .append(painted(Printable.of(found.severity), colorOf(found.known), color))
                .append(")\n");
        if (!found.description.isEmpty()) {
            for (String line : WordWrap.lines(found.description, WIDTH)) {
                out.append(line.isEmpty() ? "" : "\t" + Printable.of(line)).append('\n');
            }
            out.append('\n');
        }
        line(out, "Package:       ", found.feature + " @ " + found.version);
        if (!found.fixedBy.isEmpty()) {
            line(out, "Fixed version: ", found.fixedBy);
        }
        if (!found.link.isEmpty()) {
            line(out, "Link:          ", found.link);
        }
        line(out, "Layer:         ", found.layer);
        if (found.override != null) {
            line(out, "Override:      ", found.override);
        }
        out.append('\n');
    }

    private static void line(StringBuilder out, String label, String value) {
        out.append('\t').append(label).append(Printable.of(value)).append('\n');
    }

    private static int colorOf(@Nullable ClairSeverity severity) {
        return switch (severity) {
            case HIGH, CRITICAL -> RED;
            case MEDIUM -> YELLOW;
            case null, default -> WHITE;
        };
    }

    private static String painted(String text, int code, boolean color) {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** As Go writes a time. */
    private static String time(Instant time) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        String fraction = String.format(Locale.ROOT, ".%09d", utc.getNano()).replaceFirst("\\.?0+$", "");
        return TIME.format(utc) + fraction + " +0000 UTC";
    }
}
