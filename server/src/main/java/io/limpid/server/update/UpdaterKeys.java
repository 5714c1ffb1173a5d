package io.limpid.server.update;

import java.time.Instant;
import java.util.Optional;

/** The keys of table key_value under which the updater keeps what it did; Clair's own where Clair has one. */
public final class UpdaterKeys {
    /** The second, in Unix time, of the last complete run of all updaters. */
    public static final String LAST = "updater/last";

    /** When all updaters ran last, and how often they failed since. */
    public static final String RUN = "updater/run";

    private static final String SECONDS = "\\d{1,12}";

    private UpdaterKeys() {}

    /** The second, in Unix time, at which an updater last came to its end; absent while it never has. */
    public static String finished(Updater updater) {
        return of(updater, "finished");
    }

    /** What of each part of an updater's feed is current: lines with the part's name, a blank, and what tells this state of it from others. */
    static String parts(Updater updater) {
        return of(updater, "parts");
    }

    /** How the last run of an updater ended: an {@link UpdaterState}. */
    public static String state(Updater updater) {
        return of(updater, "state");
    }

    /** The moment that is kept as seconds of Unix time; empty for any other text. */
    public static Optional<Instant> moment(String value) {
        return value.matches(SECONDS) ? Optional.of(Instant.ofEpochSecond(Long.parseLong(value))) : Optional.empty();
    }

    private static String of(Updater updater, String what) {
        return "updater/" + updater.text() + "/" + what;
    }
}
