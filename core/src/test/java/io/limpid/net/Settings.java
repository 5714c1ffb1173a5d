package io.limpid.net;

import java.time.Duration;

/** Settings for tests: nothing of the environment, deadlines that no test reaches by accident, pauses of milliseconds. */
final class Settings {
    static final Duration LONG = Duration.ofSeconds(60);
    static final Deadlines PATIENT = new Deadlines(LONG, LONG, LONG, LONG);
    static final Retries QUICK = new Retries(4, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(3));
    static final NetSettings PLAIN =
            new NetSettings(ProxyRules.NONE, null, AddressPolicy.ALL_BUT_METADATA, PATIENT, QUICK, "limpid/test");

    private Settings() {}

    static NetSettings connect(Duration limit) {
        return PLAIN.withDeadlines(new Deadlines(limit, LONG, LONG, LONG));
    }

    static NetSettings firstByte(Duration limit) {
        return PLAIN.withDeadlines(new Deadlines(LONG, limit, LONG, LONG));
    }

    static NetSettings idle(Duration limit) {
        return PLAIN.withDeadlines(new Deadlines(LONG, LONG, limit, LONG));
    }

    static NetSettings total(Duration limit) {
        return PLAIN.withDeadlines(new Deadlines(LONG, LONG, LONG, limit));
    }

    /** Fails at the first failure. */
    static NetSettings once(NetSettings settings) {
        return settings.withRetries(new Retries(1, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
