package io.limpid.image.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.Detectors;
import io.limpid.facts.LayerScan;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.ImageSource;
import io.limpid.image.ImageSources;
import io.limpid.image.Layer;
import io.limpid.image.PassingReader;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.Limits;
import io.limpid.report.CycloneDxReportWriter;
import io.limpid.report.JsonReportWriter;
import io.limpid.report.ReportOptions;
import io.limpid.report.ReportWriter;
import io.limpid.scan.Scan;
import io.limpid.scan.ScanRequest;
import io.limpid.scan.Targets;
import io.limpid.scan.VerdictPolicy;
import io.limpid.testing.DockerDaemon;
import io.limpid.testing.DockerRegistry;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.Shared;
import io.limpid.testing.TarMaker;
import io.limpid.version.VersionSchemes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same image gives the same report, byte for byte, whichever way it comes: by real programs. The target says which way it was; and whoever
 * stores layers compressed says other digests and sizes of them.
 */
class SameReportTest {
    private static final List<String> IMAGES = List.of(
            "debian-12-upgrade-install-remove.tar.xz",
            "alpine-3.14-upgraded-to-3.15.tar.xz",
            "alpine-3.9.6-x86_64.tar.xz",
            "mariner-2.0-as-bdb-with-erasures.tar.xz",
            "fedora-26-modular-bdb.tar.xz",
            "multilang-alpine.tar.xz",
            "bitnami-postgresql-spdx.tar.xz",
            "clair-distupgrade-wheezy-jessie.tar.xz",
            "repeated-and-empty-layers.tar.xz",
            "debian-12-full.tar.xz");

    @TempDir
    Path folder;

    /** A daemon's images as a source, asked in one of two ways. */
    private record Asked(DaemonImages images) implements ImageSource {
        @Override
        public List<String> schemes() {
            return List.of(Endpoint.DOCKER);
        }

        @Override
        public boolean accepts(Path path) {
            return false;
        }

        @Override
        public boolean namesImages() {
            return true;
        }

        @Override
        public Image open(String scheme, ImageRequest request) throws IOException {
            return open(scheme, request, PassingReader.NONE);
        }

        @Override
        public Image open(String scheme, ImageRequest request, PassingReader reader) throws IOException {
            return images.open(request, reader);
        }
    }

    @Test
    void everyWayThatAnImageCanCome() throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        for (String image : IMAGES) {
            files.add(Shared.require("images/images/" + image));
        }
        files.add(Files.write(folder.resolve("tricks.tar"), tricks()));
        try (DockerDaemon docker = DockerDaemon.in(Files.createDirectory(folder.resolve("docker")));
                DockerRegistry registry = DockerRegistry.start(folder)) {
            Endpoint endpoint = Endpoint.ofSocket(Endpoint.DOCKER, docker.socket(), null);
            for (Path file : files) {
                String name = "a/image:" + files.indexOf(file);
                docker.run("load", "--input", file.toString());
                docker.run("tag", name(file), name);
                check(endpoint, docker, registry, name);
                // JUnit takes minutes to delete what Docker deletes at once.
                docker.run("rmi", name(file), name);
            }
        }
    }

    private void check(Endpoint endpoint, DockerDaemon docker, DockerRegistry registry, String name)
            throws IOException, InterruptedException {
        DaemonImages inPlace = new DaemonImages(endpoint, DaemonDeadlines.DEFAULT);
        requireInPlace(inPlace, name);
        String report = report(new Asked(inPlace), "docker:" + name);
        assertThat(report).contains("\"type\": ");
        assertThat(report(new Asked(new DaemonImages(endpoint, DaemonDeadlines.DEFAULT, false)), "docker:" + name))
                .isEqualTo(report);
        Path saved = folder.resolve("saved.tar");
        docker.run("save", "--output", saved.toString(), name);
        assertThat(rest(report("docker-archive:" + saved))).as(name).isEqualTo(rest(report));
        Path sbom = Files.write(folder.resolve("sbom.json"), sbom("docker-archive:" + saved));
        assertThat(rest(report("sbom:" + sbom))).as(name).isEqualTo(unverified(rest(report)));

        registry.push("docker-archive:" + saved, name);
        String registered = report("registry:" + registry.name(name));
        assertThat(unstored(registered)).as(name).isEqualTo(unstored(report));
        Path archive = folder.resolve("oci.tar");
        Files.deleteIfExists(archive);
        registry.pull(name, "oci-archive:" + archive);
        assertThat(rest(report("oci-archive:" + archive))).as(name).isEqualTo(rest(registered));
        Path layout = folder.resolve("layout-" + name.replaceAll("\\W", "-"));
        registry.pull(name, "oci:" + layout);
        assertThat(rest(report("oci-dir:" + layout))).as(name).isEqualTo(rest(registered));
    }

    private static void requireInPlace(DaemonImages images, String name) throws IOException {
        try (Image image = images.open(new ImageRequest(name, null, null, Limits.DEFAULT), PassingReader.NONE)) {
            assertThat(image.layers()).isNotEmpty();
            for (Layer layer : image.layers()) {
                assertThat(Objects.requireNonNull(layer.blob()).isScattered())
                        .as("%s is read where Docker keeps it", name)
                        .isTrue();
            }
        }
    }

    private static String name(Path file) throws IOException {
        for (ImageSource source : ImageSources.all()) {
            if (source.accepts(file)) {
                try (Image image = source.open("", new ImageRequest(file.toString(), null, null, Limits.DEFAULT))) {
                    return image.target().reference();
                }
            }
        }
        throw new IOException(file + " is no image");
    }

    private static String report(String target) throws IOException, InterruptedException {
        return report(ImageSources.all(), target);
    }

    private static String report(ImageSource source, String target) throws IOException, InterruptedException {
        return report(List.of(source), target);
    }

    private static String report(List<ImageSource> sources, String target) throws IOException, InterruptedException {
        return new String(written(new JsonReportWriter(), sources, target), StandardCharsets.UTF_8);
    }

    private static byte[] sbom(String target) throws IOException, InterruptedException {
        return written(new CycloneDxReportWriter(), ImageSources.all(), target);
    }

    private static byte[] written(ReportWriter writer, List<ImageSource> sources, String target)
            throws IOException, InterruptedException {
        Limits limits = Limits.DEFAULT;
        Scan scan = new Scan(
                new Targets(sources, limits),
                // With all digests computed: of a large layer in a file the report says otherwise that its digest is a
                // claim.
                new LayerScan(new LayerReader(limits, true), Detectors.all(limits)),
                new Matcher(VersionSchemes.all()),
                AdvisoryList.EMPTY,
                new VerdictPolicy(Instant.EPOCH, VerdictPolicy.DEFAULT_MAX_AGE, false),
                limits);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(scan.scan(new ScanRequest(target, null, null)), ReportOptions.PLAIN, out);
        return out.toByteArray();
    }

    /** A report without its target. */
    private static String rest(String report) {
        return report.replaceFirst("(?s)\"target\": \\{.*?\\},", "");
    }

    /** The same of one who has no layer's bytes. */
    private static String unverified(String report) {
        return report.replace("\"verified\": true", "\"verified\": false");
    }

    /** The same without what tells how layers are stored: compressed or not. */
    private static String unstored(String report) {
        return rest(report).replaceAll("\"digest\": [^,]*,", "").replaceAll("\"(sizeBytes|verified)\": [^,}]*", "");
    }

    /** An image that has everything that an unpacked layer shows otherwise than its archive. */
    private static byte[] tricks() {
        TarMaker base = new TarMaker()
                .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
                .directory("usr/bin")
                .symbolicLink("bin", "usr/bin")
                .file("bin/through-a-link", "reached through a link of the same layer")
                .file("srv/a file <&> with \"signs\" \\ and ü", "its name is escaped")
                .file("var/lib/dpkg/status", dpkg("kept=1", "gone=1"))
                .hardLink("var/lib/dpkg/status-linked", "var/lib/dpkg/status")
                .file("var/lib/dpkg/status.d/one", dpkg("one=1"))
                .file("var/lib/dpkg/status.d/two", dpkg("two=1"))
                .fifo("var/lib/dpkg/updates/0001");
        TarMaker whiteouts = new TarMaker()
                .whiteout("var/lib/dpkg/status.d/one")
                .file("var/lib/dpkg/status", dpkg("kept=1"))
                .file("srv/linked", dpkg("linked=1"))
                .hardLink("var/lib/dpkg/status.d/linked", "srv/linked");
        TarMaker opaque = new TarMaker()
                .directory("var/lib/dpkg/status.d")
                .opaque("var/lib/dpkg/status.d")
                .file("var/lib/dpkg/status.d/three", dpkg("three=1"))
                .symbolicLink("var/lib/dpkg/status.d/four", "../../../../srv/linked");
        return new ImageMaker()
                .layer(base.bytes())
                .layer(whiteouts.bytes())
                .layer(opaque.bytes())
                .dockerArchive("tricks:1");
    }

    private static String dpkg(String... packages) {
        StringBuilder status = new StringBuilder();
        for (String one : packages) {
            String[] part = one.split("=", 2);
            status.append("Package: ")
                    .append(part[0])
                    .append("\nStatus: install ok installed\nVersion: ")
                    .append(part[1])
                    .append("\n\n");
        }
        return status.toString();
    }
}
