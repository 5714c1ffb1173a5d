package io.limpid.server;

import io.limpid.format.json.JsonException;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.server.Flags.Flag;
import io.limpid.server.api.v1.Metadata;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.Database;
import io.limpid.server.store.Migrations;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.server.update.VulnerabilityFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code limpid vulnerabilities load FILE}: gives the database the vulnerabilities of a file, as an updater would. */
final class VulnerabilitiesCommand implements Command {
    private static final String LOAD = "load";
    private static final String NOTIFY = "notify";
    /** Stored in one transaction, so all or none of them: so many, or those before so many characters are together. */
    private static final int BATCH = 5_000;

    private static final long BATCH_CHARACTERS = 8L << 20;
    /** What a vulnerability and a fix take besides their texts. */
    private static final int OVERHEAD = 200;

    @Override
    public String name() {
        return "vulnerabilities";
    }

    @Override
    public String description() {
        return "load FILE [notify]: stores what a JSON list has, as an updater would; with notify, receivers are told";
    }

    @Override
    public List<Flag> flags() {
        return List.of(ConfigurationFlag.FLAG);
    }

    @Override
    public int run(Flags flags, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        List<String> words = flags.rest();
        boolean notify = words.size() == 3 && words.getLast().equals(NOTIFY);
        if (words.size() != (notify ? 3 : 2) || !words.getFirst().equals(LOAD)) {
            throw Flags.usage(name(), "it takes load, the name of one file, and notify or nothing");
        }
        Path file = Path.of(words.get(1));
        ServerSettings settings = ServerSettings.of(ConfigurationFlag.read(flags, System.getenv()));
        // First to its end, so that a mistake in it leaves the database as it was.
        read(file, _ -> {});
        try (OpenDatabase open = OpenDatabase.join(settings.database(), MigrateCommand.PATIENCE)) {
            new Migrations().migrate(open.source());
            try (Database database = Database.open(open.source(), Database.Settings.DEFAULT)) {
                Loading loading = new Loading(new VulnerabilityStore(database, 0), open, file, notify);
                long entries = read(file, loading::take);
                loading.store();
                out.println(entries + (entries == 1 ? " entry: " : " entries: ") + loading.changed
                        + " vulnerabilities are new or changed, " + (loading.stored - loading.changed)
                        + " were there already");
            } catch (ClairException e) {
                throw open.failure("opening the database", e);
            }
        }
        return 0;
    }

    private static long read(Path file, VulnerabilityFile.Taker taker) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "reading " + file,
                    "it is no regular file, and is read twice: to check it, and to store what is in it",
                    "write it to a file first");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new VulnerabilityFile(Limits.DEFAULT, Metadata::text).read(in, taker);
        } catch (NoSuchFileException _) {
            throw new LimpidException(ErrorCode.NOT_FOUND, "reading " + file, "there is no such file", null);
        } catch (JsonException e) {
            throw new LimpidException(
                    ErrorCode.BROKEN_ADVISORIES,
                    "the vulnerabilities in " + file,
                    e.getMessage(),
                    "docs/server.md says what such a file has");
        }
    }

    /** Vulnerabilities on their way into the database, in transactions of bounded size. */
    private static final class Loading {
        private final VulnerabilityStore store;
        private final OpenDatabase open;
        private final Path file;
        private final boolean notify;
        private final List<Vulnerability> batch = new ArrayList<>();
        private long characters;
        private long stored;
        private long changed;

        Loading(VulnerabilityStore store, OpenDatabase open, Path file, boolean notify) {
            this.store = store;
            this.open = open;
            this.file = file;
            this.notify = notify;
        }

        void take(Vulnerability vulnerability) throws LimpidException {
            String metadata = vulnerability.metadata();
            batch.add(vulnerability);
            characters += vulnerability.description().length()
                    + (metadata == null ? 0 : metadata.length())
                    + (1L + vulnerability.fixedIn().size()) * OVERHEAD;
            if (batch.size() >= BATCH || characters >= BATCH_CHARACTERS) {
                store();
            }
        }

        void store() throws LimpidException {
            try {
                changed += store.insertAll(batch, notify);
            } catch (ClairException e) {
                throw open.failure(
                        "storing the vulnerabilities in " + file
                                + (stored == 0 ? "" : ", of which the first " + stored + " are stored"),
                        e);
            }
            stored += batch.size();
            batch.clear();
            characters = 0;
        }
    }
}
