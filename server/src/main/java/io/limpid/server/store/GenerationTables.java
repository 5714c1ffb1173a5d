package io.limpid.server.store;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.VersionFormats;
import io.limpid.server.store.Generation.Detail;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A generation beside what is current, in temporary tables of a session: {@code next}, a row for each vulnerability of a namespace with what stands for all
 * of its content, and {@code fix}, a row for each of their packages.
 */
final class GenerationTables {
    /** A name, version or link has so many characters at most, in Clair's tables and in ours. */
    private static final int NAME = 128;

    /** The mildest first; tables have their places. */
    private static final List<ClairSeverity> SEVERITIES = List.of(ClairSeverity.values());

    private static final String[] TABLES = {
        "CREATE TEMP TABLE incoming (namespace varchar, name varchar, feature varchar, version varchar,"
                + " severity smallint, link varchar, source integer, text bigint)",
        "CREATE TEMP TABLE said (source integer, text bigint, description text)",
        "CREATE TEMP TABLE detail (name varchar, metadata text, severity smallint)",
        "CREATE TEMP TABLE fix (namespace varchar, name varchar, feature varchar, version varchar, highest varchar)",
        "CREATE TEMP TABLE next (namespace varchar, name varchar, description text, link varchar, severity varchar,"
                + " metadata text, content uuid)"
    };
    private static final String FIX = """
        INSERT INTO fix SELECT namespace, name, feature, min(version), max(version)
        FROM incoming WHERE version <> '%s' GROUP BY namespace, name, feature\
        """.formatted(VersionFormats.LOWEST);
    /** Those of which there are several, which only their order can tell apart. */
    private static final String SEVERAL = """
        SELECT DISTINCT f.namespace, f.name, f.feature, i.version FROM fix f
        JOIN incoming i ON i.namespace = f.namespace AND i.name = f.name AND i.feature = f.feature
        WHERE f.version <> f.highest AND i.version <> '%s' ORDER BY f.namespace, f.name, f.feature\
        """.formatted(VersionFormats.LOWEST);

    private static final String CHOOSE = """
        UPDATE fix f SET version = k.version FROM unnest(?, ?, ?, ?) AS k (namespace, name, feature, version)
        WHERE f.namespace = k.namespace AND f.name = k.name AND f.feature = k.feature\
        """;
    /**
     * How bad one is is the worst that is said of it anywhere, as in Clair; of several texts the first in the order of their bytes counts, so that the same
     * documents always give the same content.
     */
    private static final String NEXT = """
        INSERT INTO next
        SELECT h.namespace, h.name, h.description, h.link, h.word, h.metadata,
               md5(concat_ws(E'\\x03', h.description, h.link, h.word, h.metadata, p.packages))::uuid
        FROM (SELECT g.namespace, g.name, coalesce(g.description, '') AS description, g.link, d.metadata,
                     (%s)[1 + CASE WHEN max(g.severity) OVER (PARTITION BY g.name) > 0
                              THEN max(g.severity) OVER (PARTITION BY g.name)
                              ELSE coalesce(d.severity, 0) END] AS word
              FROM (SELECT i.namespace, i.name, max(i.severity) AS severity, min(i.link COLLATE "C") AS link,
                           min(s.description COLLATE "C") AS description
                    FROM incoming i LEFT JOIN said s ON s.source = i.source AND s.text = i.text
                    GROUP BY i.namespace, i.name) g
              LEFT JOIN detail d ON d.name = g.name) h
        JOIN (SELECT namespace, name,
                     string_agg(feature || E'\\x01' || version, E'\\x02' ORDER BY feature COLLATE "C") AS packages
              FROM fix GROUP BY namespace, name) p ON p.namespace = h.namespace AND p.name = h.name\
        """.formatted(SEVERITIES.stream()
            .map(severity -> "'" + severity.text() + "'")
            .collect(Collectors.joining(", ", "ARRAY[", "]")));

    /** What is current of what is known besides, where that is not told: it is the same in each namespace. */
    private static final String DETAILS_BEFORE = """
        INSERT INTO detail SELECT DISTINCT ON (v.name) v.name, v.metadata, array_position(%s, v.severity::text) - 1
        FROM vulnerability v WHERE v.updater = ? AND v.deleted_at IS NULL AND v.metadata IS NOT NULL
          AND NOT EXISTS (SELECT FROM detail d WHERE d.name = v.name) ORDER BY v.name, v.id\
        """.formatted(SEVERITIES.stream()
            .map(severity -> "'" + severity.text() + "'")
            .collect(Collectors.joining(", ", "ARRAY[", "]")));

    private static final int CHOSEN_AT_ONCE = 10_000;
    private static final int FETCHED_AT_ONCE = 10_000;

    private final Connection connection;
    private final String updater;

    GenerationTables(Connection connection, String updater) {
        this.connection = connection;
        this.updater = updater;
    }

    /**
     * Writes a generation.
     *
     * @return how many rows could not be kept because a name in them is too long
     */
    long write(Generation generation) throws SQLException, IOException {
        for (String table : TABLES) {
            execute(table);
        }
        long left = rows(generation);
        execute("ANALYZE incoming (namespace, name, feature, source, text)");
        texts(generation);
        execute("ANALYZE said (source, text)");
        execute(FIX);
        execute("ANALYZE fix (namespace, name, feature)");
        choose(generation);
        details(generation);
        if (generation.lacksDetails()) {
            Rows.update(connection, DETAILS_BEFORE, updater);
        }
        execute("ANALYZE detail (name)");
        execute(NEXT);
        execute("DROP TABLE incoming, said, detail");
        execute("CREATE INDEX ON next (namespace, name)");
        execute("CREATE INDEX ON fix (namespace, name)");
        execute("ANALYZE next (namespace, name), fix (namespace, name, feature)");
        connection.commit();
        return left;
    }

    private long rows(Generation generation) throws SQLException, IOException {
        long[] left = {0};
        try (CopyTable table = new CopyTable(connection, "incoming")) {
            generation.tell(row -> {
                if (isTooLong(row.namespace()) || isTooLong(row.vulnerability()) || isTooLong(row.feature())) {
                    left[0]++;
                } else {
                    write(table, row);
                }
            });
            table.end();
        }
        return left[0];
    }

    /** Of a page that has no room nobody is told; the vulnerability is. Of a version that has none nobody is told that it mends anything. */
    private static void write(CopyTable table, Generation.Row row) throws IOException {
        try {
            table.row(
                    row.namespace(),
                    row.vulnerability(),
                    row.feature(),
                    isTooLong(row.version()) ? VersionFormats.HIGHEST : row.version(),
                    SEVERITIES.indexOf(row.severity()),
                    isTooLong(row.link()) ? "" : row.link(),
                    row.source(),
                    row.text());
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** PostgreSQL counts characters, not halves of pairs. */
    private static boolean isTooLong(String text) {
        return text.length() > NAME && text.codePointCount(0, text.length()) > NAME;
    }

    private void texts(Generation generation) throws SQLException, IOException {
        LongStream.Builder numbers = LongStream.builder();
        List<Integer> sources = new ArrayList<>();
        long[] counts = new long[1];
        List<Long> ends = new ArrayList<>();
        each("SELECT DISTINCT source, text FROM incoming WHERE text <> 0 ORDER BY source, text", row -> {
            if (sources.isEmpty() || sources.getLast() != row.getInt(1)) {
                sources.add(row.getInt(1));
                ends.add(0L);
            }
            numbers.add(row.getLong(2));
            counts[0]++;
            ends.set(ends.size() - 1, counts[0]);
        });
        long[] all = numbers.build().toArray();
        try (CopyTable table = new CopyTable(connection, "said")) {
            int at = 0;
            for (int i = 0; i < sources.size(); i++) {
                for (; at < ends.get(i); at++) {
                    table.row(sources.get(i), all[at], generation.description(sources.get(i), all[at]));
                }
            }
            table.end();
        }
    }

    private void details(Generation generation) throws SQLException {
        List<String> names = new ArrayList<>();
        each("SELECT name FROM fix GROUP BY name ORDER BY name COLLATE \"C\"", row -> names.add(row.getString(1)));
        try (CopyTable table = new CopyTable(connection, "detail")) {
            for (String name : names) {
                Detail detail = generation.detail(name);
                if (detail != null) {
                    table.row(name, detail.metadata(), SEVERITIES.indexOf(detail.severity()));
                }
            }
            table.end();
        }
    }

    private record Fix(String namespace, String name, String feature) {}

    private void choose(Generation generation) throws SQLException {
        List<Fix> fixes = new ArrayList<>();
        List<String> highest = new ArrayList<>();
        each(SEVERAL, row -> {
            Fix fix = new Fix(row.getString(1), row.getString(2), row.getString(3));
            String version = row.getString(4);
            if (fixes.isEmpty() || !fixes.getLast().equals(fix)) {
                fixes.add(fix);
                highest.add(version);
            } else if (isHigher(generation.versionFormat(fix.namespace()), version, highest.getLast())) {
                highest.set(highest.size() - 1, version);
            }
        });
        for (int at = 0; at < fixes.size(); at += CHOSEN_AT_ONCE) {
            int end = Math.min(fixes.size(), at + CHOSEN_AT_ONCE);
            List<Fix> chosen = fixes.subList(at, end);
            Rows.update(
                    connection,
                    CHOOSE,
                    chosen.stream().map(Fix::namespace).toArray(String[]::new),
                    chosen.stream().map(Fix::name).toArray(String[]::new),
                    chosen.stream().map(Fix::feature).toArray(String[]::new),
                    highest.subList(at, end).toArray(String[]::new));
        }
    }

    /** A version that is none is after all others: before it is what cannot be told to be without the vulnerability. */
    private static boolean isHigher(String format, String version, String other) {
        try {
            return VersionFormats.compare(format, version, other) > 0;
        } catch (ClairException _) {
            return VersionFormats.isValid(format, other);
        }
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    /** Reads rows in pieces. */
    private void each(String sql, Reader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
