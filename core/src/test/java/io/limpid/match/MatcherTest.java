package io.limpid.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distros;
import io.limpid.model.Finding;
import io.limpid.model.FixState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Origin;
import io.limpid.model.Package;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.SourcePackage;
import io.limpid.model.VersionRange;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Packages, advisories and the findings that follow; each case is a file that says all three.
 *
 * <pre>
 * distro ID VERSION
 * content-set NAME
 * product CPE
 * repository NAME CPE...
 * package TYPE NAME VERSION [source=NAME@VERSION] [arch=A] [module=M] [removed=LAYER] [repository=R]
 * advisory ID NAME STATE [in=RANGE]... [fixed=V] [named=KIND] [versioned=KIND] [feed=F] [namespace=N] [severity=S] [alias=A] [arch=A] [module=M] [flavour=F] [from=SOURCE] [repository=R]...
 * not compared: {TYPE=COUNT}
 * right: PACKAGE ID STATE FIXED SEVERITY | COMPARISON
 * </pre>
 *
 * A range is {@code FROM..BEFORE} or {@code FROM..=LAST}, either end may be empty.
 */
class MatcherTest {
    @TestFactory
    Stream<DynamicTest> cases() throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(MatcherTest.class.getResource("cases")).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> check(Files.readAllLines(file))));
        }
    }

    private static void check(List<String> lines) throws IOException {
        List<String> expected = new ArrayList<>();
        List<InventoryPackage> packages = new ArrayList<>();
        List<Advisory> advisories = new ArrayList<>();
        String[] distro = {"debian", "12"};
        String notCompared = "{}";
        List<String> contentSets = new ArrayList<>();
        List<String> products = new ArrayList<>();
        List<RepositoryProducts> repositories = new ArrayList<>();
        for (String line : lines) {
            String[] word = line.split(" +", -1);
            switch (word[0]) {
                case "distro" -> distro = new String[] {word[1], word[2]};
                case "content-set" -> contentSets.add(word[1]);
                case "product" -> products.add(word[1]);
                case "repository" ->
                    repositories.add(
                            new RepositoryProducts(word[1], List.of(word).subList(2, word.length)));
                case "package" -> packages.add(installed(word));
                case "advisory" -> advisories.add(advisory(word, distro[0] + ":" + distro[1]));
                case "not" -> notCompared = line.substring("not compared: ".length());
                case "right:" -> expected.add(line.substring("right: ".length()));
                default -> assertThat(line).matches("|#.*");
            }
        }
        Inventory inventory = new Inventory(
                Distros.of(distro[0], distro[1], null),
                packages,
                new Origin(products, contentSets, List.of(), List.of()),
                List.of());
        List<Finding> findings = new Matcher(VersionSchemes.all())
                .match(inventory, new AdvisoryList(advisories, List.of(), repositories, "2026-01-01T00:00:00Z"));
        assertThat(new Matcher(VersionSchemes.all()).notCompared(inventory)).hasToString(notCompared);
        assertThat(findings.stream().map(MatcherTest::shown)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String shown(Finding finding) {
        String aliases = finding.aliases().isEmpty() ? "" : " " + finding.aliases();
        return finding.affected().value().name() + " " + finding.id() + aliases + " "
                + finding.state().word() + " " + finding.fixedVersion() + " "
                + finding.severity().word() + " | " + finding.comparison();
    }

    private static InventoryPackage installed(String[] word) {
        Map<String, List<String>> more = options(word, 4);
        String source = one(more, "source");
        String removed = one(more, "removed");
        SourcePackage from = source == null
                ? new SourcePackage(word[2], word[3])
                : new SourcePackage(source.split("@", -1)[0], source.split("@", -1)[1]);
        Package value = new Package(
                word[1], word[2], word[3], one(more, "arch"), from, one(more, "module"), "db", one(more, "document"));
        return new InventoryPackage(
                value, "pkg:x", 0, null, removed == null ? null : Integer.valueOf(removed), one(more, "repository"));
    }

    private static Advisory advisory(String[] word, String namespace) {
        Map<String, List<String>> more = options(word, 4);
        FixState state = FixState.valueOf(word[3]);
        String fixed = one(more, "fixed");
        String severity = one(more, "severity");
        String feed = or(one(more, "feed"), "distro");
        String arch = one(more, "arch");
        AdvisorySubject subject = new AdvisorySubject(
                or(one(more, "namespace"), namespace),
                word[2],
                Kind.valueOf(or(one(more, "named"), "SOURCE")),
                Kind.valueOf(or(one(more, "versioned"), "SOURCE")),
                arch == null ? List.of() : List.of(arch.split(",", -1)),
                one(more, "module"),
                more.getOrDefault("repository", List.of()),
                or(one(more, "flavour"), ""),
                one(more, "from"));
        return new Advisory(
                word[1],
                more.getOrDefault("alias", List.of()),
                feed,
                subject,
                state,
                ranges(state, fixed, more.getOrDefault("in", List.of())),
                fixed,
                severity == null
                        ? List.of()
                        : List.of(new SeverityRating(feed, Severity.valueOf(severity), null, null)),
                null,
                null,
                null,
                List.of(),
                null,
                one(more, "modified"));
    }

    private static List<VersionRange> ranges(FixState state, @Nullable String fixed, List<String> written) {
        if (state == FixState.NOT_AFFECTED) {
            return List.of();
        }
        if (written.isEmpty()) {
            return List.of(fixed == null ? VersionRange.ALL : VersionRange.before(fixed));
        }
        return written.stream().map(MatcherTest::range).toList();
    }

    private static VersionRange range(String text) {
        int dots = text.indexOf("..");
        String from = text.substring(0, dots);
        String to = text.substring(dots + 2);
        boolean last = to.startsWith("=");
        return new VersionRange(
                from.isEmpty() ? null : from, last || to.isEmpty() ? null : to, last ? to.substring(1) : null);
    }

    private static Map<String, List<String>> options(String[] word, int from) {
        Map<String, List<String>> options = new HashMap<>();
        for (int i = from; i < word.length; i++) {
            int equals = word[i].indexOf('=');
            options.computeIfAbsent(word[i].substring(0, equals), _ -> new ArrayList<>())
                    .add(word[i].substring(equals + 1));
        }
        return options;
    }

    private static @Nullable String one(Map<String, List<String>> options, String name) {
        return options.containsKey(name) ? options.get(name).getFirst() : null;
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
