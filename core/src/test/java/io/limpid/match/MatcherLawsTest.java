package io.limpid.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distros;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.SourcePackage;
import io.limpid.model.VersionRange;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** What holds of matching whatever the advisories are: in which order they come, and what one more of them may change. */
class MatcherLawsTest {
    private static final String NAMESPACE = "debian:12";
    private static final List<String> VERSIONS = List.of("1", "1.0-1", "2~rc1", "2", "2+b1", "1:1", "3");
    private static final List<String> ARCHES = List.of("amd64", "arm64");
    private static final VersionScheme SCHEME = VersionSchemes.all().stream()
            .filter(scheme -> scheme.packageTypes().contains("deb"))
            .findFirst()
            .orElseThrow();

    /** Packages and advisories of few names, so that they meet. */
    private record Case(List<InventoryPackage> packages, List<Advisory> advisories, Random random) {
        static Case of(long seed) {
            Random random = new Random(seed);
            List<InventoryPackage> packages = new ArrayList<>();
            for (String name : List.of("openssl", "libssl3", "bash")) {
                String version = one(random, VERSIONS);
                String source = name.equals("bash") ? "bash" : "openssl";
                packages.add(installed(name, version, ARCHES.getFirst(), source, one(random, VERSIONS)));
            }
            List<Advisory> advisories = new ArrayList<>();
            for (int i = random.nextInt(9); i > 0; i--) {
                advisories.add(advisory(random));
            }
            return new Case(packages, advisories, random);
        }

        List<Finding> findings() throws IOException {
            return match(packages, advisories);
        }
    }

    @Property(tries = 1000)
    void theOrderOfAdvisoriesDoesNotMatter(@ForAll long seed) throws IOException {
        Case some = Case.of(seed);
        List<Advisory> shuffled = new ArrayList<>(some.advisories);
        Collections.shuffle(shuffled, some.random);
        assertThat(said(match(some.packages, shuffled))).isEqualTo(said(some.findings()));
    }

    @Property(tries = 500)
    void whatIsSaidTwiceIsSaidOnce(@ForAll long seed) throws IOException {
        Case some = Case.of(seed);
        List<Advisory> twice = new ArrayList<>(some.advisories);
        twice.addAll(some.advisories);
        assertThat(said(match(some.packages, twice))).isEqualTo(said(some.findings()));
    }

    @Property(tries = 500)
    void packagesAreMatchedAlone(@ForAll long seed) throws IOException {
        Case some = Case.of(seed);
        List<Finding> alone = new ArrayList<>();
        for (InventoryPackage one : some.packages) {
            alone.addAll(match(List.of(one), some.advisories));
        }
        assertThat(said(alone)).isEqualTo(said(some.findings()));
    }

    /** One vulnerability is found once in a package, by an advisory of that name on it, and never with a fix that is installed. */
    @Property(tries = 1000)
    void everyFindingHasAnAdvisory(@ForAll long seed) throws IOException {
        Case some = Case.of(seed);
        Set<String> places = new HashSet<>();
        for (Finding finding : some.findings()) {
            Package value = finding.affected().value();
            assertThat(places.add(finding.id() + " " + value.name())).isTrue();
            assertThat(some.advisories)
                    .anyMatch(advisory -> advisory.id().equals(finding.id())
                            && advisory.feed().equals(finding.feed())
                            && advisory.state() != FixState.NOT_AFFECTED
                            && advisory.state() != FixState.UNDETERMINED);
            String fixed = finding.fixedVersion();
            if (finding.state() == FindingState.FIXED && fixed != null) {
                SourcePackage source = value.source() == null ? new SourcePackage("", "") : value.source();
                assertThat(List.of(value.version(), source.version()))
                        .anyMatch(version -> SCHEME.compare(version, fixed) == Order.BEFORE);
            }
        }
    }

    /** More that is stated takes no finding away, but that of who said before that every version has it and now knows a fix: else only a denial does. */
    @Property(tries = 1000)
    void anotherAdvisoryTakesNothingAway(@ForAll long seed) throws IOException {
        Case some = Case.of(seed);
        Advisory more = advisory(some.random);
        while (more.state() == FixState.NOT_AFFECTED) {
            more = advisory(some.random);
        }
        List<Advisory> all = new ArrayList<>(some.advisories);
        all.add(more);
        Set<String> gone = places(some.findings());
        gone.removeAll(places(match(some.packages, all)));
        Advisory stated = more;
        boolean overtakes = stated.state() == FixState.FIXED
                && stated.fixedVersion() != null
                && some.advisories.stream()
                        .anyMatch(one -> one.feed().equals(stated.feed())
                                && one.id().equals(stated.id())
                                && one.fixedVersion() == null
                                && one.affected().equals(List.of(VersionRange.ALL)));
        assertThat(gone).allMatch(place -> overtakes && place.startsWith(stated.id()));
    }

    /** A denial adds nothing, and takes away no finding on another vulnerability, nor one that its own feed states. */
    @Property(tries = 1000)
    void aDenialContradictsOthersOnly(@ForAll long seed) throws IOException {
        Case some = Case.of(seed);
        Advisory denial = advisory(some.random);
        while (denial.state() != FixState.NOT_AFFECTED) {
            denial = advisory(some.random);
        }
        List<Advisory> all = new ArrayList<>(some.advisories);
        all.add(denial);
        List<Finding> before = some.findings();
        Set<String> after = places(match(some.packages, all));
        assertThat(places(before)).containsAll(after);
        for (Finding finding : before) {
            if (!finding.id().equals(denial.id())
                    || (finding.feed().equals(denial.feed()) && finding.state() != FindingState.UNDECIDED)) {
                assertThat(after).containsAll(places(List.of(finding)));
            }
        }
    }

    /** What a package has that is of one architecture, it may have where nothing tells of which it is, or where it was built for all. */
    @Property(tries = 1000)
    void whatIsNotKnownHidesNothing(@ForAll long seed) throws IOException {
        Case some = Case.of(seed);
        List<Advisory> advisories = new ArrayList<>(some.advisories);
        for (InventoryPackage one : some.packages) {
            // That the publisher has it for both.
            advisories.add(fixedLongAgo(one.value().name()));
        }
        for (@Nullable String unknown : new @Nullable String[] {null, "noarch"}) {
            Set<String> may = places(match(of(unknown, some.packages), advisories));
            for (String arch : ARCHES) {
                assertThat(may).containsAll(places(match(of(arch, some.packages), advisories)));
            }
        }
    }

    private static List<InventoryPackage> of(@Nullable String arch, List<InventoryPackage> packages) {
        return packages.stream()
                .map(InventoryPackage::value)
                .map(one -> installed(
                        one.name(),
                        one.version(),
                        arch,
                        Objects.requireNonNull(one.source()).name(),
                        Objects.requireNonNull(one.source()).version()))
                .toList();
    }

    private static Advisory fixedLongAgo(String name) {
        return new Advisory(
                "CVE-0",
                List.of(),
                "debian",
                new AdvisorySubject(NAMESPACE, name, Kind.BINARY, Kind.BINARY, ARCHES, null, List.of(), "", null),
                FixState.FIXED,
                List.of(VersionRange.before("0")),
                "0",
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }

    private static List<Finding> match(List<InventoryPackage> packages, List<Advisory> advisories) throws IOException {
        return new Matcher(VersionSchemes.all())
                .match(
                        new Inventory(Distros.of("debian", "12", null), packages, List.of()),
                        new AdvisoryList(advisories, "2026-01-01T00:00:00Z"));
    }

    private static Set<String> said(List<Finding> findings) {
        Set<String> said = new TreeSet<>();
        for (Finding one : findings) {
            said.add(String.join(
                    " ",
                    one.affected().value().name(),
                    one.id(),
                    one.state().word(),
                    String.valueOf(one.fixedVersion()),
                    one.feed(),
                    one.aliases().toString(),
                    one.severities().stream()
                            .map(SeverityRating::toString)
                            .sorted()
                            .toList()
                            .toString(),
                    String.valueOf(one.comparison())));
        }
        return said;
    }

    private static Set<String> places(List<Finding> findings) {
        Set<String> places = new TreeSet<>();
        findings.forEach(
                one -> places.add(one.id() + " " + one.affected().value().name()));
        return places;
    }

    private static Advisory advisory(Random random) {
        FixState state = one(random, List.of(FixState.values()));
        String fixed = random.nextBoolean() ? one(random, VERSIONS) : null;
        VersionRange range = new VersionRange(
                random.nextInt(3) == 0 ? one(random, VERSIONS) : null,
                fixed,
                fixed == null && random.nextBoolean() ? one(random, VERSIONS) : null);
        String feed = one(random, List.of("debian", "nvd", "osv"));
        return new Advisory(
                one(random, List.of("CVE-1", "CVE-2")),
                List.of(one(random, List.of("A-1", "A-2"))),
                feed,
                new AdvisorySubject(
                        NAMESPACE,
                        one(random, List.of("openssl", "libssl3", "bash")),
                        one(random, List.of(Kind.values())),
                        one(random, List.of(Kind.SOURCE, Kind.BINARY)),
                        one(random, List.of(List.of(), List.of(), List.of("amd64"), List.of("arm64"), ARCHES)),
                        null,
                        List.of(),
                        "",
                        null),
                state,
                state == FixState.NOT_AFFECTED ? List.of() : List.of(range),
                fixed,
                List.of(new SeverityRating(feed, one(random, List.of(Severity.values())), null, null)),
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }

    private static <T> T one(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static InventoryPackage installed(
            String name, String version, @Nullable String arch, String source, String sourceVersion) {
        return new InventoryPackage(
                new Package("deb", name, version, arch, new SourcePackage(source, sourceVersion), null, "db"),
                "pkg:deb/" + name,
                0,
                null,
                null);
    }
}
