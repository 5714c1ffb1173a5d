package io.limpid.server.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Keeps the beginning of a body and counts the rest, on the event loop. */
final class BodyReader implements Subscriber<HttpObject> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Semaphore memory;
    private final int most;
    private volatile boolean isCut;
    private long length;
    private int held;
    private @Nullable Subscription subscription;

    /** There is no memory for the body now. */
    static final class NoMemory extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoMemory() {
            super("no memory for a body", null, false, false);
        }
    }

    /** The body did not come in time. */
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooSlow() {
            super("the body did not come in time", null, false, false);
        }
    }

    private BodyReader(Semaphore memory, int most) {
        this.memory = memory;
        this.most = most;
    }

    /**
     * Reads the body of a request.
     *
     * @param memory whose permits are bytes; {@link #release} gives them back
     * @param most bytes after which no more is read
     */
    static BodyReader of(HttpRequest request, Semaphore memory, int most) {
        BodyReader reader = new BodyReader(memory, most);
        request.subscribe(reader);
        return reader;
    }

    /** The beginning, once all has come. */
    CompletableFuture<byte[]> whole() {
        return whole;
    }

    /** Whether there was more than is read: then nothing else can come on the connection. */
    boolean isCut() {
        return isCut;
    }

    /** Reads no further. */
    void stop(Throwable reason) {
        if (whole.completeExceptionally(reason) && subscription != null) {
            subscription.cancel();
        }
    }

    /** Gives back the memory, once the request is done with. */
    synchronized void release() {
        memory.release(held);
        held = 0;
    }

    @Override
    public void onSubscribe(Subscription made) {
        subscription = made;
        made.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(HttpObject object) {
        if (!(object instanceof HttpData data) || whole.isDone()) {
            return;
        }
        byte[] bytes = data.array();
        int room = (int) Math.min(bytes.length, Math.max(0, Call.MOST_BODY - length));
        length += bytes.length;
        if (room > 0) {
            if (!memory.tryAcquire(room)) {
                stop(new NoMemory());
                return;
            }
            hold(room);
            kept.write(bytes, 0, room);
        }
        if (length > most) {
            isCut = true;
            onComplete();
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    private synchronized void hold(int bytes) {
        held += bytes;
    }

    @Override
    public void onError(Throwable reason) {
        whole.completeExceptionally(reason);
    }

    @Override
    public void onComplete() {
        whole.complete(kept.toByteArray());
    }
}
