package io.limpid.server.store;

import static io.limpid.server.store.Stored.NAMESPACE;
import static io.limpid.server.store.Stored.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.ClairSeverity;
import io.limpid.server.store.GenerationStore.Outcome;
import io.limpid.server.store.GenerationStore.Rules;
import io.limpid.server.store.Leases.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stays of what is current when less is told than there was: what is missing is not clean. */
@OnEachPostgres
class PoorGenerationTest {
    private static final String UPDATER = "debian";

    private TestDatabases.Fresh fresh;
    private GenerationStore generations;
    private VulnerabilityStore vulnerabilities;
    private Lease lease;

    @BeforeEach
    void open() throws Exception {
        fresh = TestDatabases.fresh();
        generations = new GenerationStore(fresh.database());
        vulnerabilities = new VulnerabilityStore(fresh.database(), 100);
        lease = new Leases(fresh.database())
                .acquire("updater", "test", Duration.ofMinutes(1))
                .orElseThrow();
    }

    @AfterEach
    void close() throws Exception {
        assertThat(StoreLaws.broken(fresh.source())).isEmpty();
        fresh.close();
    }

    private Outcome replace(boolean isTold, SaidGeneration generation) throws Exception {
        return generations
                .replace(UPDATER, generation, lease, new Rules(isTold, false), _ -> Map.of())
                .orElseThrow();
    }

    private void first(String... lines) throws Exception {
        replace(false, new SaidGeneration(List.of(lines)));
    }

    private static Outcome outcome(long all, long appeared, long changed, long disappeared) {
        return new Outcome(all, appeared, changed, disappeared, 0, List.of());
    }

    private String stored(String name) throws Exception {
        return vulnerabilities.find(NAMESPACE.name(), name).map(Stored::words).orElse("none");
    }

    /** Also a package that only what is missing names. */
    @Test
    void aNamespaceIsLeftAloneOfWhichSomethingIsMissing() throws Exception {
        first("debian:12 V1 a 2 High", "debian:12 V1 b 2 High", "debian:12 V2 a 2 Low", "debian:13 V1 a 2 High");
        SaidGeneration poor = new SaidGeneration(
                List.of("debian:12 V1 a 1 Low", "debian:12 V4 a 2 Low", "debian:13 V3 a 2 Low"),
                Set.of("debian:12", "debian:11"),
                Map.of(),
                false);
        assertThat(replace(true, poor)).isEqualTo(outcome(3, 1, 0, 1));
        assertThat(stored("V1")).isEqualTo("High {a=2, b=2}");
        assertThat(stored("V2")).isEqualTo("Low {a=2}");
        assertThat(stored("V4")).isEqualTo("none");
        assertThat(told(fresh)).containsExactlyInAnyOrder("V1 > -", "- > V3");
    }

    private static String[] many(String namespace, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> namespace + " V" + i + " a 2 High")
                .toArray(String[]::new);
    }

    private static String[] both(String[] some, String[] others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    /** How many of 100 vulnerabilities of each of two namespaces are told now, whether that is forced, and how many there are afterwards. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        100, 100, false, 100, 100
        40,  100, false, 40,  100
        39,  100, false, 100, 100
        39,  100, true,  39,  100
        0,   100, false, 0,   100
        40,  39,  false, 100, 100
        0,   60,  false, 100, 100
        0,   0,   false, 100, 100
        0,   0,   true,  0,   0
        """)
    void whatIsSuspiciouslyLittleIsHeldBack(int told12, int told13, boolean isForced, long then12, long then13)
            throws Exception {
        first(both(many("debian:12", 100), many("debian:13", 100)));
        SaidGeneration now = new SaidGeneration(List.of(both(many("debian:12", told12), many("debian:13", told13))));
        Outcome outcome = generations
                .replace(UPDATER, now, lease, new Rules(true, isForced), _ -> Map.of())
                .orElseThrow();
        assertThat(vulnerabilities.list("debian:12", 1000, 0).vulnerabilities()).hasSize((int) then12);
        assertThat(vulnerabilities.list("debian:13", 1000, 0).vulnerabilities()).hasSize((int) then13);
        assertThat(outcome.vulnerabilities()).isEqualTo(then12 + then13);
        int heldBack = (told12 == then12 ? 0 : 1) + (told13 == then13 ? 0 : 1);
        assertThat(outcome.heldBack()).hasSize(heldBack);
        if (told12 != then12) {
            assertThat(outcome.heldBack().getFirst())
                    .isEqualTo("newer data are held back: there were 100 vulnerabilities of debian:12 and now there are"
                            + " only " + told12);
        }
    }

    /** Not that of one which is told: it may say less now. */
    @Test
    void whatWasKnownBesidesStaysWhereItCannotBeHad() throws Exception {
        Map<String, Generation.Detail> details = Map.of(
                "V1", new Generation.Detail("{\"NVD\":1}", ClairSeverity.CRITICAL),
                "V2", new Generation.Detail("{\"NVD\":2}", ClairSeverity.HIGH));
        List<String> lines = List.of("debian:12 V1 a 2 Unknown", "debian:12 V2 a 2 Unknown");
        replace(false, new SaidGeneration(lines, Set.of(), details, false));
        Map<String, Generation.Detail> fewer = Map.of("V2", new Generation.Detail("{\"NVD\":3}", ClairSeverity.LOW));
        List<String> more = List.of("debian:12 V1 a 3 Unknown", "debian:12 V2 a 2 Unknown", "debian:13 V1 a 2 Unknown");
        assertThat(replace(true, new SaidGeneration(more, Set.of(), fewer, true)))
                .isEqualTo(outcome(3, 1, 2, 0));
        assertThat(stored("V1")).isEqualTo("Critical {a=3}");
        assertThat(stored("V2")).isEqualTo("Low {a=2}");
        assertThat(vulnerabilities.find("debian:13", "V1").orElseThrow().metadata())
                .isEqualTo("{\"NVD\":1}");
        assertThat(replace(true, new SaidGeneration(more, Set.of(), fewer, false)))
                .isEqualTo(outcome(3, 0, 2, 0));
        assertThat(stored("V1")).isEqualTo("Unknown {a=3}");
    }
}
