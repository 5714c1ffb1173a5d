package io.limpid.server.store;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.server.failpoint.Failpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema's numbered steps, each of which is one transaction.
 *
 * <p>A step that servers of an older version can live with says so in its name, {@code V7__leases_also_for_6.sql}: a server that knows 6 steps
 * serves a database that has 7. The name is kept in the database, in the same transaction as the step.
 */
public final class Migrations {
    private static final String FOLDER = "io/limpid/server/store/migrations";
    private static final String HISTORY = "flyway_schema_history";
    /** Who holds it migrates; "limpid" in ASCII. */
    static final long LOCK = 0x6c696d706964L;

    private static final String WAIT = "30min";
    /** A step by which the database ends each time must not make it end for ever. */
    private static final int MOST_TRIES = 10;

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final Pattern ALSO_FOR = Pattern.compile("(?:^| )also for (\\d{1,9})$");

    private final String folder;

    /** The steps that this version knows. */
    public Migrations() {
        this(FOLDER);
    }

    Migrations(String folder) {
        this.folder = folder;
    }

    /**
     * What became of a schema.
     *
     * @param before its version, 0 when there was none
     * @param after its version now
     * @param applied the names of the steps that were made
     */
    public record Outcome(int before, int after, List<String> applied) {
        public Outcome {
            applied = List.copyOf(applied);
        }
    }

    /**
     * Makes the steps that are missing; of several who try at once one does it and the others wait for it.
     *
     * @throws LimpidException when the schema is newer than this version can serve, or a step fails
     */
    public Outcome migrate(ConnectionSource source) throws LimpidException {
        return migrate(source, MigrationVersion.LATEST);
    }

    /**
     * As {@link #migrate(ConnectionSource)}, but a database that goes away on the way is waited for, and asked again: each step is a transaction.
     *
     * @param bound how long it is waited for at most, null for as long as it takes
     */
    public Outcome migrate(ConnectionSource source, @Nullable Duration bound)
            throws LimpidException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return migrate(source);
            } catch (LimpidException e) {
                SQLException sql = sql(e);
                if (tries == MOST_TRIES || sql == null || DatabaseFailure.of(sql) != DatabaseFailure.GONE) {
                    throw e;
                }
                log.atWarn()
                        .addKeyValue("database", source)
                        .addKeyValue("reason", DatabaseWords.of(sql))
                        .log("the database went away while its schema was looked at; it is asked again");
                DatabaseWait.until(source, bound);
            }
        }
    }

    /** Makes the missing steps up to a version; a schema that is newer stays as it is. */
    Outcome migrateTo(ConnectionSource source, int version) throws LimpidException {
        return migrate(source, MigrationVersion.fromVersion(Integer.toString(version)));
    }

    private Outcome migrate(ConnectionSource source, MigrationVersion target) throws LimpidException {
        try (Connection guard = source.connect()) {
            lock(guard);
            Failpoint.MIGRATION_LOCKED.hit();
            Flyway flyway = flyway(source, target);
            int before = version(guard);
            refuseNewer(guard, known(flyway), source);
            MigrateResult result = flyway.migrate();
            List<String> applied = new ArrayList<>();
            result.migrations.forEach(step -> applied.add(step.version + " " + step.description));
            return new Outcome(before, version(guard), applied);
        } catch (SQLException e) {
            throw failed(source, e);
        } catch (FlywayException e) {
            throw failed(source, e);
        }
    }

    /** The newest step that this version knows. */
    public int known(ConnectionSource source) throws LimpidException {
        try {
            return known(flyway(source, MigrationVersion.LATEST));
        } catch (SQLException | FlywayException e) {
            throw failed(source, e);
        }
    }

    /** The newest step that the database has, 0 when it has none. */
    static int version(Connection connection) throws SQLException {
        if (!hasHistory(connection)) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(max(version::int), 0) FROM " + Database.SCHEMA
                        + "." + HISTORY + " WHERE success AND version IS NOT NULL")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static boolean hasHistory(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT to_regclass('" + Database.SCHEMA + "." + HISTORY + "') IS NOT NULL")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static void lock(Connection guard) throws SQLException {
        try (Statement statement = guard.createStatement()) {
            statement.execute("SET statement_timeout TO 0; SET lock_timeout TO '" + WAIT + "'");
            // Of the session: it ends with the connection, however that ends.
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
        }
    }

    private static int known(Flyway flyway) {
        int newest = 0;
        for (MigrationInfo step : flyway.info().all()) {
            MigrationVersion version = step.getVersion();
            if (version != null && step.getState().isResolved()) {
                newest = Math.max(newest, Integer.parseInt(version.getVersion()));
            }
        }
        return newest;
    }

    private static void refuseNewer(Connection guard, int known, ConnectionSource source)
            throws SQLException, LimpidException {
        if (!hasHistory(guard)) {
            return;
        }
        try (Statement statement = guard.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version::int, description FROM " + Database.SCHEMA + "."
                        + HISTORY + " WHERE success AND version::int > " + known + " ORDER BY installed_rank")) {
            while (rows.next()) {
                Matcher matcher = ALSO_FOR.matcher(rows.getString(2));
                if (!matcher.find() || Integer.parseInt(matcher.group(1)) > known) {
                    throw new LimpidException(
                            ErrorCode.USAGE,
                            "database " + source,
                            "its schema has step " + rows.getInt(1) + " (" + rows.getString(2)
                                    + "), which this version of Limpid cannot work with: it knows steps up to " + known,
                            "start the newer Limpid again, or restore a backup that was made before the upgrade");
                }
            }
        }
    }

    private Flyway flyway(ConnectionSource source, MigrationVersion target) throws SQLException {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source.dataSource())
                .locations("classpath:" + folder)
                .schemas(Database.SCHEMA)
                .defaultSchema(Database.SCHEMA)
                .loggers(Quiet.class.getName())
                .callbacks(new Steps())
                .target(target)
                .createSchemas(true)
                .cleanDisabled(true)
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                // What a newer version did was looked at above.
                .ignoreMigrationPatterns("*:future")
                .load();
    }

    private static LimpidException failed(ConnectionSource source, Exception e) {
        SQLException sql = sql(e);
        LimpidException failure = new LimpidException(
                ErrorCode.IO,
                "database " + source + ": its schema was not brought up to date",
                sql == null ? DatabaseWords.firstLine(e) : DatabaseWords.of(sql),
                sql == null ? null : DatabaseWords.hint(sql));
        failure.initCause(e);
        return failure;
    }

    private static @Nullable SQLException sql(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql;
            }
        }
        return null;
    }

    /** What can end the process while a step is made. */
    private static final class Steps extends BaseCallback {
        private static final Map<Event, Failpoint> POINTS = Map.of(
                Event.CREATE_SCHEMA, Failpoint.MIGRATION_SCHEMA,
                Event.BEFORE_EACH_MIGRATE, Failpoint.MIGRATION_STEP_BEGUN,
                Event.AFTER_EACH_MIGRATE, Failpoint.MIGRATION_STEP_MADE);

        @Override
        public boolean supports(Event event, Context context) {
            return POINTS.containsKey(event);
        }

        @Override
        public void handle(Event event, Context context) {
            Failpoint point = POINTS.get(event);
            if (point != null) {
                point.hit();
            }
        }
    }

    /** Makes Flyway's logs; Flyway creates it by name. */
    public static final class Quiet implements LogCreator {
        @Override
        public Log createLogger(Class<?> type) {
            return new Silence();
        }
    }

    /** Flyway's log: what it has to say is in its result or its exception. */
    private static final class Silence implements Log {
        @Override
        public void debug(String message) {}

        @Override
        public void info(String message) {}

        @Override
        public void warn(String message) {}

        @Override
        public void error(String message) {}

        @Override
        public void error(String message, @Nullable Exception e) {}

        @Override
        public void notice(String message) {}
    }
}
