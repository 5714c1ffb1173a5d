package io.limpid.server;

import io.limpid.server.Flags.Flag;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.Backup;
import io.limpid.server.store.Restore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code limpid restore FILE}: puts a backup into the database that the configuration names, whole or not at all. */
final class RestoreCommand implements Command {
    private static final String REPLACE = "replace";

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String description() {
        return "FILE: puts a backup into the configured database, whole or not at all; no server runs meanwhile";
    }

    @Override
    public List<Flag> flags() {
        return List.of(ConfigurationFlag.FLAG, new Flag(REPLACE, "", "what the database knows already is thrown away"));
    }

    @Override
    public int run(Flags flags, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        if (flags.rest().size() != 1) {
            throw Flags.usage(name(), "it takes the name of one file");
        }
        Path file = Path.of(flags.rest().getFirst());
        ServerSettings settings = ServerSettings.of(ConfigurationFlag.read(flags, System.getenv()));
        try (OpenDatabase database = OpenDatabase.open(settings.database(), MigrateCommand.PATIENCE)) {
            Backup.Summary summary = Restore.read(database.source(), file, flags.isOn(REPLACE));
            out.println(BackupCommand.said(summary) + " from " + file);
        }
        return 0;
    }
}
