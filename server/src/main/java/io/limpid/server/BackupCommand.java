package io.limpid.server;

import io.limpid.server.Flags.Flag;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.Backup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code limpid backup FILE}: copies all that a server knows into a file, while servers run. */
final class BackupCommand implements Command {

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String description() {
        return "FILE: copies what the server knows, as it is at one moment, into a new file";
    }

    @Override
    public List<Flag> flags() {
        return List.of(ConfigurationFlag.FLAG);
    }

    @Override
    public int run(Flags flags, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        if (flags.rest().size() != 1) {
            throw Flags.usage(name(), "it takes the name of one file");
        }
        Path file = Path.of(flags.rest().getFirst());
        ServerSettings settings = ServerSettings.of(ConfigurationFlag.read(flags, System.getenv()));
        try (OpenDatabase database = OpenDatabase.join(settings.database(), MigrateCommand.PATIENCE)) {
            Backup.Summary summary = Backup.write(database.source(), file);
            out.println(said(summary) + " in " + file);
        }
        return 0;
    }

    /** A backup in a few words. */
    static String said(Backup.Summary summary) {
        return summary.rows() + " rows of " + summary.tables() + " tables, schema version " + summary.schema();
    }
}
