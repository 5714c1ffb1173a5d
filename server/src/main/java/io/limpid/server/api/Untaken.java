package io.limpid.server.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The answers that clients have not taken yet: bounded in number for each connection, in bytes for all, and in time.
 *
 * <p>Else a client that asks and never reads would fill the memory of the server.
 */
final class Untaken {
    private static final AttributeKey<AtomicInteger> COUNT = AttributeKey.valueOf(Untaken.class, "count");

    private final ConcurrentMap<SocketAddress, Channel> channels = new ConcurrentHashMap<>();
    private final Semaphore bytes;
    private final Bounds bounds;

    Untaken(Bounds bounds) {
        this.bounds = bounds;
        this.bytes = new Semaphore(bounds.answerBytes(), true);
    }

    /** A new connection, told by its client's address: the framework has a request's own behind annotations that the compiler warns of. */
    void connected(Channel channel) {
        SocketAddress client = channel.remoteAddress();
        channels.put(client, channel);
        var _ = channel.closeFuture().addListener(_ -> channels.remove(client, channel));
    }

    /** Counts a request; false, with its connection closed, when the client asks on and on and takes no answers. */
    boolean enter(ServiceRequestContext context) {
        Channel channel = channel(context);
        if (channel == null || !channel.isActive()) {
            // What was read before the connection was closed.
            return false;
        }
        AtomicInteger count = channel.attr(COUNT).setIfAbsent(new AtomicInteger());
        AtomicInteger all = count == null ? channel.attr(COUNT).get() : count;
        if (all.incrementAndGet() > bounds.pipelined()
                && !context.sessionProtocol().isMultiplex()) {
            var _ = channel.close();
            return false;
        }
        var _ = context.log().whenComplete().thenRun(all::decrementAndGet);
        return true;
    }

    /** Waits until there is memory for an answer, which is given back when the client has taken it or gone; false when it takes too long. */
    boolean hold(ServiceRequestContext context, int length) throws InterruptedException {
        int share = Math.min(length, bounds.answerBytes());
        if (!bytes.tryAcquire(share, bounds.patience().toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        var _ = context.log().whenComplete().thenRun(() -> bytes.release(share));
        return true;
    }

    /** Closes the connection of an answer that is not taken in time. */
    void watch(ServiceRequestContext context, int length) {
        Channel channel = channel(context);
        if (channel == null) {
            return;
        }
        var timer = context.eventLoop()
                .schedule(
                        () -> {
                            var _ = channel.close();
                        },
                        bounds.taking(length).toNanos(),
                        TimeUnit.NANOSECONDS);
        var _ = context.log().whenComplete().thenRun(() -> timer.cancel(false));
    }

    private @Nullable Channel channel(ServiceRequestContext context) {
        return channels.get(context.remoteAddress());
    }
}
