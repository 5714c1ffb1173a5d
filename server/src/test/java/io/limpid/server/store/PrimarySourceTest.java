package io.limpid.server.store;

import static io.limpid.server.store.DatabaseTest.execute;
import static io.limpid.server.store.DatabaseTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.testing.FreePort;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which of several servers is asked, seen by a role that may do no more than connect. */
class PrimarySourceTest {
    private static final String ROLE = "nobody_special";
    private static final String PORT = "SELECT current_setting('port')";

    @Test
    void theOnePromotedLastIsAskedAlsoWhenAnotherHangsOrGoesOn() throws Exception {
        try (StandbyPair pair = StandbyPair.start()) {
            TestCluster old = pair.primary();
            try (Connection connection = old.source("postgres").connect()) {
                execute(connection, "CREATE ROLE " + ROLE + " LOGIN");
            }
            ConnectionSource source = role(ConnectionSource.parse(pair.source()).servers());
            try (PrimarySource lasting = new PrimarySource(source)) {
                assertThat(port(source)).isEqualTo(old.port());
                Connection kept = lasting.getConnection();
                old.freeze();
                pair.promote();
                assertThat(port(source)).isNotEqualTo(old.port());
                old.thaw();
                // Who knows nothing yet, and who knows the old one only.
                assertThat(port(source)).isNotEqualTo(old.port());
                assertThat(lasting.switches()).isZero();
                lasting.watch();
                while (!kept.isClosed()) {
                    Thread.sleep(10);
                }
                assertThat(lasting.switches()).isEqualTo(1);
                try (Connection connection = lasting.getConnection()) {
                    assertThat(query(connection, PORT)).isNotEqualTo("" + old.port());
                }
            }
        }
    }

    @Test
    void withoutAPrimaryTheDatabaseIsGone() throws Exception {
        TestCluster cluster = TestDatabases.cluster(TestDatabases.chosen());
        ConnectionSource.Server real = cluster.source("postgres").servers().getFirst();
        List<ConnectionSource.Server> servers =
                List.of(new ConnectionSource.Server("127.0.0.1", FreePort.next()), real);
        ConnectionSource source =
                new ConnectionSource(servers, "postgres", "limpid", null, new TreeMap<>(), new TreeMap<>());
        ConnectionSource primary = source.withProperty("targetServerType", "primary");
        assertThat(port(primary)).isEqualTo(cluster.port());
        ConnectionSource readOnly = primary.withProperty("options", "-c default_transaction_read_only=on");
        assertThatThrownBy(readOnly::connect)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(DatabaseFailure.of(e)).isEqualTo(DatabaseFailure.GONE));
    }

    /** Without synchronous replication rows are lost; ids that a server remembers of them are another row's one day. */
    @Test
    void whatIsRememberedOfAPrimaryIsForgottenWithIt() throws Exception {
        try (StandbyPair pair = StandbyPair.start()) {
            ConnectionSource source = ConnectionSource.parse(pair.source());
            new Migrations().migrate(source);
            try (Database database = Database.open(source, Database.Settings.DEFAULT)) {
                VulnerabilityStore store = new VulnerabilityStore(database, 100);
                store.insert(Stored.vulnerability("kept", Stored.fix("a", "1")), true);
                pair.separate();
                store.insert(Stored.vulnerability("lost", Stored.fix("b", "1")), true);
                pair.primary().crash();
                pair.promote();
                store.insert(Stored.vulnerability("next", Stored.fix("b", "2")), true);
                assertThat(store.find("debian:12", "kept")).isPresent();
                assertThat(store.find("debian:12", "lost")).isEmpty();
                assertThat(store.find("debian:12", "next").orElseThrow().fixedIn())
                        .singleElement()
                        .satisfies(fix -> assertThat(fix.feature().name()).isEqualTo("b"));
                assertThat(StoreLaws.broken(source)).isEmpty();
            }
        }
    }

    private static ConnectionSource role(List<ConnectionSource.Server> servers) {
        return new ConnectionSource(servers, "postgres", ROLE, null, new TreeMap<>(), new TreeMap<>())
                .withProperty("targetServerType", "primary");
    }

    private static int port(ConnectionSource source) throws Exception {
        try (Connection connection = source.connect()) {
            return Integer.parseInt(query(connection, PORT));
        }
    }
}
