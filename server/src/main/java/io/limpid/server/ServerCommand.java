package io.limpid.server;

import io.limpid.feed.Feed;
import io.limpid.format.Nearest;
import io.limpid.model.LimpidException;
import io.limpid.server.Flags.Flag;
import io.limpid.server.api.v1.PageTokens;
import io.limpid.server.config.ApiSettings;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.config.UpdaterSettings;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.log.ServerLog;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.update.EnabledUpdaters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code limpid server}: Clair's API until it is told to stop; {@code limpid server status}: how that goes. */
final class ServerCommand implements Command {
    static final String NAME = "server";

    private static final Logger log = LoggerFactory.getLogger(ServerCommand.class);
    private static final String CHECK = "check-config";
    private static final String LEVEL = "log-level";
    private static final String PROFILE = "cpu-profile";
    private static final String INSECURE = "insecure-tls";

    private final List<Feed> feeds;

    /**
     * The command.
     *
     * @param feeds all that vulnerabilities may come from
     */
    ServerCommand(List<Feed> feeds) {
        this.feeds = List.copyOf(feeds);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "answers Clair's API v1, reads the layers that are posted, and keeps what it found; status: says how it"
                + " is";
    }

    @Override
    public List<Flag> flags() {
        return List.of(
                ConfigurationFlag.FLAG,
                new Flag(LEVEL, "LEVEL", "what is logged: error, warning, info (the default) or debug"),
                new Flag(PROFILE, "FILE", "writes a recording of the Java Flight Recorder when it stops"),
                new Flag(INSECURE, "", "takes any certificate of servers from which layers are fetched"),
                new Flag(CHECK, "", "prints every key of the configuration with its value and origin, and ends"));
    }

    @Override
    public int run(Flags flags, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        boolean asksStatus = flags.rest().equals(List.of(ServerStatus.WORD));
        if (!flags.rest().isEmpty() && !asksStatus) {
            throw Flags.usage(name(), "it takes no " + flags.rest().getFirst());
        }
        String level = flags.value(LEVEL).orElse("info");
        if (!ServerLog.LEVELS.contains(level.toLowerCase(Locale.ROOT))) {
            throw Flags.usage(name(), Nearest.unknown("log level", level, ServerLog.LEVELS));
        }
        Configuration configuration = ConfigurationFlag.read(flags, System.getenv());
        ServerSettings settings = ServerSettings.of(configuration);
        check(configuration, settings);
        if (asksStatus) {
            // As with all commands whose stdout is for what they say.
            ServerLog.toStderr();
            return ServerStatus.print(settings, out);
        }
        if (flags.isOn(CHECK)) {
            configuration.listing().forEach(out::println);
            return 0;
        }
        ServerLog.level(level);
        configuration.remarks().forEach(remark -> log.atInfo().log(remark));
        if (!configuration.hasFile()) {
            DataFolder folder = OpenDatabase.folder(settings.database());
            settings = settings.withWriteToken(folder.writeToken());
            log.atInfo()
                    .addKeyValue("file", folder.tokenFile())
                    .log("who wants to change something shows the token of this file: Authorization: Bearer TOKEN");
        }
        return serve(settings, flags);
    }

    /** What is only understood where it is used: before anything is started, as the rest. */
    private static void check(Configuration configuration, ServerSettings settings) throws LimpidException {
        UpdaterSettings updater = settings.updater();
        if (updater != null) {
            check(configuration, () -> EnabledUpdaters.of(updater.enabled(), _ -> true), "updater.enabledupdaters");
            check(
                    configuration,
                    () -> EnabledUpdaters.named(updater.forced(), UpdaterSettings.FORCE),
                    UpdaterSettings.FORCE);
        }
        ApiSettings api = settings.api();
        if (api != null) {
            check(
                    configuration,
                    () -> PageTokens.of(api.paginationKey(), Clock.systemUTC()),
                    "api.paginationkey",
                    "database.options.paginationkey");
            LocalCorrections.read(api.overrides());
        }
        String source = settings.database().source();
        if (source != null) {
            check(configuration, () -> ConnectionSource.parse(source), "database.options.source");
        }
    }

    private static void check(Configuration configuration, Reading reading, String... keys) throws LimpidException {
        try {
            reading.read();
        } catch (LimpidException e) {
            throw configuration.located(e, List.of(keys));
        }
    }

    /** Reads what a key is set to. */
    @FunctionalInterface
    private interface Reading {
        Object read() throws LimpidException;
    }

    /** Serves until the process is told to stop; the process then ends with the code that this gives back. */
    private int serve(ServerSettings settings, Flags flags) throws IOException, InterruptedException {
        Failpoint.SERVER_BEGUN.hit();
        CountDownLatch asked = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            // It may still wait for the database.
                            main.interrupt();
                            asked.countDown();
                            waitFor(main);
                        },
                        "stop"));
        try (Profile _ = Profile.to(flags.value(PROFILE).map(Path::of).orElse(null));
                RunningServer _ = RunningServer.start(settings, flags.isOn(INSECURE), Main.version(), feeds, null)) {
            untilAsked(asked);
            Failpoint.STOP_BEGUN.hit();
            log.atInfo().log("Received interruption, gracefully stopping ...");
        }
        return 0;
    }

    /** Waits for the hook, and forgets its interrupt: what is stopped now takes its time. */
    private static void untilAsked(CountDownLatch asked) throws InterruptedException {
        try {
            asked.await();
        } catch (InterruptedException _) {
            asked.await();
        }
        Thread.interrupted();
    }

    private static void waitFor(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
