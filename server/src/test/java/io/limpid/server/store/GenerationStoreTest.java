package io.limpid.server.store;

import static io.limpid.server.store.Stored.NAMESPACE;
import static io.limpid.server.store.Stored.fix;
import static io.limpid.server.store.Stored.layer;
import static io.limpid.server.store.Stored.told;
import static io.limpid.server.store.Stored.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.VersionFormats;
import io.limpid.server.store.Generation.Row;
import io.limpid.server.store.GenerationStore.Outcome;
import io.limpid.server.store.GenerationStore.Rules;
import io.limpid.server.store.LayerStore.Depth;
import io.limpid.server.store.Leases.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of vulnerabilities when an updater says something else. */
@OnEachPostgres
class GenerationStoreTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String UPDATER = "debian";

    private TestDatabases.Fresh fresh;
    private GenerationStore generations;
    private LayerStore layers;
    private VulnerabilityStore vulnerabilities;
    private Leases leases;
    private Lease lease;
    private boolean isSwept;

    @BeforeEach
    void open() throws Exception {
        fresh = TestDatabases.fresh();
        generations = new GenerationStore(fresh.database());
        layers = new LayerStore(fresh.database(), 100);
        vulnerabilities = new VulnerabilityStore(fresh.database(), 100);
        leases = new Leases(fresh.database());
        lease = leases.acquire("updater", "test", MINUTE).orElseThrow();
    }

    @AfterEach
    void close() throws Exception {
        // A notification that was swept tells nobody any more.
        assertThat(isSwept ? List.of() : StoreLaws.broken(fresh.source())).isEmpty();
        fresh.close();
    }

    private Outcome replace(boolean notify, Generation generation) throws Exception {
        return generations
                .replace(
                        UPDATER,
                        generation,
                        lease,
                        new Rules(notify, false),
                        outcome -> Map.of("made", outcome.toString()))
                .orElseThrow();
    }

    private static Outcome outcome(long all, long appeared, long changed, long disappeared, long tooLong) {
        return new Outcome(all, appeared, changed, disappeared, tooLong, List.of());
    }

    private Outcome first(String... lines) throws Exception {
        return replace(false, new SaidGeneration(List.of(lines)));
    }

    private Outcome then(String... lines) throws Exception {
        return replace(true, new SaidGeneration(List.of(lines)));
    }

    private String stored(String name) throws Exception {
        return vulnerabilities.find(NAMESPACE.name(), name).map(Stored::words).orElse("none");
    }

    private List<String> affecting(String layer) throws Exception {
        List<String> names = new ArrayList<>();
        layers.find(layer, Depth.VULNERABILITIES)
                .orElseThrow()
                .features()
                .forEach(feature -> feature.affectedBy()
                        .forEach(one -> names.add(feature.version().feature().name() + " " + one.name())));
        return names.stream().sorted().toList();
    }

    @Test
    void theFirstFillIsThereAndTellsNobody() throws Exception {
        layers.insert(layer("l", null, "a 1", "b 1", "c 9"));
        assertThat(first(
                        "debian:12 V1 a 2 High 7",
                        "debian:12 V1 b 1 High 7",
                        "debian:13 V1 a 3 Low",
                        "debian:12 V2 c 5 Low"))
                .isEqualTo(outcome(3, 3, 0, 0, 0));
        // The worst that is said of it anywhere.
        assertThat(stored("V1")).isEqualTo("High {a=2, b=1}");
        assertThat(affecting("l")).containsExactly("a V1");
        assertThat(told(fresh)).isEmpty();
        assertThat(new KeyValueStore(fresh.database()).get("made"))
                .hasValueSatisfying(made -> assertThat(made).contains("appeared=3"));
    }

    @Test
    void theSameAgainChangesNothing() throws Exception {
        first("debian:12 V1 a 2 High 7", "debian:12 V1 b 1 High 8");
        long id = vulnerabilities.find(NAMESPACE.name(), "V1").orElseThrow().id();
        assertThat(then("debian:12 V1 b 1 High 8", "debian:12 V1 a 2 High 7")).isEqualTo(outcome(1, 0, 0, 0, 0));
        assertThat(vulnerabilities.find(NAMESPACE.name(), "V1").orElseThrow().id())
                .isEqualTo(id);
        assertThat(told(fresh)).isEmpty();
    }

    @Test
    void whatAppearsChangesOrDisappearsIsTold() throws Exception {
        layers.insert(layer("l", null, "a 1", "b 1", "c 1"));
        first("debian:12 V1 a 2 High", "debian:12 V2 b 2 Low", "debian:12 V3 c 2 Low", "debian:12 V4 d 2 Low");
        assertThat(affecting("l")).containsExactly("a V1", "b V2", "c V3");
        assertThat(then(
                        "debian:12 V1 a 1 High",
                        "debian:12 V2 b 2 Low",
                        "debian:12 V4 d 2 High",
                        "debian:12 V5 b #MAXV# Low"))
                .isEqualTo(outcome(4, 1, 2, 1, 0));
        assertThat(affecting("l")).containsExactly("b V2", "b V5");
        assertThat(told(fresh)).containsExactlyInAnyOrder("V3 > -", "V1 > V1", "V4 > V4", "- > V5");
    }

    @Test
    void aPackageThatIsNoLongerSaidIsNoLongerAffected() throws Exception {
        layers.insert(layer("l", null, "a 1", "b 1"));
        first("debian:12 V1 a 2 High", "debian:12 V1 b 2 High");
        then("debian:12 V1 a 2 High");
        assertThat(stored("V1")).isEqualTo("High {a=2}");
        assertThat(affecting("l")).containsExactly("a V1");
    }

    @Test
    void aVersionThatBecomesKnownLaterIsMatched() throws Exception {
        first("debian:12 V1 a 2 High");
        layers.insert(layer("later", null, "a 1", "a 3"));
        assertThat(affecting("later")).containsExactly("a V1");
    }

    @Test
    void ofSeveralVersionsTheHighestCounts() throws Exception {
        first(
                "debian:12 V1 a 1.10 Low",
                "debian:12 V1 a 1.9 Low",
                "debian:12 V2 a 1 Low",
                "debian:12 V2 a " + VersionFormats.HIGHEST + " Low",
                "debian:12 V3 a 1 Low",
                "debian:12 V3 a bad! Low");
        assertThat(stored("V1")).isEqualTo("Low {a=1.10}");
        assertThat(stored("V2")).isEqualTo("Low {a=#MAXV#}");
        assertThat(stored("V3")).isEqualTo("Low {a=bad!}");
    }

    @Test
    void whatOthersMadeStaysAndWhatThePublisherChangesIsThePublishersAgain() throws Exception {
        vulnerabilities.insert(vulnerability("MINE", fix("a", "7")), true);
        first("debian:12 V1 a 2 High", "debian:12 V2 a 2 High");
        vulnerabilities.insert(vulnerability("V1", fix("a", "3")), true);
        vulnerabilities.delete(NAMESPACE.name(), "V2");
        then("debian:12 V1 a 2 High", "debian:12 V2 a 2 High");
        assertThat(stored("MINE")).isEqualTo("Low {a=7}");
        assertThat(stored("V1")).isEqualTo("High {a=2}");
        assertThat(stored("V2")).isEqualTo("High {a=2}");
        then();
        assertThat(stored("MINE")).isEqualTo("Low {a=7}");
        assertThat(stored("V1")).isEqualTo("none");
    }

    @Test
    void whatAnotherUpdaterSaysStays() throws Exception {
        first("debian:12 V1 a 2 High");
        generations.replace(
                "other",
                new SaidGeneration(List.of("debian:14 V9 a 2 High")),
                lease,
                new Rules(false, false),
                _ -> Map.of());
        assertThat(stored("V1")).isEqualTo("High {a=2}");
    }

    @Test
    void aNamespaceThatIsNoLongerSaidIsEmptied() throws Exception {
        first("debian:12 V1 a 2 High", "debian:13 V2 a 2 High");
        assertThat(then("debian:13 V2 a 2 High")).isEqualTo(outcome(1, 0, 0, 1, 0));
        assertThat(stored("V1")).isEqualTo("none");
    }

    @Test
    void whatIsKnownBesidesIsAppendedAndRatesOnlyWhatNobodyRated() throws Exception {
        Map<String, Generation.Detail> details = Map.of(
                "V1", new Generation.Detail("{\"NVD\":1}", ClairSeverity.CRITICAL),
                "V2", new Generation.Detail("{\"NVD\":2}", ClairSeverity.CRITICAL));
        replace(
                false,
                new SaidGeneration(
                        List.of("debian:12 V1 a 2 Unknown", "debian:12 V2 a 2 Low", "debian:12 V3 a 2 Unknown"),
                        Set.of(),
                        details,
                        false));
        assertThat(stored("V1")).startsWith("Critical");
        assertThat(stored("V2")).startsWith("Low");
        assertThat(stored("V3")).startsWith("Unknown");
        assertThat(vulnerabilities.find(NAMESPACE.name(), "V2").orElseThrow().metadata())
                .isEqualTo("{\"NVD\":2}");
        assertThat(vulnerabilities.find(NAMESPACE.name(), "V3").orElseThrow().metadata())
                .isNull();
    }

    @Test
    void textsComeAsTheyAre() throws Exception {
        String odd = "a\tb\nc\\d\r\0e\\N \ud83d\ude00 \ud800";
        generations.replace(UPDATER, new Odd(odd), lease, new Rules(false, false), _ -> Map.of());
        assertThat(vulnerabilities.find(NAMESPACE.name(), "V1").orElseThrow().description())
                .isEqualTo("a\tb\nc\\d\r\ufffde\\N \ud83d\ude00 \ufffd");
    }

    /** One vulnerability with this description. */
    private record Odd(String description) implements Generation {
        @Override
        public void tell(Generation.Rows rows) throws IOException {
            rows.take(new Row("debian:12", "V1", "a", "2", ClairSeverity.LOW, "", 0, 1));
        }

        @Override
        public String description(int source, long text) {
            return description;
        }

        @Override
        public @Nullable Detail detail(String vulnerability) {
            return null;
        }

        @Override
        public String versionFormat(String namespace) {
            return "dpkg";
        }

        @Override
        public boolean lacksDetails() {
            return false;
        }

        @Override
        public boolean replaces(String namespace) {
            return true;
        }
    }

    @Test
    void whatIsTooLongIsCountedAndHoldsUpNothing() throws Exception {
        assertThat(first(
                        "debian:12 V1 a 2 High",
                        "debian:12 " + "v".repeat(129) + " a 2 High",
                        "debian:12 V1 " + "f".repeat(129) + " 2 High"))
                .isEqualTo(outcome(1, 1, 0, 0, 2));
        then("debian:12 V1 a " + "1".repeat(129) + " High");
        assertThat(stored("V1")).isEqualTo("High {a=" + VersionFormats.HIGHEST + "}");
    }

    @Test
    void whoLostTheLeaseChangesNothing() throws Exception {
        first("debian:12 V1 a 2 High");
        leases.release(lease);
        Lease other = leases.acquire("updater", "other", MINUTE).orElseThrow();
        Optional<Outcome> outcome = generations.replace(
                UPDATER,
                new SaidGeneration(List.of("debian:12 V2 a 2 Low")),
                lease,
                new Rules(true, false),
                _ -> Map.of("made", "no"));
        assertThat(outcome).isEmpty();
        assertThat(stored("V1")).isEqualTo("High {a=2}");
        assertThat(stored("V2")).isEqualTo("none");
        assertThat(told(fresh)).isEmpty();
        assertThat(new KeyValueStore(fresh.database()).get("made")).isNotEqualTo(Optional.of("no"));
        assertThat(generations.replace(
                        UPDATER,
                        new SaidGeneration(List.of("debian:12 V2 a 2 Low")),
                        other,
                        new Rules(true, false),
                        _ -> Map.of()))
                .isPresent();
    }

    @Test
    void whatWasDeletedLongAgoIsSweptOnceNobodyTellsOfIt() throws Exception {
        DeletedRows deleted = new DeletedRows(fresh.database());
        layers.insert(layer("l", null, "a 1"));
        first("debian:12 V1 a 2 High", "debian:12 V2 a 2 High");
        then("debian:12 V1 a 3 High");
        assertThat(deleted.sweep(MINUTE)).isEqualTo(new DeletedRows.Swept(0, 0, false));
        // Two notifications tell of the row before and of what is gone.
        assertThat(deleted.sweep(Duration.ZERO)).isEqualTo(new DeletedRows.Swept(0, 0, false));
        fresh.database().change(connection -> Rows.update(connection, "UPDATE notification SET deleted_at = now()"));
        assertThat(deleted.sweep(MINUTE)).isEqualTo(new DeletedRows.Swept(0, 0, false));
        assertThat(deleted.sweep(Duration.ZERO)).isEqualTo(new DeletedRows.Swept(2, 2, false));
        assertThat(stored("V1")).isEqualTo("High {a=3}");
        assertThat(affecting("l")).containsExactly("a V1");
        vulnerabilities.delete(NAMESPACE.name(), "V1");
        isSwept = true;
    }

    @Test
    void aSourceThatFailsInTheMiddleChangesNothing() throws Exception {
        first("debian:12 V1 a 2 High");
        Generation broken = new SaidGeneration(List.of("debian:12 V2 a 2 Low", "debian:12 V3 a"));
        assertThatThrownBy(() -> replace(true, broken)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThat(stored("V1")).isEqualTo("High {a=2}");
        assertThat(stored("V2")).isEqualTo("none");
    }
}
