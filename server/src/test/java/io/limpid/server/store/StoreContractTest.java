package io.limpid.server.store;

import static io.limpid.server.store.Stored.NAMESPACE;
import static io.limpid.server.store.Stored.fix;
import static io.limpid.server.store.Stored.layer;
import static io.limpid.server.store.Stored.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.store.LayerStore.Depth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Clair's clients rely on, and what Limpid does otherwise on purpose. */
@OnEachPostgres
class StoreContractTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NONE = Duration.ZERO;

    private TestDatabases.Fresh fresh;
    private LayerStore layers;
    private VulnerabilityStore vulnerabilities;
    private NotificationStore notifications;

    @BeforeEach
    void open() throws Exception {
        fresh = TestDatabases.fresh();
        layers = new LayerStore(fresh.database(), 1000);
        vulnerabilities = new VulnerabilityStore(fresh.database(), 1000);
        notifications = new NotificationStore(fresh.database());
    }

    @AfterEach
    void close() throws Exception {
        fresh.close();
    }

    private static void assertRefused(ClairError error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ClairException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    /** A vulnerability that is refused, and as what. */
    record Refused(ClairError error, Vulnerability vulnerability) {}

    static Stream<Refused> refused() {
        FeatureVersion elsewhere = new FeatureVersion(new Feature(new Namespace("debian:9", "dpkg"), "a"), "1");
        return Stream.of(
                new Refused(ClairError.VULNERABILITY_INCOMPLETE, vulnerability("")),
                new Refused(ClairError.FIXES_ELSEWHERE, vulnerability("v", elsewhere)),
                new Refused(ClairError.FEATURE_INVALID, vulnerability("v", fix("", "1"))),
                new Refused(ClairError.VERSION_INVALID, vulnerability("v", fix("a", "not valid!"))),
                new Refused(ClairError.BACKEND, vulnerability("v".repeat(129))),
                new Refused(ClairError.BACKEND, vulnerability("v", fix("f".repeat(129), "1"))),
                new Refused(ClairError.BACKEND, vulnerability("v", fix("a", "1".repeat(129)))),
                new Refused(ClairError.BACKEND, vulnerability("v".repeat(128) + " ")),
                new Refused(ClairError.BACKEND, vulnerability("v", "a\0b", ClairSeverity.LOW, null)),
                new Refused(ClairError.BACKEND, vulnerability("a\0b")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Refused refused) throws Exception {
        assertRefused(refused.error, () -> vulnerabilities.insert(refused.vulnerability, true));
        assertRefused(
                refused.error,
                () -> vulnerabilities.insertAll(List.of(vulnerability("w"), refused.vulnerability), true));
        assertThat(vulnerabilities.find(NAMESPACE.name(), "w")).isEmpty();
        assertThat(notifications.claim("test", HOUR, HOUR)).isEmpty();
    }

    @Test
    void aLayerIsRefused() throws Exception {
        assertRefused(ClairError.FEATURE_VERSION_INVALID, () -> layers.insert(layer("l", null, "a not^valid")));
        assertRefused(ClairError.BACKEND, () -> layers.insert(layer("l".repeat(129), null)));
        assertRefused(ClairError.BACKEND, () -> layers.insert(layer("l\0", null)));
        assertRefused(ClairError.BACKEND, () -> layers.insert(layer("l", null, "a" + "a".repeat(128) + " 1")));
        assertRefused(ClairError.PARENT_UNKNOWN, () -> layers.insert(layer("l", "nobody")));
        assertThat(layers.find("l", Depth.LAYER)).isEmpty();
        assertThat(layers.delete("l")).isFalse();
    }

    @Test
    void fixesWithoutANamespaceInheritItAndItsFormat() throws Exception {
        layers.insert(layer("l", null, "a 1.0~rc1"));
        FeatureVersion bare = new FeatureVersion(new Feature(new Namespace("", ""), "a"), "1.0");
        vulnerabilities.insert(vulnerability("v", bare), true);
        assertThat(layers.find("l", Depth.VULNERABILITIES).orElseThrow().features())
                .singleElement()
                .satisfies(feature -> assertThat(feature.affectedBy())
                        .singleElement()
                        .satisfies(each -> assertThat(each.fixedBy()).isEqualTo("1.0")));
    }

    @Test
    void aNamespaceGetsAFormatAsSoonAsOneIsKnown() throws Exception {
        Namespace bare = new Namespace("zz:1", "");
        FeatureVersion none = new FeatureVersion(new Feature(bare, "a"), "#MAXV#");
        vulnerabilities.insert(
                new Vulnerability(0, bare, "v", "", "", ClairSeverity.LOW, null, List.of(none), ""), true);
        assertThat(vulnerabilities.namespaces()).containsExactly(bare);
        Namespace known = new Namespace("zz:1", "rpm");
        FeatureVersion fix = new FeatureVersion(new Feature(known, "b"), "1");
        vulnerabilities.insert(
                new Vulnerability(0, bare, "w", "", "", ClairSeverity.LOW, null, List.of(fix), ""), true);
        assertThat(vulnerabilities.namespaces()).containsExactly(known);
        // It stays.
        layers.insert(new IndexedLayer("l", 3, null, new Namespace("zz:1", "dpkg"), List.of()));
        assertThat(vulnerabilities.namespace("zz:1")).contains(known);
        assertThat(layers.find("l", Depth.LAYER).orElseThrow().namespace()).isEqualTo(known);
        assertThat(vulnerabilities.namespace("zz:2")).isEmpty();
    }

    @Test
    void setsTakeEffectInTheirOrderAndAllOrNothing() throws Exception {
        vulnerabilities.insertAll(
                List.of(
                        vulnerability("v", fix("a", "1")),
                        vulnerability("w", fix("a", "1")),
                        vulnerability("v", fix("b", "2")),
                        vulnerability("v", fix("a", "#MINV#"))),
                false);
        assertThat(vulnerabilities.find(NAMESPACE.name(), "v").orElseThrow().fixedIn())
                .containsExactly(fix("b", "2"));
        assertThat(notifications.claim("test", HOUR, HOUR)).isEmpty();
    }

    @Test
    void pagesBeginAtIds() throws Exception {
        assertRefused(ClairError.NOT_FOUND, () -> vulnerabilities.list(NAMESPACE.name(), 1, 0));
        layers.insert(layer("l", null));
        assertThat(vulnerabilities.list(NAMESPACE.name(), 2, 0))
                .isEqualTo(new VulnerabilityStore.Page(List.of(), VulnerabilityStore.Page.END));
        for (int i = 0; i < 5; i++) {
            vulnerabilities.insert(vulnerability("v" + i), true);
        }
        List<String> names = new ArrayList<>();
        long from = 0;
        do {
            VulnerabilityStore.Page page = vulnerabilities.list(NAMESPACE.name(), 2, from);
            page.vulnerabilities().forEach(each -> names.add(each.name()));
            from = page.next();
        } while (from != VulnerabilityStore.Page.END);
        assertThat(names).containsExactly("v0", "v1", "v2", "v3", "v4");
        assertThat(vulnerabilities.list(NAMESPACE.name(), 0, 0).next()).isPositive();
        assertThat(vulnerabilities.list(NAMESPACE.name(), Integer.MAX_VALUE, 0).vulnerabilities())
                .hasSize(5);
    }

    @Test
    void aChainDeeperThanAnyImage() throws Exception {
        layers.insert(layer("l0", null, "a 1"));
        for (int i = 1; i < 300; i++) {
            layers.insert(layer("l" + i, "l" + (i - 1), "a 1", "b " + i));
        }
        assertThat(layers.find("l299", Depth.FEATURES).orElseThrow().features())
                .extracting(each -> each.version().version() + " " + each.addedBy())
                .containsExactlyInAnyOrder("1 l0", "299 l299");
        assertThat(layers.delete("l1")).isTrue();
        assertThat(layers.find("l299", Depth.LAYER)).isEmpty();
        assertThat(layers.find("l0", Depth.LAYER)).isPresent();
    }

    @Test
    void aNewerEngineReadsALayerAgain() throws Exception {
        IndexedLayer newer = layer("l", null, "b 1");
        layers.insert(new IndexedLayer(
                "l", 2, null, NAMESPACE, layer("l", null, "a 1").features()));
        layers.insert(newer);
        layers.insert(layer("l", null, "c 1"));
        IndexedLayer found = layers.find("l", Depth.FEATURES).orElseThrow();
        assertThat(found).isEqualTo(newer);
    }

    @Test
    void aClaimIsFenced() throws Exception {
        vulnerabilities.insert(vulnerability("v"), true);
        var stale = notifications.claim("one", NONE, HOUR).orElseThrow();
        var claim = notifications.claim("other", HOUR, HOUR).orElseThrow();
        assertThat(notifications.told(stale)).isFalse();
        assertThat(notifications.release(claim)).isTrue();
        var again = notifications.claim("other", HOUR, HOUR).orElseThrow();
        assertThat(notifications.told(again)).isTrue();
        assertThat(notifications.claim("other", HOUR, HOUR)).isEmpty();
        assertThat(notifications.claim("other", NONE, NONE)).isPresent();
        assertThat(notifications.delete(again.name())).isTrue();
        assertThat(notifications.delete(again.name())).isTrue();
        assertThat(notifications.delete("unknown")).isFalse();
        assertThat(notifications.claim("other", NONE, NONE)).isEmpty();
    }

    @Test
    void aLeaseIsFenced() throws Exception {
        Leases leases = new Leases(fresh.database());
        KeyValueStore values = new KeyValueStore(fresh.database());
        var stale = leases.acquire("updater", "one", NONE).orElseThrow();
        assertThat(values.put("k", "one", stale)).isTrue();
        var lease = leases.acquire("updater", "other", HOUR).orElseThrow();
        assertThat(leases.acquire("updater", "one", HOUR)).isEmpty();
        assertThat(values.put("k", "stale", stale)).isFalse();
        assertThat(leases.renew(stale, HOUR)).isFalse();
        assertThat(leases.release(stale)).isFalse();
        assertThat(values.get("k")).contains("one");
        assertThat(leases.renew(lease, HOUR)).isTrue();
        assertThat(leases.left("updater").orElseThrow()).isBetween(Duration.ofMinutes(50), HOUR);
        assertThat(leases.release(lease)).isTrue();
        assertThat(values.put("k", "released", lease)).isFalse();
        assertThat(leases.left("updater")).isEmpty();
        values.put("k", "two");
        assertThat(values.get("k")).contains("two");
        assertThat(values.get("none")).isEmpty();
        values.put("l", "three");
        assertThat(values.get(List.of("none", "l", "k"))).isEqualTo(Map.of("k", "two", "l", "three"));
    }
}
