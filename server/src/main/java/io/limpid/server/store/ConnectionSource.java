package io.limpid.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a PostgreSQL is and as whom it is asked.
 *
 * @param servers in the order in which they are tried
 * @param properties what else the driver is told, by its own names
 */
public record ConnectionSource(
        List<Server> servers,
        String database,
        String user,
        @Nullable String password,
        SortedMap<String, String> properties) {

    /** A host's name or address, and its port. */
    public record Server(String host, int port) {}

    public ConnectionSource {
        servers = List.copyOf(servers);
        properties = new TreeMap<>(properties);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no server");
        }
    }

    /** A server that listens on TCP. */
    public static ConnectionSource tcp(String host, int port, String database, String user, @Nullable String password) {
        return new ConnectionSource(List.of(new Server(host, port)), database, user, password, new TreeMap<>());
    }

    /** The same servers and user, another database. */
    public ConnectionSource withDatabase(String other) {
        return new ConnectionSource(servers, other, user, password, properties);
    }

    /** The same with one more word to the driver. */
    public ConnectionSource withProperty(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(properties);
        more.put(name, value);
        return new ConnectionSource(servers, database, user, password, more);
    }

    /** One connection of its own, outside of any pool and without the limits of one. */
    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    PGSimpleDataSource dataSource() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(servers.stream().map(Server::host).toArray(String[]::new));
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
            source.setProperty(property.getKey(), property.getValue());
        }
        return source;
    }

    /** For people: user, servers and database, never the password. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        for (Server server : servers) {
            names.add(
                    server.host().contains(":")
                            ? "[" + server.host() + "]:" + server.port()
                            : server.host() + ":" + server.port());
        }
        return "postgresql://" + user + "@" + String.join(",", names) + "/" + database;
    }
}
