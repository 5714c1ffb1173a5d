package io.limpid.server.store;

import static io.limpid.server.store.DatabaseTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limpid.model.LimpidException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connection strings as libpq reads them, and as psql does where it is installed. */
class ConnectionSourceTest {
    private static final String SECRET = "s3cr3t";

    @TempDir
    private Path home;

    static Stream<Arguments> forms() {
        return Stream.of(
                arguments("postgresql://u:s3cr3t@h:1/d", "postgresql://u@h:1/d", SECRET, "{}"),
                arguments("postgres://u@h/d", "postgresql://u@h:5432/d", null, "{}"),
                arguments("postgresql://u@h", "postgresql://u@h:5432/u", null, "{}"),
                arguments("postgresql://u:a%40b%2F%25+c@h/d%20e", "postgresql://u@h:5432/d e", "a@b/%+c", "{}"),
                arguments("postgresql://u@[::1]:7/d", "postgresql://u@[::1]:7/d", null, "{}"),
                arguments("postgresql://u@[::1]/d", "postgresql://u@[::1]:5432/d", null, "{}"),
                arguments(
                        "postgresql://u@a:1,b:2,c/d",
                        "postgresql://u@a:1,b:2,c:5432/d",
                        null,
                        "{targetServerType=primary}"),
                arguments("postgresql://u@%2Frun%2Fpg/d", "postgresql://u@%2Frun%2Fpg:5432/d", null, "{}"),
                arguments("postgresql:///d?host=/run/pg&port=7&user=u", "postgresql://u@%2Frun%2Fpg:7/d", null, "{}"),
                arguments("postgresql://u@h/d?password=s3cr3t", "postgresql://u@h:5432/d", SECRET, "{}"),
                arguments("postgresql://u@h/d?sslmode=disable", "postgresql://u@h:5432/d", null, "{sslmode=disable}"),
                arguments("postgresql://u@h/d?ssl=true", "postgresql://u@h:5432/d", null, "{sslmode=require}"),
                arguments(
                        "postgresql://u@h/d?sslmode=require&sslrootcert=/r&sslcert=/c&sslkey=/k",
                        "postgresql://u@h:5432/d",
                        null,
                        "{sslcert=/c, sslkey=/k, sslmode=verify-ca, sslrootcert=/r}"),
                arguments(
                        "host=h user=u dbname=d sslrootcert=system",
                        "postgresql://u@h:5432/d",
                        null,
                        "{sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory, sslmode=verify-full}"),
                arguments("host=h port=1 user=u password=s3cr3t dbname=d", "postgresql://u@h:1/d", SECRET, "{}"),
                arguments("host = h\tuser\n= u dbname =d", "postgresql://u@h:5432/d", null, "{}"),
                arguments("host=h user=u password='a \\'b\\\\' dbname=d", "postgresql://u@h:5432/d", "a 'b\\", "{}"),
                arguments("host=h user=u password=a\\ b dbname=d", "postgresql://u@h:5432/d", "a b", "{}"),
                arguments("host=h user=u password='' dbname=d", "postgresql://u@h:5432/d", null, "{}"),
                arguments(
                        "host=a,b port=1,2 user=u dbname=d",
                        "postgresql://u@a:1,b:2/d",
                        null,
                        "{targetServerType=primary}"),
                arguments(
                        "host=a,b port=9 user=u dbname=d",
                        "postgresql://u@a:9,b:9/d",
                        null,
                        "{targetServerType=primary}"),
                arguments("host=a host=b user=u dbname=d", "postgresql://u@b:5432/d", null, "{}"),
                arguments("host=h hostaddr=127.0.0.1 user=u dbname=d", "postgresql://u@127.0.0.1:5432/d", null, "{}"),
                arguments(
                        "host=h user=u connect_timeout=3 application_name='my scanner' keepalives=0",
                        "postgresql://u@h:5432/u",
                        null,
                        "{ApplicationName=my scanner, connectTimeout=3, tcpKeepAlive=false}"),
                arguments(
                        "host=a,b user=u target_session_attrs=read-write load_balance_hosts=random",
                        "postgresql://u@a:5432,b:5432/u",
                        null,
                        "{loadBalanceHosts=true, targetServerType=primary}"),
                arguments(
                        "postgresql://u@a,b/d?target_session_attrs=any",
                        "postgresql://u@a:5432,b:5432/d",
                        null,
                        "{targetServerType=any}"),
                arguments(
                        "postgresql://u@a:1,b/d?target_session_attrs=primary",
                        "postgresql://u@a:1,b:5432/d",
                        null,
                        "{targetServerType=primary}"),
                arguments(
                        "host=localhost port=5432 user=postgres sslmode=disable statement_timeout=60000",
                        "postgresql://postgres@localhost:5432/postgres",
                        null,
                        "{sslmode=disable}"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isReadAsLibpqReadsIt(String text, String shown, @Nullable String password, String properties)
            throws Exception {
        ConnectionSource source = ConnectionSource.parse(text, Map.of(), home);
        assertThat(source).hasToString(shown);
        assertThat(source.password()).isEqualTo(password);
        assertThat(source.properties()).hasToString(properties);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("hosst=h", "unknown key: hosst (did you mean host?)"),
                arguments("host=h sslmod=require", "unknown key: sslmod (did you mean sslmode"),
                arguments("host=h sslmode=requre", "unknown sslmode: requre (did you mean require?)"),
                arguments("host=h user=u password=my s3cr3t dbname=d", "a word after the value of password has no ="),
                arguments("host=h password=my s3cr3t=x", "what follows the value of password is no key"),
                arguments("host=h password='s3cr3t", "the quoted value of password does not end"),
                arguments("s3cr3t", "its first word has no ="),
                arguments("postgresql://u:p%s3cr3t@h/d", "a % in it is not followed by two hexadecimal digits"),
                arguments("postgresql://u:s3cr3t/x@h/d", "its port is no number from 1 to 65535"),
                arguments("postgresql://u:a?s3cr3t@h/d", "a parameter after ? has no ="),
                arguments("postgresql://u@[::1/d", "an IPv6 address in brackets is not closed"),
                arguments("postgresql://u@h:70000/d", "its port is no number"),
                arguments("host=a,b,c port=1,2", "it names 3 hosts and 2 ports"),
                arguments("host=/run/pg,b", "a folder of sockets can only be the only host"),
                arguments("host=h connect_timeout=soon", "connect_timeout is no number"),
                arguments("host=h sslcrl=/x", "key sslcrl is not supported"),
                arguments("jdbc:postgresql://h/d?password=s3cr3t", "it is a JDBC address"),
                arguments("host=h target_session_attrs=readwrite", "did you mean read-write"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaidWithoutThePassword(String text, String reason) {
        assertThatThrownBy(() -> ConnectionSource.parse(text, Map.of(), home))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.reason()).contains(reason);
                    assertThat(e.what() + e.reason() + e.hint()).doesNotContain(SECRET);
                    assertThat(e.getCause()).isNull();
                });
    }

    @Test
    void theEnvironmentFillsWhatTheStringLeavesOpen() throws Exception {
        Map<String, String> environment = Map.of(
                "PGHOST",
                "e",
                "PGPORT",
                "6",
                "PGUSER",
                "eu",
                "PGDATABASE",
                "ed",
                "PGPASSWORD",
                SECRET,
                "PGSSLMODE",
                "verify-ca");
        ConnectionSource source = ConnectionSource.parse("user=u", environment, home);
        assertThat(source).hasToString("postgresql://u@e:6/ed");
        assertThat(source.password()).isEqualTo(SECRET);
        assertThat(source.properties()).containsEntry("sslmode", "verify-ca");
        assertThat(source.toString()).doesNotContain(SECRET);
    }

    @Test
    void passwordsAreFoundInTheirFileWhenNobodyElseCanReadIt() throws Exception {
        Path file = Files.writeString(
                home.resolve(".pgpass"), "# mine\nh:1:d:u:first\n*:*:d\\:e:*:with\\:colon\nlocalhost:5432:*:u:local\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(password("host=h port=1 user=u dbname=d")).isEqualTo("first");
        assertThat(password("host=x user=u dbname=d:e")).isEqualTo("with:colon");
        assertThat(password("host=/var/run/postgresql user=u dbname=z")).isEqualTo("local");
        assertThat(password("host=h port=2 user=u dbname=d")).isNull();
        assertThat(password("host=h port=1 user=u dbname=d password=own")).isEqualTo("own");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(password("host=h port=1 user=u dbname=d")).isNull();
    }

    private @Nullable String password(String text) throws LimpidException {
        return ConnectionSource.parse(text, Map.of(), home).password();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host=127.0.0.1 port=PORT user=limpid dbname=DB",
                "host=localhost hostaddr=127.0.0.1 port=PORT user=limpid dbname='DB' connect_timeout=5",
                "postgresql://limpid@127.0.0.1:PORT/DB",
                "postgresql://limpid:any@127.0.0.1:PORT/DB?application_name=x%20y",
                "postgresql://127.0.0.1:PORT/DB?user=limpid",
                "postgresql:///DB?host=SOCKETS&port=PORT&user=limpid",
                "host=SOCKETS port=PORT user=limpid dbname=DB",
                "postgresql://127.0.0.1:1,127.0.0.1:PORT/DB?user=limpid",
                "postgresql://limpid@127.0.0.1:PORT/DB?sslmode=disable&target_session_attrs=read-write"
            })
    void connectsAsPsqlDoes(String form) throws Exception {
        try (var fresh = TestDatabases.fresh()) {
            TestCluster cluster = TestDatabases.cluster(TestDatabases.chosen());
            Assumptions.assumeTrue(
                    !form.contains("SOCKETS") || Files.exists(cluster.sockets().resolve(".s.PGSQL." + cluster.port())),
                    "skipped: the path of this folder is too long for a socket");
            String text = form.replace("PORT", "" + cluster.port())
                    .replace("DB", fresh.source().database())
                    .replace("SOCKETS", cluster.sockets().toString());
            String sql = "SELECT current_user || ' ' || current_database() || ' ' || coalesce(host(inet_server_addr()),"
                    + " 'socket') || ' ' || current_setting('port')";
            String found;
            try (Connection connection =
                    ConnectionSource.parse(text, Map.of(), home).connect()) {
                found = query(connection, sql);
            }
            assertThat(found)
                    .isEqualTo("limpid " + fresh.source().database() + " "
                            + (form.contains("SOCKETS") ? "socket" : "127.0.0.1") + " " + cluster.port());
            if (Files.isExecutable(Path.of("/usr/bin/psql"))) {
                Process psql = new ProcessBuilder("/usr/bin/psql", text, "-XAtc", sql)
                        .redirectErrorStream(true)
                        .start();
                String said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(said.strip()).endsWith(found);
            }
        }
    }
}
