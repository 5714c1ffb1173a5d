package io.limpid.server.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import io.limpid.testing.Answer;
import io.limpid.testing.Shared;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Clair's updaters made of feed files was recorded; the server stores the same, but for what {@code docs/clair-feed-differences.tsv} lists.
 *
 * <p>What is never affected, {@code #MINV#}, is not stored, here or there.
 */
class RecordedUpdatesTest {
    private static final String PAIRS = "clair/recordings/updaters/dev";
    private static final Path DIFFERENCES = Path.of("..", "docs", "clair-feed-differences.tsv");
    private static final String NEVER = "#MINV#";

    /** A recorded file, and where a mirror has it. */
    private record Pair(String file, Updater updater, String feed, String part, String document) {}

    private static final List<Pair> ALL = List.of(
            new Pair("alpine.1.yaml", Updater.ALPINE, "alpine", "v3.4", "main.json"),
            new Pair("alpine.2.yaml", Updater.ALPINE, "alpine", "v3.9", "main.json"),
            new Pair("amzn1.1.xml", Updater.AMZN1, "amazon", "2018.03", ""),
            new Pair("amzn2.1.xml", Updater.AMZN2, "amazon", "2", ""),
            new Pair("amzn2.2.xml", Updater.AMZN2, "amazon", "2", ""),
            new Pair("debian.1.json", Updater.DEBIAN, "debian", "tracker", "tracker.json"),
            new Pair("debian.2.json", Updater.DEBIAN, "debian", "tracker", "tracker.json"),
            new Pair("debian.bad.json", Updater.DEBIAN, "debian", "tracker", "tracker.json"),
            new Pair("oracle.1.xml", Updater.ORACLE, "oracle", "elsa", "com.oracle.elsa-all.xml"),
            new Pair("oracle.2.xml", Updater.ORACLE, "oracle", "elsa", "com.oracle.elsa-all.xml"),
            new Pair("oracle.3.xml", Updater.ORACLE, "oracle", "elsa", "com.oracle.elsa-all.xml"),
            new Pair("rhel.1.xml", Updater.RHEL, "redhat", "7", "com.redhat.rhsa-RHEL7.xml"),
            new Pair("rhel.2.xml", Updater.RHEL, "redhat", "5,6,7", "com.redhat.rhsa-RHEL*.xml"),
            new Pair("rhel.3.xml", Updater.RHEL, "redhat", "6", "com.redhat.rhsa-RHEL6.xml"),
            new Pair("ubuntu.1.txt", Updater.UBUNTU, "ubuntu", "tracker", "tracker.tar"),
            new Pair("ubuntu.2.txt", Updater.UBUNTU, "ubuntu", "tracker", "tracker.tar"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @TestFactory
    Stream<DynamicTest> pairs() {
        return ALL.stream().map(pair -> dynamicTest(pair.file, () -> check(pair)));
    }

    private void check(Pair pair) throws Exception {
        byte[] read = Files.readAllBytes(Shared.require(PAIRS + "/" + pair.file));
        JsonObject recorded = json(Shared.require(PAIRS + "/" + pair.file + ".expected.json"));
        try (UpdateFixture server = new UpdateFixture(folder.resolve(pair.file))) {
            for (String part : pair.part.split(",", -1)) {
                serve(server, pair, part, read);
            }
            UpdaterState state = server.ran(pair.updater);
            assertThat(state.failure() == null).as("%s", state.failure()).isEqualTo(recorded.string("Error") == null);
            assertThat(differences(lines(recorded), server.stored()))
                    .as("-, what only Clair stores; +, what only Limpid stores")
                    .isEqualTo(listed(pair.file));
            assertThat(server.notifications()).isZero();
        }
    }

    private static void serve(UpdateFixture server, Pair pair, String part, byte[] read) throws IOException {
        if (pair.feed.equals("amazon")) {
            String list = UpdateFixture.document(pair.feed, part, "core.mirror.list");
            String folder = "https://cdn.amazonlinux.com/2/core/2.0/x86_64/" + "0".repeat(64);
            server.serve(list, Answer.ok(folder));
            server.serve(
                    folder + "/repodata/repomd.xml",
                    Answer.ok("<repomd><data type=\"updateinfo\"><location href=\"repodata/updateinfo.xml.gz\"/>"
                            + "</data></repomd>"));
            server.serve(folder + "/repodata/updateinfo.xml.gz", Answer.ok(read));
            return;
        }
        byte[] document = pair.document.endsWith(".tar")
                ? new TarMaker().file("active/CVE-2015-0000", read).bytes()
                : read;
        server.serve(pair.feed, part, pair.document.replace("*", part), Answer.ok(document));
    }

    private static JsonObject json(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return (JsonObject) Json.parse(bytes, bytes.length, Limits.DEFAULT);
    }

    private static Set<String> lines(JsonObject recorded) throws IOException {
        Set<String> lines = new TreeSet<>();
        for (JsonObject one : recorded.objects("Vulnerabilities")) {
            for (JsonObject fix : one.objects("FixedIn")) {
                String version = String.valueOf(fix.string("Version"));
                if (!version.equals(NEVER)) {
                    lines.add(String.join(
                            " ",
                            String.valueOf(one.string("Name")),
                            String.valueOf(one.string("Severity")),
                            String.valueOf(fix.string("Namespace")),
                            String.valueOf(fix.string("Name")),
                            // An epoch of nought is none: rpm itself does not write it.
                            version.matches("0:.+") ? version.substring("0:".length()) : version));
                }
            }
        }
        return lines;
    }

    private static Set<String> differences(Set<String> clair, Set<String> limpid) {
        Set<String> differences = new TreeSet<>();
        clair.stream().filter(line -> !limpid.contains(line)).forEach(line -> differences.add("- " + line));
        limpid.stream().filter(line -> !clair.contains(line)).forEach(line -> differences.add("+ " + line));
        return differences;
    }

    private static Set<String> listed(String file) throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(DIFFERENCES, StandardCharsets.UTF_8)) {
            String[] cells = line.split("\t", -1);
            if (cells[0].equals(file) && !cells[1].contains(": ") && !cells[1].endsWith(NEVER)) {
                listed.add(cells[1]);
            }
        }
        return listed;
    }
}
