package io.limpid.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.detect.Detectors;
import io.limpid.facts.FactsInMemory;
import io.limpid.facts.FactsStore;
import io.limpid.facts.LayerScan;
import io.limpid.image.ImageSources;
import io.limpid.image.PassingReader;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.ErrorCode;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.model.Report;
import io.limpid.testing.Shared;
import io.limpid.testing.SomeLimits;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A root file system in a folder: found is what an image of it would have, and nothing outside is ever read. */
class FolderScanTest {
    static final String OS_RELEASE = "ID=debian\nVERSION_ID=\"12\"\n";

    @TempDir
    Path temporary;

    private Path root() throws IOException {
        return Files.createDirectories(temporary.resolve("root"));
    }

    private Path file(String path, String content) throws IOException {
        Path file = root().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void link(String path, String target) throws IOException {
        Path link = root().resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    static String dpkg(String name) {
        return "Package: " + name + "\nStatus: install ok installed\nVersion: 1\n\n";
    }

    static Report scan(String target, Limits limits, FactsStore store) throws IOException, InterruptedException {
        return new Scan(
                        new Targets(ImageSources.all(), limits),
                        new LayerScan(new LayerReader(limits, false), Detectors.all(limits), store, ""),
                        new Matcher(VersionSchemes.all()),
                        AdvisoryList.EMPTY,
                        new VerdictPolicy(Instant.EPOCH, VerdictPolicy.DEFAULT_MAX_AGE, false),
                        limits)
                .scan(new ScanRequest(target, null, null));
    }

    private Report scan() throws IOException, InterruptedException {
        return scan("dir:" + root(), Limits.DEFAULT, FactsStore.NONE);
    }

    private List<String> found(Limits limits) throws IOException, InterruptedException {
        Report report = scan("dir:" + root(), limits, FactsStore.NONE);
        List<String> found = new ArrayList<>();
        report.inventory().packages().forEach(one -> found.add(one.value().name()));
        report.inventory().problems().forEach(one -> found.add(one.path() + ": " + one.what()));
        assertThat(report.verdict().complete())
                .isEqualTo(report.inventory().problems().isEmpty());
        return found;
    }

    /** What its tar says, said of the same files unpacked by tar; of images of several layers the base is taken. */
    @TestFactory
    Stream<DynamicTest> likeAnImageOfOneLayer() throws IOException {
        return Shared.names("images/images").stream()
                .filter(name -> name.startsWith("all of ") || isUnpacked(name))
                .map(name -> dynamicTest(name, () -> sameUnpacked(Shared.require("images/images/" + name))));
    }

    private static boolean isUnpacked(String name) {
        return Stream.of(
                        "alpine-3.18.9",
                        "alpine-3.9.6",
                        "mariner-2.0-sqlite",
                        "mariner-2.0-as-ndb",
                        "centos-7-bdb",
                        "ubuntu-18.04-dpkg",
                        "ubuntu-20.04-armhf",
                        "arch-pacman",
                        "wolfi-apk",
                        "busybox-musl",
                        "debian-12-full",
                        "openwrt")
                .anyMatch(name::startsWith);
    }

    private void sameUnpacked(Path archive) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(temporary, "unpacked");
        Programs.unpack(archive, folder);
        List<String> said = said(scan("dir:" + folder, Limits.DEFAULT, FactsStore.NONE));
        Programs.run("rm", "-r", folder.toString());
        assertThat(said).isEqualTo(said(scan(archive.toString(), Limits.DEFAULT, FactsStore.NONE)));
    }

    private static List<String> said(Report report) {
        List<String> said = new ArrayList<>();
        said.add(report.verdict() + " " + report.inventory().distro());
        for (InventoryPackage one : report.inventory().packages()) {
            said.add(one.toString());
        }
        report.inventory().problems().forEach(problem -> said.add(problem.toString()));
        return said;
    }

    @Test
    void oneLayerWithoutDigestOfWhichNothingIsKept() throws IOException, InterruptedException {
        file("etc/os-release", OS_RELEASE);
        file("var/lib/dpkg/status", dpkg("a"));
        FactsInMemory store = new FactsInMemory();
        Report report = scan("dir:" + root(), Limits.DEFAULT, store);
        store.requireNothingNew();
        assertThat(report.target().kind()).isEqualTo("dir");
        assertThat(report.target().reference()).isEqualTo(root().toString());
        assertThat(report.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.diffId()).isNull();
            assertThat(layer.digest()).isNull();
            assertThat(layer.verified()).isFalse();
        });
        assertThat(report.verdict().complete()).isTrue();
        // What changes is seen at once.
        file("var/lib/dpkg/status", dpkg("b"));
        Report again = scan("dir:" + root(), Limits.DEFAULT, store);
        assertThat(again.inventory().packages())
                .singleElement()
                .satisfies(one -> assertThat(one.value().name()).isEqualTo("b"));
    }

    /** Columns: where dpkg's folder leads to, and whether that is in the root. */
    @ParameterizedTest
    @CsvSource({
        "/srv/dpkg, true",
        "../../srv/dpkg, true",
        "../../../../../../../../../../srv/dpkg, true",
        "/../../srv/dpkg, true",
        "/srv/./other/../dpkg, true",
        "OUTSIDE, false",
        "/proc/self/root/OUTSIDE, false",
    })
    void linksAreFollowedInsideTheRootOnly(String target, boolean inside) throws IOException, InterruptedException {
        Path outside = Files.createDirectories(temporary.resolve("srv/dpkg"));
        Files.writeString(outside.resolve("status"), dpkg("outside"));
        file("etc/os-release", OS_RELEASE);
        if (inside) {
            file("srv/dpkg/status", dpkg("inside"));
            Files.createDirectories(root().resolve("srv/other"));
        }
        link("var/lib/dpkg", target.replace("OUTSIDE", outside.toString()));
        assertThat(found(Limits.DEFAULT)).isEqualTo(inside ? List.of("inside") : List.of());
    }

    @Test
    void aLinkToAFileIsFollowedInsideToo() throws IOException, InterruptedException {
        Files.writeString(temporary.resolve("status"), dpkg("outside"));
        link("etc/os-release", "../usr/lib/os-release");
        file("usr/lib/os-release", OS_RELEASE);
        link("var/lib/dpkg/status", temporary.resolve("status").toString());
        link("lib/apk", "loop");
        link("lib/loop", "apk");
        Report report = scan();
        assertThat(report.inventory().packages()).isEmpty();
        assertThat(report.verdict().complete()).isTrue();
        assertThat(report.inventory().distro()).isNotNull();
    }

    /** Whatever would wait for somebody, or do something, when it is opened. */
    @Test
    @Timeout(60)
    void whatIsNoFileIsNotOpened() throws IOException, InterruptedException {
        file("etc/os-release", OS_RELEASE);
        for (String path : List.of("var/lib/dpkg/status", "etc/debian_version", "etc/apt/sources.list")) {
            Files.createDirectories(root().resolve(path).getParent());
        }
        Programs.run("mkfifo", root().resolve("var/lib/dpkg/status").toString());
        Programs.run("mkfifo", root().resolve("var/lib/rpm").toString());
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path place =
                    Path.of("/tmp").resolve("limpid-" + ProcessHandle.current().pid());
            socket.bind(UnixDomainSocketAddress.of(place));
            Files.move(place, root().resolve("etc/debian_version"));
            assertThat(found(Limits.DEFAULT)).isEmpty();
        }
        try {
            Programs.run("mknod", root().resolve("etc/apt/sources.list").toString(), "c", "1", "5");
        } catch (IOException _) {
            Assumptions.abort("skipped: devices are made by root");
        }
        assertThat(found(Limits.DEFAULT)).isEmpty();
    }

    /** Columns: the limit, its value, what is told. */
    @ParameterizedTest
    @CsvSource({
        "layerEntries, 8, it has more than 8 entries (limit layer-entries)",
        "wantedEntries, 3, it has more than 3 entries that matter (limit wanted-entries)",
        "fileBytes, 10, more than 10 (limit file-bytes)",
        "wantedBytes, 30, more than 30 bytes (limit wanted-bytes)",
        "folderDepth, 3, in 3 others (limit folder-depth)",
    })
    void limits(String limit, int value, String told) throws IOException, InterruptedException {
        file("etc/os-release", OS_RELEASE);
        file("var/lib/dpkg/status", dpkg("a"));
        file("var/lib/dpkg/status.d/b", dpkg("b"));
        Files.createDirectories(root().resolve("var/lib/rpm"));
        assertThat(found(Limits.DEFAULT)).containsExactly("a", "b");
        assertThat(found(SomeLimits.with(Map.of(limit, value)))).anyMatch(one -> one.contains(told));
    }

    @Test
    void namesAreBytes() throws IOException, InterruptedException {
        file("etc/os-release", OS_RELEASE);
        file("var/lib/dpkg/status.d/ümlaut", dpkg("a"));
        String bad = new String(new byte[] {'b', (byte) 0xff}, UTF_8);
        Programs.run("sh", "-c", "cd " + root() + "/var/lib/dpkg/status.d && cp * \"$(printf 'b\\377')\"");
        assertThat(found(Limits.DEFAULT))
                .containsExactly(
                        "a",
                        "var/lib/dpkg/status.d/" + bad
                                + ": its name is not UTF-8: it may be another, and what it holds be missing");
    }

    /** While a folder is exchanged for a link out of the root and back, all the time, nothing of the outside is ever found. */
    @Test
    void nothingOutsideIsReadWhileLinksAreSwappedIn() throws Exception {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("status"), dpkg("outside"));
        file("etc/os-release", OS_RELEASE);
        file("var/lib/dpkg/status", dpkg("inside"));
        Path there = root().resolve("var/lib/dpkg");
        Path aside = root().resolve("var/lib/aside");
        Path link = Files.createSymbolicLink(root().resolve("var/lib/link"), outside);
        AtomicBoolean done = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> swap(there, aside, link, done));
        try {
            Instant end = Instant.now().plus(Duration.ofSeconds(2));
            int scans = 0;
            while (scans < 200 || Instant.now().isBefore(end)) {
                assertThat(found(Limits.DEFAULT)).doesNotContain("outside");
                scans++;
            }
        } finally {
            done.set(true);
            swapper.join();
        }
    }

    private static void swap(Path there, Path aside, Path link, AtomicBoolean done) {
        try {
            while (!done.get()) {
                Files.move(there, aside);
                Files.move(link, there);
                Files.move(there, link);
                Files.move(aside, there);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The root of the machine, which has file systems that the kernel makes up. */
    @Test
    void theMachineItself() throws IOException, InterruptedException {
        Report report = scan("dir:/", Limits.DEFAULT, FactsStore.NONE);
        assertThat(report.inventory().problems())
                .noneMatch(problem -> problem.what().contains("limit"));
        assertThat(report.layers()).hasSize(1);
    }

    @Test
    void whatTheKernelMakesUpIsNotEntered() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "skipped: no /proc here");
        Assumptions.assumeTrue(
                Files.getFileStore(Path.of("/proc")).type().equals("proc"), "skipped: /proc is no proc here");
        file("etc/os-release", OS_RELEASE);
        Path place = Files.createDirectories(root().resolve("var/lib/dpkg"));
        try {
            Programs.run("mount", "--bind", "/proc", place.toString());
        } catch (IOException _) {
            Assumptions.abort("skipped: nothing can be mounted here");
        }
        try {
            assertThat(found(Limits.DEFAULT))
                    .singleElement()
                    .asString()
                    .contains("var/lib/dpkg: a file system that the kernel makes up (proc) begins here");
        } finally {
            Programs.run("umount", place.toString());
        }
    }

    /** Columns: what is asked for, an image and a platform; the code and the words of the error. */
    @ParameterizedTest
    @CsvSource({
        "dir:FILE, , , NOT_AN_IMAGE, is no root file system: it is no folder",
        "dir:FOLDER, name, , USAGE, it is a folder",
        "dir:FOLDER, , linux/arm64, USAGE, it is a folder",
        "dir:FOLDER/none, , , NOT_FOUND, no such file or folder",
        "dir:, , , NOT_FOUND, it names no file",
        "FOLDER, , , NOT_AN_IMAGE, it has no index.json",
    })
    void errors(String target, @Nullable String image, @Nullable String platform, ErrorCode code, String words)
            throws IOException {
        String file = file("file", "").toString();
        String real = target.replace("FILE", file).replace("FOLDER", root().toString());
        Platform asked = platform == null ? null : Platform.parse(platform);
        assertThatThrownBy(() -> new Targets(ImageSources.all(), Limits.DEFAULT)
                        .open(new ScanRequest(real, image, asked), PassingReader.NONE))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }
}
