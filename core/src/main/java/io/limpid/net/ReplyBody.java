package io.limpid.net;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The body of an answer: bounded, watched, and the end of its connection's lease. */
final class ReplyBody extends InputStream {
    /** An unread rest up to this is read, to keep the connection. */
    private static final int WORTH_READING = 1 << 14;

    private final InputStream in;
    private final long length;
    private final long maxBytes;
    private final @Nullable String limit;
    private final Lease lease;
    private final Watchdog watchdog;
    private final Deadlines deadlines;
    private long passed;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        WHOLE,
        CUT
    }

    /** The connection that a body comes from. */
    interface Lease {
        /** Gives it back: to be used again, or to be closed because its state is not known. */
        void end(boolean reusable);
    }

    /**
     * @param length how many bytes were announced, -1 when none were
     * @param maxBytes how many there may be
     * @param limit which limit says so, null when none does
     */
    ReplyBody(
            InputStream in,
            long length,
            long maxBytes,
            @Nullable String limit,
            Lease lease,
            Watchdog watchdog,
            Deadlines deadlines) {
        this.in = in;
        this.length = length;
        this.maxBytes = maxBytes;
        this.limit = limit;
        this.lease = lease;
        this.watchdog = watchdog;
        this.deadlines = deadlines;
    }

    long length() {
        return length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (state == State.WHOLE) {
            return -1;
        }
        if (state == State.CUT) {
            throw NetFailure.lasting("the answer was closed before its end", null);
        }
        int read;
        try {
            read = in.read(target, offset, count);
        } catch (IOException e) {
            NetFailure failure = Failures.within(e, passed, length, watchdog, deadlines.idle());
            end(State.CUT);
            throw failure;
        }
        if (read < 0) {
            end(State.WHOLE);
            return -1;
        }
        passed += read;
        if (passed > maxBytes) {
            end(State.CUT);
            throw NetFailure.tooLarge("it has more than the " + Amounts.bytes(maxBytes) + " that are allowed", limit);
        }
        return read;
    }

    private void end(State end) {
        if (state == State.OPEN) {
            state = end;
            watchdog.close();
            lease.end(end == State.WHOLE);
        }
    }

    /** Closes a body that nobody wants to see; a short rest is read, so that the connection can be kept. */
    void discard() {
        if (length <= WORTH_READING) {
            watchdog.begin(Watchdog.Phase.ANSWER, deadlines.firstByte());
            try {
                readNBytes(WORTH_READING);
            } catch (IOException _) {
                // Then it is not kept.
            }
        }
        close();
    }

    @Override
    public void close() {
        end(State.CUT);
    }
}
