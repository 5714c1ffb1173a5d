package io.limpid.facts;

import io.limpid.image.Blob;
import io.limpid.image.Layer;
import io.limpid.layer.CrowdedException;
import io.limpid.model.LayerFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Reads layers on several cores; what comes out is what reading them one after the other gives, failures too.
 *
 * <p>When one fails, those before it are still read to their end, since one of them may fail as well, and those behind it are stopped. Nobody
 * is interrupted for that: it would close the file that all of them read. No thread is left when it returns.
 *
 * <p>Of layers that a server sends the first failure ends all, since another one may wait for its next byte for minutes; what they have open is
 * closed. A thread that has nothing open yet, because it still waits for the head of an answer, is left to end by itself.
 */
final class LayerTeam {
    private static final Duration WAIT = Duration.ofMillis(50);
    /** After that nothing will come of closing what a thread reads. */
    private static final int MOST_WAITS = 20;

    /** The facts of one layer. */
    interface Reading {
        LayerFacts read(Layer layer, long share) throws IOException;
    }

    private final List<Layer> layers;
    private final Reading reading;
    private final Consumer<LayerFacts> each;
    private final AtomicInteger next = new AtomicInteger();
    private final TreeMap<Integer, LayerFacts> facts = new TreeMap<>();
    private final ConcurrentSkipListSet<Integer> crowded = new ConcurrentSkipListSet<>();
    /** The place of the first layer that failed, so far; those behind it stop. */
    private volatile int failedAt = Integer.MAX_VALUE;

    private volatile Throwable failure = new IllegalStateException("nothing has failed");

    /** Whether nobody needs any of them any more. */
    private volatile boolean over;

    /** What is being read of servers. */
    private final Set<InputStream> remote = ConcurrentHashMap.newKeySet();

    /**
     * @param layers independent of each other
     * @param each hears the facts of each layer as soon as it was read, of one at a time
     */
    LayerTeam(List<Layer> layers, Reading reading, Consumer<LayerFacts> each) {
        this.layers = List.copyOf(layers);
        this.reading = reading;
        this.each = each;
    }

    /**
     * The facts of the layers, in their order.
     *
     * @param threads how many are read at once
     * @param bytes how many bytes of wanted files they may hold together
     */
    List<LayerFacts> read(int threads, long bytes) throws IOException {
        List<Thread> team = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread =
                    Thread.ofPlatform().daemon().name("limpid-layer-" + i).unstarted(() -> work(bytes / threads));
            try {
                thread.start();
            } catch (OutOfMemoryError _) {
                // There may be no more processes: those that are there, or the caller's own, read all.
                break;
            }
            team.add(thread);
        }
        if (team.isEmpty()) {
            work(bytes);
        }
        await(team);
        for (int at : crowded) {
            if (isNeeded(at) && !readOne(at, bytes)) {
                fail(at, new IllegalStateException("layer " + at + " does not fit in all that there is"));
            }
        }
        throwFailure();
        return List.copyOf(facts.values());
    }

    private void work(long share) {
        for (int at = next.getAndIncrement(); at < layers.size(); at = next.getAndIncrement()) {
            if (!readOne(at, share)) {
                crowded.add(at);
            }
        }
    }

    /** Whether the layer fitted into the share. */
    private boolean readOne(int at, long share) {
        if (!isNeeded(at)) {
            return true;
        }
        try {
            Layer layer = layers.get(at);
            tell(at, reading.read(StoppableBlob.in(layer, () -> !isNeeded(at), remote), share));
        } catch (CrowdedException _) {
            return false;
        } catch (IOException | RuntimeException | Error e) {
            fail(at, e);
        }
        return true;
    }

    private boolean isNeeded(int at) {
        return !over && at <= failedAt;
    }

    private synchronized void tell(int at, LayerFacts found) {
        if (over) {
            return;
        }
        facts.put(at, found);
        each.accept(found);
    }

    private synchronized void fail(int at, Throwable cause) {
        if (over || at >= failedAt) {
            return;
        }
        failedAt = at;
        failure = cause;
        Blob blob = at < 0 ? null : layers.get(at).blob();
        if (blob == null || blob.host() != null) {
            over = true;
            remote.forEach(LayerTeam::closeQuietly);
        }
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // Nobody needs it any more.
        }
    }

    private void await(List<Thread> team) throws InterruptedIOException {
        boolean interrupted = false;
        for (Thread thread : team) {
            boolean ended = false;
            for (int waited = 0; !ended && waited < MOST_WAITS; waited += over ? 1 : 0) {
                try {
                    ended = thread.join(WAIT);
                } catch (InterruptedException _) {
                    interrupted = true;
                    // Before the first: all stop.
                    fail(-1, new InterruptedIOException());
                }
            }
        }
        if (interrupted) {
            throw new InterruptedIOException("while layers were read");
        }
    }

    private void throwFailure() throws IOException {
        if (failedAt == Integer.MAX_VALUE) {
            return;
        }
        switch (failure) {
            case IOException e -> throw e;
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
