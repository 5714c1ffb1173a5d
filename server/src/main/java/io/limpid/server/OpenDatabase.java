package io.limpid.server;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.ServerFolder;
import io.limpid.server.clair.ClairException;
import io.limpid.server.config.DatabaseSettings;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.DatabaseWait;
import io.limpid.server.store.embedded.EmbeddedPostgres;
import io.limpid.server.store.embedded.ServedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that the configuration names, or the server's own: started, and then it ends with this, or that of a server that runs.
 *
 * @param own null when it is somebody else's
 */
record OpenDatabase(
        ConnectionSource source, Kind kind, @Nullable EmbeddedPostgres own) implements AutoCloseable {
    private static final String DATABASE = "database";
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Whose it is. */
    enum Kind {
        NAMED("the one in database.options.source"),
        STARTED("the server's own, started for this: no server runs it"),
        SERVED("the server's own, run by a server");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** In words. */
        String text() {
            return text;
        }
    }

    /** The folder in which the server keeps its own things. */
    static DataFolder folder(DatabaseSettings settings) {
        Path named = settings.dataFolder();
        return new DataFolder(named == null ? ServerFolder.usual(System.getenv()) : named);
    }

    /**
     * Opens it for oneself, and waits until it answers; the server's own must not be in use.
     *
     * @param patience how long at most; null for as long as it takes
     */
    static OpenDatabase open(DatabaseSettings settings, @Nullable Duration patience)
            throws IOException, InterruptedException {
        String text = settings.source();
        return text == null
                ? started(EmbeddedPostgres.start(path(settings)), patience)
                : named(ConnectionSource.parse(text), patience);
    }

    /** Opens it beside a server that may run, and waits until it answers. */
    static OpenDatabase join(DatabaseSettings settings, Duration patience) throws IOException, InterruptedException {
        String text = settings.source();
        if (text != null) {
            return named(ConnectionSource.parse(text), patience);
        }
        Path path = path(settings);
        long begin = System.nanoTime();
        // The server may stop meanwhile: then the next round starts it.
        while (true) {
            Optional<EmbeddedPostgres> own = EmbeddedPostgres.startUnlessServed(path);
            if (own.isPresent()) {
                return started(own.get(), patience);
            }
            Optional<ConnectionSource> served = ServedPostgres.in(path);
            Optional<String> whyNot =
                    served.isEmpty() ? Optional.of("it is being made") : DatabaseWait.whyNot(served.get());
            if (whyNot.isEmpty()) {
                return new OpenDatabase(served.orElseThrow(), Kind.SERVED, null);
            }
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw new LimpidException(
                        ErrorCode.NETWORK,
                        "the server's own PostgreSQL in " + path + " does not answer within " + patience.toSeconds()
                                + " s",
                        whyNot.get(),
                        "somebody holds the folder: look at the log of that server");
            }
            Thread.sleep(PAUSE);
        }
    }

    private static Path path(DatabaseSettings settings) {
        return folder(settings).path().resolve(DATABASE);
    }

    private static OpenDatabase named(ConnectionSource source, @Nullable Duration patience)
            throws LimpidException, InterruptedException {
        DatabaseWait.until(source, patience);
        return new OpenDatabase(source, Kind.NAMED, null);
    }

    private static OpenDatabase started(EmbeddedPostgres own, @Nullable Duration patience)
            throws IOException, InterruptedException {
        try {
            DatabaseWait.until(own.source(), patience);
            return new OpenDatabase(own.source(), Kind.STARTED, own);
        } catch (IOException | InterruptedException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** What is told when the database said no. */
    LimpidException failure(String what, ClairException cause) {
        LimpidException failure = new LimpidException(
                ErrorCode.NETWORK,
                what,
                String.valueOf(cause.getMessage()),
                kind == Kind.SERVED
                        ? "the server that runs this database may have stopped meanwhile; say it again"
                        : null);
        failure.initCause(cause);
        return failure;
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
