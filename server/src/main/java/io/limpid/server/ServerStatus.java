package io.limpid.server;

import io.limpid.format.Printable;
import io.limpid.model.LimpidException;
import io.limpid.server.clair.ClairException;
import io.limpid.server.config.ApiSettings;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.config.UpdaterSettings;
import io.limpid.server.store.Database;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.Migrations;
import io.limpid.server.store.StoreSummary;
import io.limpid.server.store.StoreSummary.Contents;
import io.limpid.server.update.EnabledUpdaters;
import io.limpid.server.update.LastRun;
import io.limpid.server.update.UpdateLoop;
import io.limpid.server.update.Updater;
import io.limpid.server.update.UpdaterKeys;
import io.limpid.server.update.UpdaterState;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** {@code limpid server status}: whether the server answers, what it has stored, and how its updates go. */
final class ServerStatus {
    static final String WORD = "status";
    /** The lease of who updates. */
    /** Servers look once a minute or so whether an update is due. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final ServerSettings settings;
    private final PrintStream out;
    private final StatusText text = new StatusText();
    private int printed;

    private ServerStatus(ServerSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Prints it.
     *
     * @return 0 when all is well, else 1
     */
    static int print(ServerSettings settings, PrintStream out) throws IOException, InterruptedException {
        ServerStatus status = new ServerStatus(settings, out);
        status.api();
        status.print();
        status.database();
        status.print();
        out.println();
        out.println(status.text.end());
        return status.text.isWell() ? 0 : 1;
    }

    /** What is known already is told before the database is waited for. */
    private void print() {
        text.rows().stream().skip(printed).forEach(out::println);
        printed = text.rows().size();
        out.flush();
    }

    private void api() throws IOException, InterruptedException {
        ApiSettings api = settings.api();
        if (api == null) {
            text.row("API v1", "switched off");
            return;
        }
        HealthProbe health = HealthProbe.of(api.health(), Main.version());
        text.row("API v1", api.address() + (api.certificate() == null ? "" : ", HTTPS"));
        text.row("health", api.health() + ", " + health.state());
        health.missing().forEach(text::below);
        if (!health.missing().isEmpty()) {
            text.problem("the server " + (health.state().equals("does not answer") ? "" : "is ") + health.state());
        }
    }

    private void database() throws IOException, InterruptedException {
        try (OpenDatabase open = OpenDatabase.join(settings.database(), MigrateCommand.PATIENCE)) {
            int known = new Migrations().known(open.source());
            try (Database database = Database.open(open.source(), Database.Settings.DEFAULT)) {
                StoreSummary summary = StoreSummary.of(database, known, UpdateLoop.LEASE);
                text.row("database", open.kind().text());
                text.below(open.source().toString());
                text.row("PostgreSQL", Printable.of(summary.server()));
                schema(summary.schema(), known);
                Contents contents = summary.contents();
                if (contents != null) {
                    updates(new KeyValueStore(database), summary.now(), contents);
                    stored(contents);
                }
            } catch (ClairException e) {
                throw open.failure("asking the database", e);
            }
        }
    }

    private void schema(int schema, int known) {
        if (schema >= known) {
            text.row("schema", "version " + schema + (schema == known ? "" : ", of a newer Limpid"));
            return;
        }
        String hint = ": the start of a server makes it so, or limpid migrate";
        text.row("schema", (schema == 0 ? "none" : "version " + schema) + ", this Limpid has " + known + hint);
        text.problem(schema == 0 ? "the database has no tables" : "the schema is old");
    }

    private void updates(KeyValueStore values, Instant now, Contents contents) throws ClairException, LimpidException {
        UpdaterSettings updater = settings.updater();
        if (updater == null) {
            text.row("updates", "switched off");
            return;
        }
        text.row("updates", "every " + words(updater.interval()));
        contents.holder()
                .ifPresent(holder -> text.below("running: " + Printable.of(holder.owner()) + " holds the lease for "
                        + words(holder.left()) + ", and longer if it lives"));
        next(
                values.get(UpdaterKeys.RUN).orElse(""),
                updater,
                now,
                contents.holder().isPresent());
        for (Updater each : EnabledUpdaters.of(updater.enabled(), _ -> false).awaited()) {
            updater(each, values);
        }
    }

    private void next(String written, UpdaterSettings updater, Instant now, boolean isRunning) {
        Optional<LastRun> last = LastRun.of(written);
        if (last.isEmpty()) {
            text.below(isRunning ? "none has ended yet" : "none has ended yet; due now");
            return;
        }
        LastRun run = last.get();
        Instant due = run.due(updater.interval());
        text.below("last one ended " + shown(run.ended())
                + (run.failures() == 0 ? "" : ", with failures, " + times(run.failures()) + " in a row"));
        text.below((due.isAfter(now) ? "next one due " : "due since ") + shown(due));
        if (!isRunning && due.plus(LATE).isBefore(now)) {
            text.problem("an update is due since " + shown(due) + ", and no server updates");
        }
    }

    private void updater(Updater updater, KeyValueStore values) throws ClairException {
        Optional<Instant> finished = values.get(UpdaterKeys.finished(updater)).flatMap(UpdaterKeys::moment);
        Optional<UpdaterState> state = values.get(UpdaterKeys.state(updater)).flatMap(UpdaterState::of);
        String label = "  " + updater.text();
        String ended = finished.map(moment -> "finished " + shown(moment)).orElse("never finished");
        text.row(
                label,
                ended
                        + state.map(each -> ", " + each.vulnerabilities() + " vulnerabilities")
                                .orElse(""));
        if (finished.isEmpty()) {
            text.problem("the updater " + updater.text() + " has never finished");
        }
        state.ifPresent(each -> {
            String failure = each.failure();
            if (failure != null) {
                text.below("failed " + shown(each.ended()) + ": " + Printable.of(failure));
                text.problem("the updater " + updater.text() + " failed");
            }
            each.notes().forEach(note -> text.below("note: " + Printable.of(note)));
        });
    }

    private void stored(Contents contents) {
        long taken = contents.notifications() - contents.failing() - contents.untold();
        text.row(
                "notifications",
                contents.notifications() + " are not deleted: " + contents.failing() + " were not taken, "
                        + contents.untold() + " not told yet, " + taken
                        + " taken and to be deleted by their receiver");
        if (settings.notifier() == null) {
            text.below("nobody is told: notifier.http.endpoint is not set");
        }
        if (contents.failing() > 0) {
            text.problem("receivers do not take notifications (limpid notifications says why)");
        }
        text.row("stored", contents.layers() + " layers, " + contents.vulnerabilities() + " vulnerabilities");
    }

    private static String times(int count) {
        return count + (count == 1 ? " time" : " times");
    }

    private static String shown(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 1h}, {@code 1m30s}. */
    private static String words(Duration length) {
        return length.truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .substring("PT".length())
                .toLowerCase(Locale.ROOT);
    }
}
