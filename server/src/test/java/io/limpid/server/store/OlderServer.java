package io.limpid.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server of an older version of the schema does to a database, by the statements that one was seen to make: {@code versions/as-version-N.sql}. */
public final class OlderServer {
    /** Of {@link VulnerabilityStore}, for the namespace of the statements. */
    private static final int NAMESPACE = "debian:12".hashCode();

    private static final Pattern NAME = Pattern.compile("(?<!:):([a-z]+)");
    private static final Pattern ANSWER = Pattern.compile("([a-z]+)=([0-9])");

    private final List<String> parts;

    private OlderServer(List<String> parts) {
        this.parts = parts;
    }

    /** One that knows so many steps. */
    public static OlderServer of(int version) throws IOException {
        String name = "versions/as-version-" + version + ".sql";
        try (InputStream in = OlderServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing: what the server before the last step says to its database;"
                        + " see docs/schema.md");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new OlderServer(List.of(text.split("\n\n")));
        }
    }

    /** Posts, changes, deletes, tells and reads, each thing of a name with the number of the round. */
    public void round(ConnectionSource source, int round) throws SQLException {
        Map<String, String> values = new HashMap<>();
        values.put("round", Integer.toString(round));
        values.put("lockold", Integer.toString(31 * NAMESPACE + ("old-V" + round).hashCode()));
        values.put("locknew", Integer.toString(31 * NAMESPACE + ("new-V" + round).hashCode()));
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + Database.SCHEMA);
            connection.setAutoCommit(false);
            for (String part : parts) {
                transaction(connection, part, values);
            }
        }
    }

    private static void transaction(Connection connection, String part, Map<String, String> values)
            throws SQLException {
        while (true) {
            try {
                for (String statement : statements(part)) {
                    make(connection, statement, values);
                }
                connection.commit();
                return;
            } catch (SQLException e) {
                connection.rollback();
                // As a server does.
                if (DatabaseFailure.of(e) != DatabaseFailure.CONFLICT) {
                    throw new SQLException(part.lines().findFirst().orElse("") + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** Each with what is to be kept of its answer below it. */
    private static List<String> statements(String part) {
        List<String> statements = new ArrayList<>();
        StringBuilder now = new StringBuilder();
        for (String line : part.lines().toList()) {
            if (line.startsWith("-->")) {
                statements.addLast(statements.removeLast() + line);
            } else if (!line.startsWith("--")) {
                now.append(line).append('\n');
                if (line.endsWith(";")) {
                    statements.add(now.toString());
                    now.setLength(0);
                }
            }
        }
        return statements;
    }

    private static void make(Connection connection, String text, Map<String, String> values) throws SQLException {
        int end = text.indexOf("-->");
        String sql = NAME.matcher(end < 0 ? text : text.substring(0, end))
                .replaceAll(name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), name.group())));
        Map<String, List<String>> columns = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                ResultSetMetaData about = rows.getMetaData();
                while (rows.next()) {
                    for (int i = 1; i <= about.getColumnCount(); i++) {
                        columns.computeIfAbsent(Integer.toString(i), _ -> new ArrayList<>())
                                .add(String.valueOf(rows.getString(i)));
                    }
                }
            }
        }
        if (end >= 0) {
            ANSWER.matcher(text.substring(end))
                    .results()
                    .forEach(answer -> values.put(
                            answer.group(1), String.join(",", columns.getOrDefault(answer.group(2), List.of()))));
        }
    }
}
