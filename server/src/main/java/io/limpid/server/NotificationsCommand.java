package io.limpid.server;

import io.limpid.format.Printable;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.server.Flags.Flag;
import io.limpid.server.clair.ClairException;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.Database;
import io.limpid.server.store.Migrations;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.NotificationStore.Waiting;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code limpid notifications}: what receivers have not taken or not deleted, and that they are told of it again. */
final class NotificationsCommand implements Command {
    private static final Flag ALL = new Flag("all", "", "with replay: all that receivers did not take");
    private static final int MOST = 10_000;

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public String description() {
        return "list: what receivers have not deleted yet, and why. replay NAME... or replay -all: tells it again now";
    }

    @Override
    public List<Flag> flags() {
        return List.of(ConfigurationFlag.FLAG, ALL);
    }

    @Override
    public int run(Flags flags, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        List<String> words = flags.rest().isEmpty() ? List.of("list") : flags.rest();
        List<String> names = words.subList(1, words.size()).stream().distinct().toList();
        boolean lists = words.getFirst().equals("list") && names.isEmpty() && !flags.isOn(ALL.name());
        boolean replays = words.getFirst().equals("replay") && names.isEmpty() == flags.isOn(ALL.name());
        if (!lists && !replays) {
            throw Flags.usage(name(), "it takes list, replay with names, or replay -all");
        }
        ServerSettings settings = ServerSettings.of(ConfigurationFlag.read(flags, System.getenv()));
        try (OpenDatabase open = OpenDatabase.join(settings.database(), MigrateCommand.PATIENCE)) {
            new Migrations().migrate(open.source());
            try (Database database = Database.open(open.source(), Database.Settings.DEFAULT)) {
                NotificationStore store = new NotificationStore(database);
                return lists ? list(store, out) : replay(store, names, out);
            } catch (ClairException e) {
                throw open.failure("reading the notifications", e);
            }
        }
    }

    private static int list(NotificationStore store, PrintStream out) throws ClairException {
        List<Waiting> waiting = store.waiting(MOST);
        for (Waiting one : waiting) {
            out.println(one.name() + "  made " + shown(one.created()) + "  " + state(one));
        }
        long failing = waiting.stream().filter(one -> one.failures() > 0).count();
        long untold = waiting.stream()
                .filter(one -> one.failures() == 0 && one.told() == null)
                .count();
        out.println(waiting.size() + (waiting.size() < MOST ? "" : " and maybe more") + " are not deleted: " + failing
                + " were not taken, " + untold + " not told yet, " + (waiting.size() - failing - untold)
                + " taken and to be deleted by their receiver");
        return 0;
    }

    private static String state(Waiting one) {
        if (one.failures() > 0) {
            return "not taken " + one.failures() + (one.failures() == 1 ? " time" : " times") + ", next "
                    + shown(one.next()) + ": " + Printable.of(String.valueOf(one.failure()));
        }
        return one.told() == null ? "not told yet" : "taken " + shown(one.told());
    }

    private static String shown(@Nullable Instant moment) {
        return moment == null ? "now" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private int replay(NotificationStore store, List<String> names, PrintStream out)
            throws ClairException, LimpidException {
        int count = names.isEmpty() ? store.replayFailing() : store.replay(names);
        out.println(count + (count == 1 ? " notification is" : " notifications are") + " told again");
        if (count < names.size()) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    "limpid " + name(),
                    (names.size() - count) + " of these are unknown, deleted, or being told just now",
                    "limpid notifications list says which there are");
        }
        return 0;
    }
}
