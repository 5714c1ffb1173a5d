package io.limpid.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Digest;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.LayerSummary;
import io.limpid.model.Limits;
import io.limpid.model.Origin;
import io.limpid.model.OriginClue;
import io.limpid.model.Package;
import io.limpid.model.PackageUrls;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import io.limpid.sbom.SbomDocument;
import io.limpid.sbom.SbomReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An SBOM of ours says what the image's inventory says; one that was edited never says less than its contents. */
final class SbomRoundTripTest {
    private static final String ODD = "a \u001b[1m \"q\" \u202e \\ \u00fc";
    private static final List<@Nullable Distro> DISTROS = new ArrayList<>(List.of(
            Distros.of("debian", "12", "bookworm"),
            Distros.of("alpine", "3.18.4", null),
            Distros.of("rhel", "8.6", null),
            Distros.of("arch", null, null),
            Distros.of("Nobody's OS", "1 beta", "name")));

    static {
        DISTROS.add(null);
    }

    @Property(tries = 500)
    void theSameInventory(@ForAll long seed) throws IOException {
        Report report = random(new Random(seed));
        SbomDocument read = read(CycloneDxReportWriterTest.sbom(report));
        assertThat(read.inventory().distro()).isEqualTo(report.inventory().distro());
        assertThat(read.inventory().problems())
                .containsExactlyInAnyOrderElementsOf(report.inventory().problems());
        assertThat(read.inventory()).isEqualTo(sorted(report));
        assertThat(read.layers())
                .isEqualTo(report.layers().stream()
                        .map(one -> new LayerSummary(
                                one.index(), one.diffId(), one.digest(), one.createdBy(), one.sizeBytes(), false))
                        .toList());
    }

    /** What any other tool writes has none of our properties: the packages are the same, and where they came from is not known. */
    @Property(tries = 100)
    void thePackagesWithoutOurProperties(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Distro distro = DISTROS.get(random.nextInt(3));
        Report report = random(random, distro, false);
        String stripped = CycloneDxReportWriterTest.sbom(report)
                .replaceAll("(?s),\\s*\"properties\": \\[[^]]*?\"name\": \"limpid:.*?\\n *\\]", "");
        assertThat(stripped).doesNotContain("limpid:");
        SbomDocument read = read(stripped);
        assertThat(read.layers()).isEmpty();
        assertThat(read.inventory().packages().stream()
                        .map(one -> identity(one.value()))
                        .toList())
                .isEqualTo(ReportOrder.present(report).stream()
                        .map(one -> identity(one.value()))
                        .toList());
        assertThat(read.inventory().packages()).allMatch(one -> one.layer() == null && one.removedInLayer() == null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": \"1.0-1\"                  | \"version\": \"9.9-1\"         | contradict its package-url",
                "\"value\": \"amd64\"                    | \"value\": \"arm64\"           | contradict its package-url",
                "pkg:deb/debian/tool@1.0-1               | pkg:deb/debian/toy@1.0-1       | contradict its package-url",
                "\"value\": \"database\"                 | \"value\": \"nobody\"          | nobody is known that lists"
                        + " it",
                "limpid:package:ownedBy                  | limpid:package:removedInLayer  | none of the document's"
                        + " layers",
                "limpid:package:module                   | limpid:package:arch            | two properties"
                        + " limpid:package:arch",
                "limpid:form                             | limpid:unknown                 | another version of limpid",
                "\"name\": \"limpid:layer:0:sizeBytes\"  | \"name\": \"limpid:layer:7:x\" | one of its properties"
                        + " limpid:layer: is missing",
                "\"name\": \"limpid:distro:id\"          | \"name\": \"limpid:x\"         | a release without a"
                        + " distribution",
            })
    void anEditedDocumentIsAProblem(String text, String instead, String problem) throws IOException {
        String sbom = CycloneDxReportWriterTest.sbom(oneTool());
        assertThat(read(sbom).inventory().problems()).isEmpty();
        assertThat(sbom).contains(text);
        SbomDocument read = read(sbom.replace(text, instead));
        assertThat(read.inventory().problems()).extracting(Problem::what).anyMatch(what -> what.contains(problem));
        assertThat(read.inventory().packages()).hasSize(1);
        assertThat(read.layers()).noneMatch(LayerSummary::verified);
    }

    private static Report oneTool() {
        Distro distro = Distros.of("debian", "12", "bookworm");
        Package tool = new Package(
                "deb", "tool", "1.0-1", "amd64", new SourcePackage("tool", "1.0-1"), "module", "var/lib/dpkg/status");
        return report(
                distro,
                List.of(new InventoryPackage(tool, PackageUrls.of(tool, distro), 0, "other", null)),
                Origin.UNKNOWN,
                List.of(),
                1);
    }

    private static SbomDocument read(String sbom) throws IOException {
        return SbomReader.read(new ByteArrayInputStream(sbom.getBytes(StandardCharsets.UTF_8)), Limits.DEFAULT);
    }

    private static List<@Nullable Object> identity(Package value) {
        List<@Nullable Object> identity = new ArrayList<>(List.of(value.type(), value.name(), value.version()));
        identity.add(value.arch());
        identity.add(value.source());
        return identity;
    }

    private static Inventory sorted(Report report) {
        return new Inventory(
                report.inventory().distro(),
                ReportOrder.packages(report),
                report.inventory().origin(),
                ReportOrder.problems(report));
    }

    private static Report random(Random random) {
        return random(random, DISTROS.get(random.nextInt(DISTROS.size())), true);
    }

    private static Report random(Random random, @Nullable Distro distro, boolean documents) {
        int layers = 1 + random.nextInt(3);
        List<InventoryPackage> packages = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            packages.add(random(random, distro, i, layers, documents && random.nextInt(3) == 0, documents));
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = documents ? random.nextInt(3) : 0; i > 0; i--) {
            problems.add(new Problem(
                    random.nextBoolean() ? null : random.nextInt(layers), random.nextBoolean() ? null : ODD, ODD + i));
        }
        Origin origin = random.nextBoolean()
                ? Origin.UNKNOWN
                : new Origin(
                        List.of("cpe:/a:b", "cpe:/o:c"),
                        List.of("rhel-8"),
                        List.of("nodejs:18", "php:8"),
                        List.of(
                                new OriginClue.ImageBuild(null, "a", "1", "2", null),
                                new OriginClue.ImageBuild("x", "b", "1", "2", "x86_64")));
        return report(distro, packages, origin, problems, layers);
    }

    private static InventoryPackage random(
            Random random, @Nullable Distro distro, int number, int layers, boolean ofDocument, boolean anyType) {
        List<String> types = anyType ? List.of("deb", "apk", "rpm", "alpm", "opkg") : List.of("deb", "apk", "rpm");
        String type = types.get(random.nextInt(types.size()));
        String name = List.of("tool", "libstdc++", "gcc-c++", "a.b").get(random.nextInt(4)) + number;
        String version = List.of("1.0-1", "1:2.0+b1-3", "1~rc1-r0").get(random.nextInt(3));
        SourcePackage source = random.nextBoolean()
                ? new SourcePackage(name, version)
                : new SourcePackage("source" + number, random.nextBoolean() ? version : "3-4");
        if (anyType && random.nextInt(4) == 0) {
            source = null;
        }
        Integer removed = random.nextInt(3) == 0 ? random.nextInt(layers) : null;
        String purl = ofDocument ? "pkg:npm/%40scope/name" + number + "@1.0?x=y" : null;
        Package value = ofDocument
                ? new Package("npm", "@scope/name" + number, "1.0", null, source, null, ODD, purl)
                : new Package(
                        type,
                        name,
                        version,
                        random.nextBoolean() ? null : "amd64",
                        source,
                        random.nextBoolean() ? null : "nodejs:18:" + ODD,
                        random.nextInt(5) == 0 ? "" : ODD,
                        null);
        return new InventoryPackage(
                value,
                PackageUrls.of(value, distro),
                random.nextInt(layers),
                random.nextBoolean() ? null : "owner",
                removed,
                random.nextBoolean() ? null : "baseos");
    }

    private static Report report(
            @Nullable Distro distro, List<InventoryPackage> packages, Origin origin, List<Problem> problems, int size) {
        List<LayerSummary> layers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Digest digest = new Digest("0123456789abcdef".repeat(4));
            layers.add(new LayerSummary(
                    i, i == 1 ? null : digest, i == 2 ? null : digest, i == 0 ? ODD : null, i * 7L, i == 0));
        }
        return new Report(
                new ScanTarget("docker-archive", "a:1", null, null, null),
                layers,
                new Inventory(distro, packages, origin, problems),
                List.of(),
                List.of(),
                new Verdict(Verdict.Result.UNKNOWN, problems.isEmpty(), List.of("no advisories")));
    }
}
