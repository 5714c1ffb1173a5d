package io.limpid.detect.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.detect.SharedDatabases;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Problem;
import io.limpid.testing.BerkeleyDbMaker;
import io.limpid.testing.NdbMaker;
import io.limpid.testing.RpmHeader;
import io.limpid.testing.SqliteMaker;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages come out of every format that rpm's databases have, whole and damaged. */
class RpmDatabasesTest {
    private static final Path RPM = Path.of("/usr/bin/rpm");
    private static final String PACKAGES = "var/lib/rpm/Packages";
    private static final String SQLITE = "var/lib/rpm/rpmdb.sqlite";
    private static final int PAGE = BerkeleyDbMaker.PAGE;
    private static final List<String> THREE = List.of("bash=5.1-2", "big=1-1", "zlib=1.2-3");

    @TempDir
    private Path folder;

    static Detection read(String path, byte[] content) {
        return read(new LayerFile(path, content));
    }

    private static Detection read(LayerFile... files) {
        return new RpmDetector(Limits.DEFAULT)
                .detect(LayerFiles.of(List.of(files)))
                .getFirst();
    }

    private static List<String> names(Detection detection) {
        return detection.packages().stream()
                .map(one -> one.name() + "=" + one.version())
                .toList();
    }

    private static String what(Detection detection) {
        return String.join(
                "\n", detection.problems().stream().map(Problem::what).toList());
    }

    /** The second does not fit on a page. */
    private static List<byte[]> three() {
        return List.of(
                RpmHeader.of(THREE.get(0)),
                RpmHeader.packageOf(THREE.get(1))
                        .text(1005, "long ".repeat(400))
                        .bytes(),
                RpmHeader.of(THREE.get(2)));
    }

    private static Map<String, byte[]> formats() {
        Map<String, byte[]> formats = new TreeMap<>();
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int version = 7; version <= 10; version++) {
                formats.put("hash " + version + " " + order, BerkeleyDbMaker.hash(order, version, three()));
                formats.put("btree " + version + " " + order, BerkeleyDbMaker.btree(order, version, three()));
            }
        }
        formats.put("ndb", NdbMaker.file(three()));
        return formats;
    }

    @TestFactory
    Stream<DynamicTest> everyFormat() {
        return formats().entrySet().stream()
                .map(format -> dynamicTest(format.getKey(), () -> {
                    Detection detection = read(PACKAGES, format.getValue());
                    assertThat(names(detection)).isEqualTo(THREE);
                    assertThat(detection.problems()).isEmpty();
                }));
    }

    /** Whatever is cut off, and whichever byte is another: what is missing is told, and nothing is thrown. */
    @TestFactory
    Stream<DynamicTest> damage() {
        Map<String, byte[]> formats = formats();
        formats.put("sqlite", SqliteMaker.file(List.of(RpmHeader.of(THREE.get(0)), RpmHeader.of(THREE.get(2)))));
        return formats.entrySet().stream()
                .map(format -> dynamicTest(format.getKey(), () -> {
                    byte[] whole = format.getValue();
                    int all = read(PACKAGES, whole).packages().size();
                    for (int length = 0; length < whole.length; length++) {
                        Detection cut = read(PACKAGES, Arrays.copyOf(whole, length));
                        assertThat(cut.problems()).as("cut at %d", length).isNotEmpty();
                    }
                    Random random = new Random(3);
                    for (int i = 0; i < 2000; i++) {
                        byte[] changed = whole.clone();
                        int at = random.nextInt(whole.length);
                        changed[at] ^= (byte) (1 << random.nextInt(8));
                        Detection detection = read(PACKAGES, changed);
                        // With the highest bit of its type an item of a tree says that it is deleted, and nothing
                        // speaks against it.
                        boolean deletes =
                                format.getKey().startsWith("btree") && (whole[at] ^ changed[at]) == (byte) 0x80;
                        assertThat(deletes
                                        || detection.packages().size() >= all
                                        || !detection.problems().isEmpty())
                                .as("another bit in byte %d", at)
                                .isTrue();
                    }
                }));
    }

    private record Wrong(String name, int at, int value, List<String> packages, String problem) {}

    /** The first data page has the items, the second the first package, those behind it the chain of the second. */
    @TestFactory
    Stream<DynamicTest> wrongPagesOfABucket() {
        return Stream.of(
                        new Wrong("an older version", 16, 6, List.of(), "version 6"),
                        new Wrong("pages of no size", 20, 513, List.of(), "pages of 513 bytes"),
                        new Wrong("encrypted", 24, 1, List.of(), "encrypted"),
                        new Wrong("more pages than there are", 32, 4000, THREE, "of 4001 pages"),
                        new Wrong("more buckets than there are pages", 72, 4000, THREE, "4001 buckets"),
                        new Wrong("more records than there are", 88, 5, THREE, "5 records and has 4"),
                        new Wrong("a bucket elsewhere", 96, 2, THREE, "page 2 is none of a bucket"),
                        new Wrong("a bucket in a circle", PAGE + 16, 1, THREE, "page 1 is led to twice"),
                        new Wrong("a page that is another", PAGE + 8, 9, THREE, "page 1 calls itself 9"),
                        new Wrong("a chain in a circle", 3 * PAGE + 16, 3, THREE, "page 3 is led to twice"),
                        new Wrong("a chain to nowhere", 3 * PAGE + 16, 4000, THREE, "no page 4000"),
                        new Wrong("a chain that goes on", 2 * PAGE + 16, 4, THREE, "goes on behind its end"))
                .map(wrong -> dynamicTest(wrong.name, () -> {
                    byte[] file = BerkeleyDbMaker.hash(ByteOrder.LITTLE_ENDIAN, 9, three());
                    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(wrong.at, wrong.value);
                    Detection detection = read(PACKAGES, file);
                    assertThat(names(detection)).containsExactlyInAnyOrderElementsOf(wrong.packages);
                    assertThat(what(detection)).contains(wrong.problem);
                }));
    }

    @Test
    void aPageOfABucketThatWasZeroedIsMissed() {
        byte[] file = BerkeleyDbMaker.hash(ByteOrder.BIG_ENDIAN, 8, three());
        Arrays.fill(file, PAGE, 2 * PAGE, (byte) 0);
        Detection detection = read(PACKAGES, file);
        assertThat(detection.packages()).isEmpty();
        assertThat(what(detection)).contains("it is said to have 4 records and has 0");
    }

    @Test
    void deletedItemsOfALeafAndPagesThatNothingLeadsToAreNotThere() {
        byte[] tree = BerkeleyDbMaker.btree(ByteOrder.LITTLE_ENDIAN, 9, three());
        ByteBuffer page = ByteBuffer.wrap(tree).order(ByteOrder.LITTLE_ENDIAN);
        int lastItem = Short.toUnsignedInt(page.getShort(PAGE + 26 + 2 * 7));
        page.put(PAGE + lastItem + 2, (byte) 0x83);
        assertThat(names(read(PACKAGES, tree))).isEqualTo(THREE.subList(0, 2));

        byte[] file = BerkeleyDbMaker.hash(ByteOrder.LITTLE_ENDIAN, 9, List.of(RpmHeader.of("bash=5.1-2")));
        byte[] longer = Arrays.copyOf(file, file.length + PAGE);
        byte[] stale = BerkeleyDbMaker.hash(ByteOrder.LITTLE_ENDIAN, 9, List.of(RpmHeader.of("old=1-1")));
        System.arraycopy(stale, PAGE, longer, file.length, PAGE);
        Detection detection = read(PACKAGES, longer);
        assertThat(names(detection)).containsExactly("bash=5.1-2");
        assertThat(detection.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1, of version 1",
        "12, 0, 0 bytes of slots",
        "12, 2147483647, bytes of slots and has",
        "32, 0, slot at byte 32 has no mark",
        "36, 2, package 2 has two slots",
        "40, 99999, package 1 is missing: it would lie beyond",
        "44, 0, package 1 is missing: there is no such package",
        "44, 9999999, package 1"
    })
    void wrongNumbersOfNdb(int at, int value, String problem) {
        byte[] file = NdbMaker.file(three());
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        assertThat(what(read("usr/lib/sysimage/rpm/Packages.db", file))).contains(problem);
    }

    @Test
    void aWrongCheckSumOfNdbIsTold() {
        byte[] file = NdbMaker.file(three());
        file[4096 + 16 + 8 + 16 * 5]++;
        Detection detection = read("usr/lib/sysimage/rpm/Packages.db", file);
        assertThat(detection.packages()).hasSize(3);
        assertThat(what(detection)).contains("its check sum is wrong");
    }

    @Test
    void rowsOfTheLogCountUpToItsLastTransaction() {
        byte[] database = SqliteMaker.file(List.of(RpmHeader.of("bash=5.1-2")));
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] log = SqliteMaker.log(
                    order,
                    List.of(
                            List.of(RpmHeader.of("bash=5.1-3")),
                            List.of(RpmHeader.of("bash=5.1-3"), RpmHeader.of("new=1-1"))));
            int second = 32 + 24 + SqliteMaker.PAGE;
            assertThat(logged(database, log)).containsExactly("bash=5.1-3", "new=1-1");
            assertThat(logged(database, with(log, second + 7, 0)))
                    .as("a wrong sum: the number of pages is under it")
                    .containsExactly("bash=5.1-3", "problem");
            assertThat(logged(database, with(log, second + 100, 77)))
                    .as("a wrong sum")
                    .containsExactly("bash=5.1-3", "problem");
            assertThat(logged(database, with(log, second + 8, 77)))
                    .as("a frame of an earlier run")
                    .containsExactly("bash=5.1-3");
            assertThat(logged(database, with(log, 17, 77))).as("a wrong head").containsExactly("bash=5.1-2", "problem");
            assertThat(logged(database, Arrays.copyOf(log, log.length - 1)))
                    .as("cut short")
                    .containsExactly("bash=5.1-3", "problem");
            assertThat(logged(database, Arrays.copyOf(log, second + 1)))
                    .as("cut short in the head of a frame")
                    .containsExactly("bash=5.1-3", "problem");
            assertThat(logged(database, new byte[0])).as("emptied").containsExactly("bash=5.1-2");
        }
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static List<String> logged(byte[] database, byte[] log) {
        Detection detection = read(new LayerFile(SQLITE, database), new LayerFile(SQLITE + "-wal", log));
        List<String> found = new ArrayList<>(names(detection));
        if (!detection.problems().isEmpty()) {
            found.add("problem");
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "cuav-Packages.xz, cuav-Packages.tsv, " + PACKAGES,
        "epoch-Packages.xz, epoch-Packages.tsv, " + PACKAGES,
        "libuuid-Packages.xz, libuuid-Packages.tsv, " + PACKAGES,
        "rpmtests-rpmdb.sqlite.xz, rpmtests-rpmdb.sqlite.tsv, " + SQLITE
    })
    void databasesFromTheField(String file, String truth, String path) throws IOException {
        Detection detection = read(path, SharedDatabases.rpm(file));
        assertThat(detection.packages().stream()
                        .map(SharedDatabases::line)
                        .sorted()
                        .toList())
                .isEqualTo(SharedDatabases.truth(truth).stream()
                        .filter(line -> !line.startsWith("gpg-pubkey "))
                        .toList());
        assertThat(detection.problems()).isEmpty();
    }

    /** Where there is an rpm, it lists the same of databases from the field. */
    @Test
    void rpmListsTheSame() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(RPM), "skipped: no rpm on this machine");
        for (String file : List.of("epoch-Packages.xz", "libuuid-Packages.xz", "rpmtests-rpmdb.sqlite.xz")) {
            boolean sqlite = file.contains("sqlite");
            byte[] content = SharedDatabases.rpm(file);
            Path database = Files.createDirectories(folder.resolve(file));
            Files.write(database.resolve(sqlite ? "rpmdb.sqlite" : "Packages"), content);
            assertThat(names(read(sqlite ? SQLITE : PACKAGES, content)).stream().sorted())
                    .isEqualTo(rpm(database, sqlite ? "sqlite" : "bdb_ro"));
        }
    }

    private static List<String> rpm(Path database, String backend) throws IOException, InterruptedException {
        Path out = database.resolve("out");
        Process process = new ProcessBuilder(
                        RPM.toString(),
                        "--define",
                        "_db_backend " + backend,
                        "--dbpath",
                        database.toString(),
                        "-qa",
                        "--nosignature",
                        "--nodigest",
                        "--qf",
                        "%{name}=%|epoch?{%{epoch}:}|%{version}-%{release}\\n")
                .redirectOutput(out.toFile())
                .redirectError(Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(out).stream()
                .filter(line -> !line.startsWith("gpg-pubkey="))
                .sorted()
                .toList();
    }
}
