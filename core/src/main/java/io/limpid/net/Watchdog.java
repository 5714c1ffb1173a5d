package io.limpid.net;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a request that is not done in time, from a thread of its own: no socket timeout ends a server that sends one byte
 * after the other.
 */
final class Watchdog implements AutoCloseable {

    /** What a request is at. */
    enum Phase {
        CONNECT,
        ANSWER,
        BODY
    }

    private final Deadline total;
    private final Thread thread;
    private volatile Due due;
    private volatile @Nullable ModalCloseable guarded;
    private volatile boolean over;
    private volatile @Nullable Due missed;

    /**
     * What is waited for.
     *
     * @param whole whether it is the end of everything, not only of the phase
     */
    private record Due(Phase phase, Deadline deadline, boolean whole) {}

    private Watchdog(Deadline total) {
        this.total = total;
        this.due = new Due(Phase.CONNECT, total, true);
        this.thread = Thread.ofVirtual().name("limpid-net-watchdog").unstarted(this::watch);
    }

    static Watchdog until(Deadline total) {
        Watchdog watchdog = new Watchdog(total);
        watchdog.thread.start();
        return watchdog;
    }

    /** Takes over a connection, until the next one. */
    void guard(ModalCloseable connection) {
        guarded = connection;
        if (missed != null) {
            connection.close(CloseMode.IMMEDIATE);
        }
    }

    /** A phase begins that may last so long, and no longer than the whole. */
    void begin(Phase next, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        boolean whole = total.isBefore(deadline);
        due = new Due(next, whole ? total : deadline, whole);
        LockSupport.unpark(thread);
    }

    /** The last phase begins: it may last as long as the whole. */
    void beginBody() {
        due = new Due(Phase.BODY, total, true);
        LockSupport.unpark(thread);
    }

    /** The phase whose end was missed, or else the one that the request is at. */
    Phase phase() {
        return told().phase();
    }

    /** How long there is until the end of the phase. */
    Duration left() {
        return due.deadline().left();
    }

    /** Whether it was this watchdog that closed the connection. */
    boolean hasBarked() {
        return missed != null;
    }

    /** How long the phase could last whose end was missed. */
    Duration limit() {
        return told().deadline().whole();
    }

    /** Whether the end of the whole was missed, not only that of a phase. */
    boolean isTotal() {
        return told().whole();
    }

    /** A phase may begin while the end of the one before it is being missed. */
    private Due told() {
        Due seen = missed;
        return seen == null ? due : seen;
    }

    private void watch() {
        while (!over) {
            Due now = due;
            long left = now.deadline().nanos() - System.nanoTime();
            if (left <= 0) {
                missed = now;
                ModalCloseable connection = guarded;
                if (connection != null) {
                    connection.close(CloseMode.IMMEDIATE);
                }
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    @Override
    public void close() {
        over = true;
        guarded = null;
        LockSupport.unpark(thread);
    }
}
