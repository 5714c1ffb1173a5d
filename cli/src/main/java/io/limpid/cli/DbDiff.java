package io.limpid.cli;

import io.limpid.format.Printable;
import io.limpid.model.Advisory;
import io.limpid.model.FeedRecord;
import io.limpid.model.LimpidException;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.report.JsonOutput;
import io.limpid.snapshot.Difference;
import io.limpid.snapshot.SnapshotComparison;
import io.limpid.snapshot.SnapshotHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code limpid db diff}: what appeared, vanished or changed from one generation to another. */
final class DbDiff {
    private final Console console;
    private final int most;
    private final List<PartDiff> parts = new ArrayList<>();
    /** Those that there is nothing to compare with. */
    private final List<String> alone = new ArrayList<>();

    private boolean failed;
    private int shown;

    /**
     * @param most how many lines are shown
     */
    DbDiff(Console console, int most) {
        this.console = console;
        this.most = most;
    }

    /** Brings two generations, and tells of each difference meanwhile. */
    @FunctionalInterface
    interface Comparing {
        SnapshotComparison.@Nullable Compared compare(Difference.Changes changes) throws IOException;
    }

    /** A part that was compared. */
    private record PartDiff(
            SnapshotComparison.Compared compared, Map<String, long[]> releases, List<Change> changes, long left) {}

    /** A record that differs. */
    private record Change(
            @Nullable FeedRecord before, @Nullable FeedRecord now) {

        private FeedRecord any() {
            return now == null ? Objects.requireNonNull(before) : now;
        }

        /** The release that it is about, or a word for what is about none. */
        private String release() {
            return switch (any()) {
                case Advisory advisory -> advisory.subject().namespace();
                case VulnerabilityDetails _ -> "vulnerabilities";
                case RepositoryProducts _ -> "repositories";
            };
        }

        /** What it is filed under. */
        private String name() {
            return switch (any()) {
                case Advisory advisory ->
                    advisory.id() + " " + advisory.subject().name();
                case VulnerabilityDetails details -> details.id();
                case RepositoryProducts products -> products.repository();
            };
        }

        private int kind() {
            return before == null ? 0 : now == null ? 1 : 2;
        }
    }

    /** Compares a part; what cannot be read is told, and holds up no other. */
    void add(String part, Comparing comparing) throws IOException {
        try {
            if (!isAdded(comparing)) {
                alone.add(part);
            }
        } catch (LimpidException e) {
            failed = true;
            ErrorText.of(e).print(console.stderr());
        }
    }

    /** Compares a part; false when there is nothing to compare it with. */
    private boolean isAdded(Comparing comparing) throws IOException {
        Map<String, long[]> releases = new TreeMap<>();
        List<Change> changes = new ArrayList<>();
        long[] left = {0};
        SnapshotComparison.Compared compared = comparing.compare((before, now) -> {
            Change change = new Change(before, now);
            releases.computeIfAbsent(change.release(), _ -> new long[3])[change.kind()]++;
            if (shown + changes.size() < most) {
                changes.add(change);
            } else {
                left[0]++;
            }
        });
        if (compared == null) {
            return false;
        }
        shown += changes.size();
        parts.add(new PartDiff(compared, releases, changes, left[0]));
        return true;
    }

    /**
     * Shows all parts that were added; gives the exit code.
     *
     * @param named whether somebody wants to know of these very parts
     * @param without what is said of those that there is nothing to compare with
     */
    int finish(DbFormat format, boolean named, String without) throws IOException {
        print(format);
        if (named || parts.isEmpty()) {
            alone.forEach(part -> console.stderr().println(part + ": " + without));
        }
        return failed || (named && parts.isEmpty()) ? ExitCode.TOOL_ERROR : ExitCode.FINE;
    }

    private void print(DbFormat format) throws IOException {
        if (format == DbFormat.JSON) {
            JsonOutput.writeObject(console.stdout(), json -> {
                json.text("schemaVersion", DbFormat.SCHEMA_VERSION);
                json.objects("parts", parts, part -> part(json, part));
            });
            return;
        }
        StringBuilder text = new StringBuilder();
        for (PartDiff part : parts) {
            text(part, text);
            console.print(text.toString());
            text.setLength(0);
        }
    }

    private static void text(PartDiff part, StringBuilder text) {
        SnapshotComparison.Compared compared = part.compared;
        text.append(name(compared.now())).append(": ").append(DbText.difference(compared.difference()));
        text.append(" from ").append(DbText.moment(compared.before().fetchedAt()));
        text.append(compared.rolledBack() ? " (rolled back)" : "").append(" to ");
        text.append(DbText.moment(compared.now().fetchedAt())).append('\n');
        String release = "";
        for (Change change : part.changes) {
            if (!change.release().equals(release)) {
                release = change.release();
                text.append("  ").append(Printable.of(release)).append(": ");
                text.append(DbText.difference(of(Objects.requireNonNull(part.releases.get(release)))))
                        .append('\n');
            }
            text.append("    ").append("+-~".charAt(change.kind())).append(' ').append(Printable.of(words(change)));
            text.append('\n');
        }
        if (part.left > 0) {
            text.append("    ... and ").append(part.left).append(" more (--most NUMBER shows more)\n");
        }
    }

    private static String name(SnapshotHeader header) {
        return header.feed() + "/" + header.part();
    }

    private static Difference of(long[] counts) {
        return new Difference(counts[0], counts[1], counts[2]);
    }

    private static String words(Change change) {
        if (change.before instanceof Advisory before && change.now instanceof Advisory now) {
            return change.name() + " "
                    + (says(before).equals(says(now))
                            ? says(now) + " (" + String.join(", ", others(before, now)) + ")"
                            : says(before) + " -> " + says(now));
        }
        return change.any() instanceof Advisory advisory ? change.name() + " " + says(advisory) : change.name();
    }

    private static String says(Advisory advisory) {
        return advisory.state().word() + (advisory.fixedVersion() == null ? "" : " " + advisory.fixedVersion());
    }

    /** What differs besides state and fixed version. */
    private static List<String> others(Advisory before, Advisory now) {
        List<String> names = new ArrayList<>();
        differ("versions", before.affected(), now.affected(), names);
        differ("severity", before.severities(), now.severities(), names);
        differ("aliases", before.aliases(), now.aliases(), names);
        differ("packages", before.subject(), now.subject(), names);
        differ("note", before.note(), now.note(), names);
        return names.isEmpty() ? List.of("dates or links") : names;
    }

    private static void differ(String name, @Nullable Object before, @Nullable Object now, List<String> names) {
        if (!Objects.equals(before, now)) {
            names.add(name);
        }
    }

    private static void part(JsonOutput json, PartDiff part) {
        SnapshotComparison.Compared compared = part.compared;
        json.text("feed", compared.now().feed());
        json.text("part", compared.now().part());
        json.object("before", () -> generation(json, compared.before()));
        json.object("now", () -> generation(json, compared.now()));
        json.truth("rolledBack", compared.rolledBack());
        DbJson.difference(json, compared.difference());
        json.objects("releases", List.copyOf(part.releases.entrySet()), entry -> {
            json.text("release", entry.getKey());
            DbJson.difference(json, of(entry.getValue()));
        });
        json.list("changes", () -> {
            for (Change change : part.changes) {
                json.element(() -> change(json, change));
            }
        });
        json.number("left", part.left);
    }

    private static void generation(JsonOutput json, SnapshotHeader header) {
        json.number("generation", header.generation());
        json.text("fetchedAt", header.fetchedAt());
        json.text("dataDate", header.dataDate());
        json.number("records", header.records());
    }

    private static void change(JsonOutput json, Change change) {
        side(json, "before", change.before);
        side(json, "now", change.now);
    }

    private static void side(JsonOutput json, String name, @Nullable FeedRecord record) {
        switch (record) {
            case null -> json.nothing(name);
            case Advisory advisory -> json.object(name, () -> DbJson.advisory(json, advisory));
            case VulnerabilityDetails details -> json.object(name, () -> DbJson.details(json, details));
            case RepositoryProducts products ->
                json.object(name, () -> {
                    json.text("repository", products.repository());
                    json.texts("products", products.products());
                });
        }
    }
}
