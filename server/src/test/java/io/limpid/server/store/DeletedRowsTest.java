package io.limpid.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.store.DeletedRows.Swept;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What sweeping leaves when somebody adds a version to a package meanwhile. */
class DeletedRowsTest {
    private static final Namespace NAMESPACE = new Namespace("debian:12", "dpkg");

    @Test
    void aVersionThatIsAddedMeanwhileIsNotAffectedByWhatIsGone() throws Exception {
        try (var fresh = TestDatabases.fresh();
                Connection layer = fresh.source().connect();
                Statement adding = layer.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            VulnerabilityStore store = new VulnerabilityStore(fresh.database(), 0);
            FeatureVersion fix = new FeatureVersion(new Feature(NAMESPACE, "a"), "2");
            store.insert(
                    new Vulnerability(0, NAMESPACE, "V", "", "", ClairSeverity.HIGH, null, List.of(fix), ""), true);
            store.delete(NAMESPACE.name(), "V");
            fresh.database().change(connection -> Rows.update(connection, "DELETE FROM notification"));
            layer.setAutoCommit(false);
            // As who posts a layer with a new version does: the lock, the fixes, and then what they affect.
            adding.execute("SET search_path TO " + Database.SCHEMA);
            adding.execute("SELECT FROM feature FOR NO KEY UPDATE");
            adding.execute("CREATE TEMPORARY TABLE seen AS SELECT id, vulnerability_id, feature_id FROM fixed_in");
            Future<Swept> sweep = threads.submit(() -> new DeletedRows(fresh.database()).sweep(Duration.ZERO));
            Thread.sleep(500);
            adding.execute("INSERT INTO feature_version (feature_id, version) SELECT feature_id, '1' FROM seen");
            adding.execute("INSERT INTO affects SELECT f.id, s.vulnerability_id, s.id FROM seen s, feature_version f");
            layer.commit();
            assertThat(sweep.get()).isEqualTo(new Swept(0, 1, false));
            assertThat(StoreLaws.broken(fresh.source())).isEmpty();
        }
    }
}
