package io.limpid.server;

import io.limpid.model.ServerFolder;
import io.limpid.server.config.DatabaseSettings;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.DatabaseWait;
import io.limpid.server.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that the configuration names, or the server's own, which ends with this.
 *
 * @param own null when it is somebody else's
 */
record OpenDatabase(ConnectionSource source, @Nullable EmbeddedPostgres own) implements AutoCloseable {
    private static final String DATABASE = "database";

    /** The folder in which the server keeps its own things. */
    static DataFolder folder(DatabaseSettings settings) {
        Path named = settings.dataFolder();
        return new DataFolder(named == null ? ServerFolder.usual(System.getenv()) : named);
    }

    /**
     * Opens it, and waits until it answers.
     *
     * @param patience how long at most; null for as long as it takes
     */
    static OpenDatabase open(DatabaseSettings settings, @Nullable Duration patience)
            throws IOException, InterruptedException {
        String text = settings.source();
        if (text != null) {
            ConnectionSource source = ConnectionSource.parse(text);
            DatabaseWait.until(source, patience);
            return new OpenDatabase(source, null);
        }
        EmbeddedPostgres own = EmbeddedPostgres.start(folder(settings).path().resolve(DATABASE));
        try {
            DatabaseWait.until(own.source(), patience);
            return new OpenDatabase(own.source(), own);
        } catch (IOException | InterruptedException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
