package io.limpid.server;

import io.limpid.server.Flags.Flag;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.Migrations;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code limpid migrate}: makes the database's schema that of this version, which a server's start does too. */
final class MigrateCommand implements Command {
    /** How long these commands wait for a database that is not up yet. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public String description() {
        return "makes the database's schema that of this version, as the start of a server does";
    }

    @Override
    public List<Flag> flags() {
        return List.of(ConfigurationFlag.FLAG);
    }

    @Override
    public int run(Flags flags, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        if (!flags.rest().isEmpty()) {
            throw Flags.usage(name(), "it takes no " + flags.rest().getFirst());
        }
        ServerSettings settings = ServerSettings.of(ConfigurationFlag.read(flags, System.getenv()));
        try (OpenDatabase database = OpenDatabase.join(settings.database(), PATIENCE)) {
            Migrations.Outcome outcome = new Migrations().migrate(database.source());
            outcome.applied().forEach(step -> out.println("applied: " + step));
            out.println(
                    outcome.applied().isEmpty()
                            ? "the schema is at version " + outcome.after() + " already"
                            : "the schema went from version " + outcome.before() + " to " + outcome.after());
        }
        return 0;
    }
}
