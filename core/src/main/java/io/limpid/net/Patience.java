package io.limpid.net;

import io.limpid.model.LimpidException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between the attempts at one thing, or says that there is to be none any more; for one thread.
 *
 * <p>Attempts that bring something new may go on as long as the whole has time.
 */
public final class Patience {
    private final Retries retries;
    private final Deadline total;
    private int fruitless;

    Patience(Retries retries, Deadline total) {
        this.retries = retries;
        this.total = total;
    }

    /**
     * Waits before the next attempt.
     *
     * @param failure of the attempt, as {@link OutboundClient#exchange}, a body or {@link WebResponse#refused} tells it
     * @param progress whether the attempt brought something new
     * @throws LimpidException the failure, when there is to be no other attempt
     */
    public void await(LimpidException failure, boolean progress) throws LimpidException, InterruptedException {
        if (!(failure.getCause() instanceof NetFailure known)) {
            throw failure;
        }
        try {
            await(known, progress);
        } catch (NetFailure last) {
            throw last.told(failure.what());
        }
    }

    void await(NetFailure failure, boolean progress) throws NetFailure, InterruptedException {
        fruitless = progress ? 1 : fruitless + 1;
        NetFailure told = fruitless > 1 ? failure.adding(" (tried " + fruitless + " times)") : failure;
        if (!failure.isPassing() || fruitless >= retries.attempts()) {
            throw told;
        }
        Duration pause = retries.pause(fruitless, RandomGenerator.getDefault());
        Duration asked = failure.retryAfter();
        if (asked != null && asked.compareTo(retries.longestRetryAfter()) > 0) {
            throw told.adding(", and asks to wait for " + Amounts.of(asked));
        }
        pause = asked != null && asked.compareTo(pause) > 0 ? asked : pause;
        if (pause.compareTo(total.left()) >= 0) {
            throw told.adding(", and the " + Amounts.of(total.whole()) + " that it may take are over");
        }
        Thread.sleep(pause);
    }
}
