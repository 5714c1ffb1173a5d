package io.limpid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.feed.Truth.Row;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.Advisory;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.Finding;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import io.limpid.testing.Shared;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Red Hat's real documents against what an independent program computed from them. Several documents speak of one vulnerability, so that the matcher
 * decides: what has no fix in an older one has it in a newer.
 */
class RedhatTruthTest {
    private static final Feed FEED = Feeds.all().stream()
            .filter(feed -> feed.id().equals("redhat"))
            .findFirst()
            .orElseThrow();

    @TestFactory
    Stream<DynamicTest> truth() {
        return Stream.of(
                dynamicTest("8", () -> check("rhel-8-ubi rhel-8-ladder", "8", "8", "8-unpatched", "vex")),
                dynamicTest("9", () -> check("rhel-9-ubi rhel-9-ladder", "9", "9", "vex")));
    }

    private static void check(String sets, String release, String... parts) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String set : sets.split(" ", -1)) {
            Truth.rows(Shared.require("feeds/truth/" + set + ".dev.tsv.gz"))
                    .values()
                    .forEach(rows::addAll);
        }
        Distro distro = Distros.of("rhel", release, null);
        Set<String> names = rows.stream().map(Row::name).collect(Collectors.toSet());
        List<Advisory> advisories = new ArrayList<>();
        for (FeedPart part : FEED.partsFor(distro)) {
            if (Set.of(parts).contains(part.name())) {
                FEED.read(part, Documents.mirrored(FEED, part), record -> {
                    if (record instanceof Advisory one
                            && one.subject().namespace().equals(distro.namespace())
                            && names.contains(one.subject().name())) {
                        advisories.add(one.withoutText());
                    }
                });
            }
        }
        Map<List<String>, String> found = new HashMap<>();
        for (Finding finding : new Matcher(VersionSchemes.all())
                .match(inventory(distro, rows), new AdvisoryList(advisories, "2026-01-01T00:00:00Z"))) {
            Package one = finding.affected().value();
            found.put(
                    List.of(one.name(), one.version(), finding.id()),
                    finding.fixedVersion() == null ? "" : finding.fixedVersion());
        }
        assertThat(failures(rows, found)).isEmpty();
        assertThat(found).hasSizeGreaterThan(200);
    }

    private static Inventory inventory(Distro distro, List<Row> rows) {
        Set<List<String>> seen = new HashSet<>();
        List<InventoryPackage> packages = new ArrayList<>();
        for (Row row : rows) {
            if (seen.add(List.of(row.name(), row.version()))) {
                SourcePackage source = new SourcePackage(row.name(), row.version());
                Package one = new Package("rpm", row.name(), row.version(), "x86_64", source, null, "db");
                packages.add(new InventoryPackage(one, "pkg:rpm/redhat/" + row.name(), 0, null, null));
            }
        }
        return new Inventory(distro, packages, List.of());
    }

    private static List<String> failures(List<Row> rows, Map<List<String>, String> found) {
        Map<List<String>, List<Row>> cases = new LinkedHashMap<>();
        rows.forEach(row -> cases.computeIfAbsent(List.of(row.name(), row.version(), row.id()), _ -> new ArrayList<>())
                .add(row));
        List<String> failures = new ArrayList<>();
        cases.forEach((one, said) -> {
            Set<String> fixes = new TreeSet<>();
            said.stream()
                    .filter(row -> row.status().equals("vulnerable"))
                    .forEach(row -> fixes.add(row.fixedVersion().replaceFirst("^0:", "")));
            String fix = found.get(one);
            boolean clean = said.stream().allMatch(row -> row.status().matches("fixed|not-affected"));
            if (!fixes.isEmpty() && (fix == null || (fixes.size() == 1 && !fixes.contains(fix)))) {
                failures.add("missing: " + one + " " + fixes + ", found " + fix);
            } else if (clean && fix != null) {
                failures.add("false: " + one + ", found " + fix);
            }
        });
        return failures;
    }
}
