package io.limpid.facts;

import static io.limpid.facts.SomeImages.image;
import static io.limpid.facts.SomeImages.layer;
import static io.limpid.facts.SomeImages.place;
import static io.limpid.facts.SomeImages.tar;
import static io.limpid.facts.SomeImages.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.image.Sha256;
import io.limpid.layer.LayerReader;
import io.limpid.model.LayerFacts;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.SomeLimits;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Layers read at once give what reading them one after the other gives, failures too, and no thread is left. */
@Timeout(60)
class LayerTeamTest {
    private static final LayerFacts NOTHING = new LayerFacts(List.of(), Map.of(), List.of(), null, true, true);

    private static List<Layer> layers(int count) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] tar = tar("package-" + i);
            layers.add(layer(i, new MemoryBlob(tar, place(i)), null, Sha256.of(tar)));
        }
        return layers;
    }

    private static List<Thread> left() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("limpid-layer"))
                .toList();
    }

    private static LayerFacts facts(int index) {
        return NOTHING.inLayer(index);
    }

    @Test
    void theOrderIsThatOfTheLayersAndEachIsHeardByItself() throws IOException {
        Random random = new Random(1);
        for (int threads = 1; threads <= 4; threads++) {
            AtomicInteger inside = new AtomicInteger();
            List<LayerFacts> heard = new ArrayList<>();
            LayerTeam team = new LayerTeam(
                    layers(30),
                    (layer, _) -> {
                        pause(random.nextInt(4));
                        return new LayerFacts(
                                List.of(),
                                Map.of(String.valueOf(layer.index()), List.of()),
                                List.of(),
                                null,
                                true,
                                true);
                    },
                    found -> {
                        assertThat(inside.incrementAndGet()).isOne();
                        heard.add(found);
                        pause(1);
                        inside.decrementAndGet();
                    });
            List<LayerFacts> facts = team.read(threads, 100);
            for (int i = 0; i < 30; i++) {
                assertThat(facts.get(i).detections()).containsOnlyKeys(String.valueOf(i));
            }
            assertThat(heard).containsExactlyInAnyOrderElementsOf(facts);
            assertThat(left()).isEmpty();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Layer 2 fails long before layer 1 does; layer 3 would read for ever. */
    @Test
    void theFirstFailureInTheOrderOfLayersCounts() {
        CountDownLatch failed = new CountDownLatch(1);
        for (int round = 0; round < 5; round++) {
            LayerTeam team = new LayerTeam(
                    layers(40),
                    (layer, _) -> switch (layer.index()) {
                        case 1 -> {
                            await(failed);
                            pause(20);
                            throw new IOException("layer 1");
                        }
                        case 2 -> {
                            failed.countDown();
                            throw new IllegalStateException("layer 2");
                        }
                        case 3 -> endless(layer);
                        default -> facts(layer.index());
                    },
                    _ -> {});
            assertThatThrownBy(() -> team.read(4, 100))
                    .isInstanceOf(IOException.class)
                    .hasMessage("layer 1");
            assertThat(left()).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LayerFacts endless(Layer layer) throws IOException {
        byte[] one = new byte[1];
        while (true) {
            try (InputStream in = Objects.requireNonNull(layer.blob()).open()) {
                assertThat(in.read(one)).isOne();
                assertThat(in.skip(1)).isOne();
            }
        }
    }

    @Test
    void errorsOfAnyKindComeThrough() {
        for (Throwable failure :
                List.of(new OutOfMemoryError("none"), new IllegalStateException("a fault"), new IOException("gone"))) {
            LayerTeam team = new LayerTeam(
                    layers(3),
                    (layer, _) -> {
                        if (layer.index() == 1) {
                            switch (failure) {
                                case IOException e -> throw e;
                                case RuntimeException e -> throw e;
                                default -> throw new OutOfMemoryError("none");
                            }
                        }
                        return facts(layer.index());
                    },
                    _ -> {});
            assertThatThrownBy(() -> team.read(2, 100)).hasMessage(failure.getMessage());
        }
        LayerTeam deaf = new LayerTeam(layers(3), (layer, _) -> facts(layer.index()), _ -> {
            throw new IllegalStateException("deaf");
        });
        assertThatThrownBy(() -> deaf.read(2, 100)).hasMessage("deaf");
    }

    @Test
    void anInterruptStopsAll() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        LayerTeam team = new LayerTeam(
                layers(10),
                (layer, _) -> {
                    begun.countDown();
                    return endless(layer);
                },
                _ -> {});
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                team.read(2, 100);
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        begun.await();
        reader.interrupt();
        reader.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(left()).isEmpty();
    }

    /** A thread that nothing ends is left behind; what it finds when everything is over, nobody wants to hear. */
    @Test
    void nothingIsHeardAfterwards() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch released = new CountDownLatch(1);
        List<LayerFacts> heard = new CopyOnWriteArrayList<>();
        LayerTeam team = new LayerTeam(
                layers(2),
                (layer, _) -> {
                    begun.countDown();
                    await(released);
                    return facts(layer.index());
                },
                heard::add);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> thrown.set(catchThrowable(() -> team.read(2, 100))));
        begun.await();
        reader.interrupt();
        reader.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
        List<Thread> left = left();
        assertThat(left).hasSize(2);
        released.countDown();
        for (Thread thread : left) {
            thread.join();
        }
        assertThat(heard).isEmpty();
    }

    /** Images with wrong claims, damage, repeated layers and crowded ones: the same facts or the same failure with one thread and with several. */
    @Test
    void severalThreadsFindWhatOneFinds() throws IOException {
        Random random = new Random(2);
        Limits limits = SomeLimits.with(Map.of("wantedBytes", 2000));
        for (int round = 0; round < 40; round++) {
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                layers.add(randomLayer(i, random));
            }
            if (random.nextInt(3) == 0) {
                Layer first = layers.getFirst();
                layers.set(5, new Layer(5, first.diffId(), first.digest(), null, first.size(), first.blob()));
            }
            String one = outcome(layers, limits, 1);
            assertThat(outcome(layers, limits, 4)).isEqualTo(one);
            assertThat(outcome(layers, limits, 2)).isEqualTo(one);
        }
        assertThat(left()).isEmpty();
    }

    private static Layer randomLayer(int index, Random random) {
        TarMaker maker = new TarMaker().file("usr/large", noise(random, 1 << 20));
        int wanted = random.nextInt(4) == 0 ? 1800 : random.nextInt(5) == 0 ? 2500 : 100;
        String status = "Package: p" + index + "\nStatus: install ok installed\nVersion: 1\n";
        byte[] tar = maker.file("var/lib/dpkg/status", status + "X: " + "x".repeat(wanted) + "\n\n")
                .bytes();
        byte[] stored = random.nextBoolean() ? tar : ImageMaker.gzip(tar);
        byte[] claimed = random.nextInt(12) == 0 ? new byte[0] : stored;
        byte[] kept = random.nextInt(12) == 0 ? Arrays.copyOf(stored, stored.length / 2) : stored;
        return layer(
                index,
                new MemoryBlob(kept, place(index)),
                random.nextBoolean() ? Sha256.of(claimed) : null,
                random.nextInt(9) == 0 ? Sha256.of(new byte[0]) : Sha256.of(tar));
    }

    private static byte[] noise(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String outcome(List<Layer> layers, Limits limits, int threads) throws IOException {
        try (Image image = image(layers.toArray(Layer[]::new))) {
            LayerScan scan = new LayerScan(
                    new LayerReader(limits, false),
                    List.of(new SomeImages.Counting()),
                    FactsStore.NONE,
                    "",
                    InstantSource.system(),
                    threads);
            AtomicInteger heard = new AtomicInteger();
            List<LayerFacts> facts = scan.facts(image, Set.of(), _ -> heard.incrementAndGet());
            assertThat(heard).hasValue(layers.size());
            return String.join("\n", told(facts));
        } catch (LimpidException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
