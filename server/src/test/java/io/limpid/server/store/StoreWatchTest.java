package io.limpid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the database is told by the names that Clair's metrics have. */
class StoreWatchTest {
    private static final Namespace DEBIAN = new Namespace("debian:8", "dpkg");

    private final List<String> told = new ArrayList<>();
    private final AtomicInteger locks = new AtomicInteger();
    private final TestDatabases.Fresh fresh = TestDatabases.fresh();

    StoreWatchTest() throws Exception {}

    /** What is told, as words. */
    private final class Words implements StoreWatch {
        @Override
        public void asked(Question question, long nanos) {
            assertThat(nanos).isPositive();
            told.add(question.name() + " " + question.part());
        }

        @Override
        public void failed(Question question) {
            told.add("failed: " + question.name());
        }

        @Override
        public void remembered(String object, boolean isHit) {
            told.add((isHit ? "knew a " : "looked for a ") + object);
        }

        @Override
        public void locking(int more) {
            locks.addAndGet(more);
            if (more > 0) {
                told.add("locks");
            }
        }
    }

    @BeforeEach
    void watch() {
        fresh.database().watchedBy(new Words());
    }

    @AfterEach
    void close() throws Exception {
        fresh.close();
    }

    @Test
    void layers() throws ClairException {
        LayerStore layers = new LayerStore(fresh.database(), 100);
        layers.insert(layer("a"));
        assertThat(told)
                .containsExactly(
                        "looked for a namespace",
                        "insertNamespace all",
                        "looked for a feature",
                        "insertFeature all",
                        "looked for a featureversion",
                        "locks",
                        "insertFeatureVersion lock",
                        "insertFeatureVersion all",
                        "InsertLayer all");
        told.clear();
        layers.insert(layer("b"));
        assertThat(told)
                .containsExactly(
                        "knew a namespace",
                        "insertNamespace all",
                        "knew a feature",
                        "insertFeature all",
                        "knew a featureversion",
                        "InsertLayer all");
        told.clear();
        layers.find("a", LayerStore.Depth.LAYER);
        layers.find("a", LayerStore.Depth.FEATURES);
        layers.find("a", LayerStore.Depth.VULNERABILITIES);
        layers.delete("a");
        assertThat(told)
                .containsExactly(
                        "FindLayer all",
                        "FindLayer all/features",
                        "FindLayer all/features+vulnerabilities",
                        "DeleteLayer all");
        assertThat(locks).hasValue(0);
    }

    @Test
    void vulnerabilities() throws ClairException {
        VulnerabilityStore store = new VulnerabilityStore(fresh.database(), 100);
        store.insert(vulnerability("CVE-1"), true);
        assertThat(told)
                .contains("locks", "insertVulnerability lock", "insertFeature all")
                .last()
                .isEqualTo("insertVulnerability all");
        told.clear();
        store.namespaces();
        store.list("debian:8", 1, 0);
        store.find("debian:8", "CVE-1");
        store.delete("debian:8", "CVE-1");
        assertThat(told)
                .containsExactly(
                        "ListNamespaces all",
                        "listVulnerabilities all",
                        "findVulnerability all",
                        "DeleteVulnerability all");
        assertThat(locks).hasValue(0);
    }

    @Test
    void failures() {
        VulnerabilityStore store = new VulnerabilityStore(fresh.database(), 100);
        assertThatThrownBy(() -> store.insert(vulnerability("n".repeat(129)), true))
                .isInstanceOf(ClairException.class);
        assertThat(told).contains("failed: insertVulnerability", "insertVulnerability all");
        told.clear();
        assertThatThrownBy(() -> store.list("none", 1, 0)).isInstanceOf(ClairException.class);
        assertThat(told).as("what is not there is no failure").containsExactly("listVulnerabilities all");
        assertThat(locks).hasValue(0);
    }

    private static IndexedLayer layer(String name) {
        return new IndexedLayer(
                name, IndexedLayer.ENGINE, null, DEBIAN, List.of(new LayerFeature(openssl(), name, List.of())));
    }

    private static Vulnerability vulnerability(String name) {
        return new Vulnerability(0, DEBIAN, name, "", "", ClairSeverity.LOW, null, List.of(openssl()), "");
    }

    private static FeatureVersion openssl() {
        return new FeatureVersion(new Feature(DEBIAN, "openssl"), "1.0");
    }
}
