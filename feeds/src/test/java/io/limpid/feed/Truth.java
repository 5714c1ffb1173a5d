package io.limpid.feed;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import io.limpid.version.VersionSchemes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Tables of package versions and whether they have a vulnerability, and the plainest matcher there can be. */
final class Truth {
    private static final int SHOWN = 20;

    private Truth() {}

    /**
     * A line of a table.
     *
     * @param status {@code vulnerable}, {@code fixed}, {@code not-affected}; anything else leaves it open
     */
    record Row(String name, String version, String id, String status, String fixedVersion) {}

    /** The lines by distribution. */
    static Map<String, List<Row>> rows(Path table) throws IOException {
        Map<String, List<Row>> rows = new TreeMap<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(table));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split("\t", -1);
                rows.computeIfAbsent(cells[0], _ -> new ArrayList<>())
                        .add(new Row(cells[1], cells[3], cells[4], cells[5], cells[6]));
            }
        }
        return rows;
    }

    /** What came of the comparison. */
    static final class Score {
        private final List<String> failures = new ArrayList<>();
        private int vulnerable;
        private int free;
        private int clean;
        private int undecidable;

        /** Packages with a vulnerability that must be found. */
        int vulnerable() {
            return vulnerable;
        }

        List<String> failures() {
            return failures.subList(0, Math.min(SHOWN, failures.size()));
        }

        @Override
        public String toString() {
            return vulnerable + " vulnerable, " + clean + " not, " + free + " open, " + undecidable + " undecidable, "
                    + failures.size() + " wrong";
        }
    }

    /** The advisories about the packages of a table. */
    static final class Index implements Consumer<FeedRecord> {
        private final String namespace;
        private final VersionScheme scheme;
        private final Set<String> wanted = new HashSet<>();
        private final Map<String, List<Advisory>> byName = new HashMap<>();

        Index(Distro distro, List<Row> rows) {
            this.namespace = distro.namespace();
            this.scheme = VersionSchemes.byId(Objects.requireNonNull(Distros.packageType(distro.id())))
                    .orElseThrow();
            rows.forEach(row -> wanted.add(row.name));
        }

        @Override
        public void accept(FeedRecord told) {
            if (!(told instanceof Advisory advisory)) {
                return;
            }
            // The tables' packages are their own source: both kinds of names and of versions are the same.
            AdvisorySubject subject = advisory.subject();
            if (subject.namespace().equals(namespace) && wanted.contains(subject.name()) && isUsual(subject)) {
                byName.computeIfAbsent(subject.name(), _ -> new ArrayList<>()).add(advisory.withoutText());
            }
        }

        /** The tables' packages are for x86_64, of no module and no flavour, and of Amazon's core. */
        private static boolean isUsual(AdvisorySubject subject) {
            return subject.module() == null
                    && subject.flavour().isEmpty()
                    && (subject.arches().isEmpty() || subject.arches().contains("x86_64"))
                    && (subject.repositories().isEmpty()
                            || subject.repositories().contains("amzn2-core"));
        }

        /** Adds to the score what the rows say of each package and vulnerability, and what the advisories do. */
        void score(List<Row> rows, Score score) {
            Map<List<String>, List<Row>> byCase = new LinkedHashMap<>();
            for (Row row : rows) {
                byCase.computeIfAbsent(List.of(row.name, row.version, row.id), _ -> new ArrayList<>())
                        .add(row);
            }
            byCase.values().forEach(same -> scoreOne(same, score));
        }

        private void scoreOne(List<Row> same, Score score) {
            Row row = same.getFirst();
            if (scheme.compare(row.version, row.version) == Order.UNDECIDED) {
                // "5.6 only", a remark in the place of a version: no package has it, and nobody can compare it.
                score.undecidable++;
                return;
            }
            Set<String> found = new TreeSet<>();
            for (Advisory advisory : byName.getOrDefault(row.name, List.of())) {
                if ((advisory.id().equals(row.id) || advisory.aliases().contains(row.id)) && hits(advisory, row)) {
                    found.add(fix(advisory));
                }
            }
            Set<String> fixes = new TreeSet<>();
            same.stream()
                    .filter(one -> one.status.equals("vulnerable"))
                    .forEach(one ->
                            fixes.add(one.fixedVersion.isEmpty() ? "null" : one.fixedVersion.replaceFirst("^0:", "")));
            if (!fixes.isEmpty()) {
                score.vulnerable++;
                if (found.isEmpty() || (fixes.size() == 1 && !found.containsAll(fixes))) {
                    score.failures.add(namespace + " missing: " + row + ", found fixes " + found);
                }
            } else if (same.stream().allMatch(one -> one.status.equals("fixed") || one.status.equals("not-affected"))) {
                score.clean++;
                if (!found.isEmpty()) {
                    score.failures.add(namespace + " false: " + row + ", found fixes " + found);
                }
            } else {
                score.free++;
            }
        }

        /** What the tables call the fix: also a version that is only pending, which nobody can install and {@code fixedVersion} does not name. */
        private static String fix(Advisory advisory) {
            boolean pending = advisory.state() == FixState.AFFECTED && advisory.note() != null;
            return String.valueOf(pending ? advisory.affected().getFirst().fixed() : advisory.fixedVersion());
        }

        private boolean hits(Advisory advisory, Row row) {
            return advisory.state() != FixState.UNDETERMINED
                    && advisory.affected().stream().anyMatch(range -> contains(range, row.version));
        }

        private boolean contains(VersionRange range, String version) {
            return (range.introduced() == null || scheme.compare(version, range.introduced()) != Order.BEFORE)
                    && (range.fixed() == null || scheme.compare(version, range.fixed()) == Order.BEFORE);
        }
    }
}
