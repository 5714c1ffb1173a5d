package io.limpid.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.limpid.testing.Shared;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tukaani.xz.XZInputStream;

/** Every scheme against the tables: our own beside this class, and the large one in the data folder. */
class VersionTablesTest {
    private static final Map<String, String> SCHEME_OF_ECOSYSTEM =
            Map.of("debian", "deb", "alpine", "apk", "rpm", "rpm");

    /** {@code 1.0 < 1.1}, {@code 1.0 = 0:1.0}, {@code 1.1 > 1.0}, or {@code 1: ?} for a text without a place in the order. */
    @TestFactory
    Stream<DynamicContainer> ownTables() {
        return VersionSchemes.all().stream()
                .map(scheme -> DynamicContainer.dynamicContainer(
                        scheme.id(),
                        lines(scheme.id() + ".txt").stream()
                                .map(line -> DynamicTest.dynamicTest(line, () -> check(scheme, line)))));
    }

    @Test
    void sharedTable() throws IOException {
        Path table = Shared.require("versions/compare.tsv.xz");
        List<String> wrong = new ArrayList<>();
        int pairs = 0;
        try (InputStream file = Files.newInputStream(table);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new XZInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split("\t", -1);
                String id = SCHEME_OF_ECOSYSTEM.get(cells[0]);
                if (id != null) {
                    pairs++;
                    int order = order(VersionSchemes.byId(id).orElseThrow(), cells[1], cells[2]);
                    if (order != Integer.parseInt(cells[3])) {
                        wrong.add(line + " but is " + order);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(pairs).isGreaterThan(25_000);
    }

    /** What a table of an order cannot say: pacman calls versions the same that are not the same as each other. */
    @Test
    void pacmanLooksAtReleasesOnlyWhereBothHaveOne() throws InvalidVersionException {
        VersionScheme alpm = VersionSchemes.byId("alpm").orElseThrow();
        assertThat(alpm.compare("1:2.0", "1:2.0-1")).isEqualTo(Order.SAME);
        assertThat(alpm.compare("1:2.0-2", "1:2.0")).isEqualTo(Order.SAME);
        assertThat(alpm.compare("2.0-1", "2.0-2")).isEqualTo(Order.BEFORE);
        assertThat(alpm.compare("2.0", "2.1-1")).isEqualTo(Order.BEFORE);
        assertThat(alpm.parse("2.0")).isLessThan(alpm.parse("2.0-0"));
    }

    @Test
    void everyTypeOfPackageHasOneOrder() {
        assertThat(VersionSchemes.all().stream().flatMap(scheme -> scheme.packageTypes().stream()))
                .doesNotHaveDuplicates()
                .contains("alpm", "apk", "deb", "opkg", "rpm");
    }

    private static void check(VersionScheme scheme, String line) {
        String[] words = line.split(" ", -1);
        String left = words[0];
        if (words[1].equals("?")) {
            try {
                fail("read as a version: " + scheme.parse(left));
            } catch (InvalidVersionException e) {
                assertThat(e).hasMessageContaining(scheme.id());
                assertThat(scheme.compare(left, "1")).isEqualTo(Order.UNDECIDED);
                assertThat(scheme.compare("1", left)).isEqualTo(Order.UNDECIDED);
            }
            return;
        }
        int expected = switch (words[1]) {
            case "<" -> -1;
            case "=" -> 0;
            case ">" -> 1;
            default -> throw new IllegalArgumentException("no such relation: " + words[1]);
        };
        String right = words[2];
        assertThat(order(scheme, left, right)).isEqualTo(expected);
        assertThat(order(scheme, right, left)).isEqualTo(-expected);
        if (words.length > 3) {
            assertThat(words[3]).isEqualTo("unreliable");
            assertThat(scheme.compare(left, right)).isEqualTo(Order.UNDECIDED);
        } else {
            assertThat(scheme.compare(left, right)).isEqualTo(Order.of(expected));
        }
    }

    private static int order(VersionScheme scheme, String left, String right) {
        try {
            return Integer.signum(scheme.parse(left).compareTo(scheme.parse(right)));
        } catch (InvalidVersionException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static List<String> lines(String resource) {
        try (InputStream table = VersionTablesTest.class.getResourceAsStream(resource)) {
            assertThat(table).as(resource).isNotNull();
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
