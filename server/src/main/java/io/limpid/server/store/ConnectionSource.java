package io.limpid.server.store;

import io.limpid.model.LimpidException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a PostgreSQL is and as whom it is asked.
 *
 * @param servers in the order in which they are tried
 * @param properties what else the driver is told, by its own names
 * @param settings what is set for each session, by PostgreSQL's names
 */
public record ConnectionSource(
        List<Server> servers,
        String database,
        String user,
        @Nullable String password,
        SortedMap<String, String> properties,
        SortedMap<String, String> settings) {
    private static final int PORT = 5432;
    private static final String TARGET = "targetServerType";
    private static final String PRIMARY = "primary";
    private static final Path SOCKETS = Path.of("/var/run/postgresql");
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("PGHOST", "host"),
            Map.entry("PGHOSTADDR", "hostaddr"),
            Map.entry("PGPORT", "port"),
            Map.entry("PGDATABASE", "dbname"),
            Map.entry("PGUSER", "user"),
            Map.entry("PGPASSWORD", "password"),
            Map.entry("PGPASSFILE", "passfile"),
            Map.entry("PGAPPNAME", "application_name"),
            Map.entry("PGCONNECT_TIMEOUT", "connect_timeout"),
            Map.entry("PGOPTIONS", "options"),
            Map.entry("PGSSLMODE", "sslmode"),
            Map.entry("PGSSLROOTCERT", "sslrootcert"),
            Map.entry("PGSSLCERT", "sslcert"),
            Map.entry("PGSSLKEY", "sslkey"),
            Map.entry("PGSSLNEGOTIATION", "sslnegotiation"),
            Map.entry("PGCHANNELBINDING", "channel_binding"),
            Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"));

    /** A host's name or address, or the folder of its socket, and its port. */
    public record Server(String host, int port) {
        /** Whether the host is a folder of sockets. */
        public boolean isSocket() {
            return host.startsWith("/");
        }

        Path socket() {
            return Path.of(host, ".s.PGSQL." + port);
        }
    }

    public ConnectionSource {
        servers = List.copyOf(servers);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no server");
        }
    }

    /** A server that listens on TCP. */
    public static ConnectionSource tcp(String host, int port, String database, String user, @Nullable String password) {
        return new ConnectionSource(
                List.of(new Server(host, port)), database, user, password, new TreeMap<>(), new TreeMap<>());
    }

    /** A server that listens on a socket in a folder. */
    public static ConnectionSource socket(
            Path folder, int port, String database, String user, @Nullable String password) {
        SortedMap<String, String> properties = new TreeMap<>();
        List<Server> servers = List.of(new Server(folder.toString(), port));
        return new ConnectionSource(servers, database, user, password, properties, new TreeMap<>());
    }

    /** What a connection string of libpq says, in either of its forms, with the environment's and the password file's additions. */
    public static ConnectionSource parse(String text) throws LimpidException {
        return parse(text, System.getenv(), Path.of(System.getProperty("user.home", "/")));
    }

    static ConnectionSource parse(String text, Map<String, String> environment, Path home) throws LimpidException {
        Map<String, String> values = new HashMap<>();
        ENVIRONMENT.forEach((name, key) -> {
            String value = environment.get(name);
            if (value != null && !value.isEmpty()) {
                values.put(key, value);
            }
        });
        SourceText.parse(text).forEach((key, value) -> {
            // As in libpq, an empty value is none.
            if (!value.isEmpty()) {
                values.put(key, value);
            }
        });
        List<Server> servers = servers(values);
        String user = values.getOrDefault("user", System.getProperty("user.name", "postgres"));
        String database = values.getOrDefault("dbname", user);
        String password = values.get("password");
        if (password == null) {
            Path file = values.containsKey("passfile") ? Path.of(values.get("passfile")) : home.resolve(".pgpass");
            Server first = servers.getFirst();
            String host = first.isSocket() && Path.of(first.host()).equals(SOCKETS) ? "localhost" : first.host();
            password = PasswordFile.find(file, host, first.port(), database, user);
        }
        SortedMap<String, String> properties = SourceKeys.driver(values);
        if (values.containsKey("hostaddr") && "verify-full".equals(properties.get("sslmode"))) {
            throw SourceText.wrong("hostaddr does not go with sslmode=verify-full here", "leave out hostaddr");
        }
        if (servers.size() > 1) {
            // Whoever takes any server that answers writes to a standby one day.
            properties.putIfAbsent(TARGET, PRIMARY);
        }
        return new ConnectionSource(servers, database, user, password, properties, SourceKeys.settings(values));
    }

    private static List<Server> servers(Map<String, String> values) throws LimpidException {
        String hosts = values.getOrDefault("hostaddr", values.get("host"));
        if (hosts == null) {
            hosts = Files.isDirectory(SOCKETS) ? SOCKETS.toString() : "localhost";
        }
        String[] names = hosts.split(",", -1);
        String[] ports = values.getOrDefault("port", "").split(",", -1);
        if (ports.length != 1 && ports.length != names.length) {
            throw SourceText.wrong("it names " + names.length + " hosts and " + ports.length + " ports", null);
        }
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            String name = names[i].isEmpty() ? "localhost" : names[i];
            if (name.startsWith("@") || !name.matches("/.*|[A-Za-z0-9._:%-]+")) {
                throw SourceText.wrong(
                        "its host is no name, address or folder",
                        "an @, / or : in a password is written %40, %2F or %3A in a URL");
            }
            servers.add(new Server(name, port(ports[ports.length == 1 ? 0 : i])));
        }
        if (servers.size() > 1 && servers.stream().anyMatch(Server::isSocket)) {
            throw SourceText.wrong("a folder of sockets can only be the only host", null);
        }
        return servers;
    }

    private static int port(String text) throws LimpidException {
        if (text.isEmpty()) {
            return PORT;
        }
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw SourceText.wrong("its port is no number from 1 to 65535", null);
        }
        return port;
    }

    /** The same servers and user, another database. */
    public ConnectionSource withDatabase(String other) {
        return new ConnectionSource(servers, other, user, password, properties, settings);
    }

    /** The same with one more word to the driver. */
    public ConnectionSource withProperty(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(properties);
        more.put(name, value);
        return new ConnectionSource(servers, database, user, password, more, settings);
    }

    /** One connection of its own, outside of any pool and without the limits of one. */
    public Connection connect() throws SQLException {
        Connection connection = dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            for (var setting : settings.entrySet()) {
                statement.execute(set(setting));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** What sets one of the settings. */
    static String set(Map.Entry<String, String> setting) {
        return "SET " + setting.getKey() + " TO '" + setting.getValue().replace("'", "''") + "'";
    }

    /** Whether it is for the primary among several servers. */
    boolean isForPrimary() {
        return servers.size() > 1 && PRIMARY.equals(properties.get(TARGET));
    }

    /** The same for one of the servers, whatever that one is. */
    ConnectionSource only(int server) {
        SortedMap<String, String> rest = new TreeMap<>(properties);
        rest.remove(TARGET);
        return new ConnectionSource(List.of(servers.get(server)), database, user, password, rest, settings);
    }

    DataSource dataSource() throws SQLException {
        return isForPrimary() ? new PrimarySource(this) : ofDriver();
    }

    /** As the driver looks for a server. */
    PGSimpleDataSource ofDriver() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        Server first = servers.getFirst();
        if (first.isSocket()) {
            source.setServerNames(new String[] {"localhost"});
            source.setSocketFactory(UnixSocketFactory.class.getName());
            source.setSocketFactoryArg(first.socket().toString());
            // There is nobody between: libpq does not encrypt a socket either.
            source.setSslMode("disable");
            source.setGssEncMode("disable");
        } else {
            source.setServerNames(servers.stream().map(Server::host).toArray(String[]::new));
        }
        source.setPortNumbers(servers.stream().mapToInt(Server::port).toArray());
        source.setDatabaseName(database);
        source.setUser(user);
        if (password != null) {
            source.setPassword(password);
        }
        source.setApplicationName("limpid");
        source.setConnectTimeout(10);
        source.setTcpKeepAlive(true);
        for (var property : properties.entrySet()) {
            if (!first.isSocket() || !property.getKey().startsWith("ssl")) {
                source.setProperty(property.getKey(), property.getValue());
            }
        }
        return source;
    }

    /** For people: user, servers and database, never the password. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        for (Server server : servers) {
            String host = server.host();
            // As a folder and an IPv6 address stand in a URL.
            String written =
                    server.isSocket() ? host.replace("/", "%2F") : host.contains(":") ? "[" + host + "]" : host;
            names.add(written + ":" + server.port());
        }
        return "postgresql://" + user + "@" + String.join(",", names) + "/" + database;
    }
}
