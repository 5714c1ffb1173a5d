package io.limpid.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.image.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link FactsStore} that keeps something must do; a test of one extends it. */
abstract class FactsStoreContract {
    /** A store over the same data each time. */
    abstract FactsStore open();

    static FactsKey key(int number) {
        return FactsKey.ofLayer("maker", new FactsKey.Bytes.Tar(Sha256.of(new byte[] {(byte) number})), Set.of());
    }

    @Test
    void givesWhatWasKeptAndNothingElse() {
        FactsStore store = open();
        assertThat(store.load(key(1))).isNull();
        for (int i = 0; i < 40; i++) {
            store.keep(key(i), RandomFacts.of(i));
        }
        for (int i = 0; i < 40; i++) {
            assertThat(store.load(key(i))).isEqualTo(RandomFacts.of(i));
            assertThat(open().load(key(i))).isEqualTo(RandomFacts.of(i));
        }
        assertThat(store.load(key(40))).isNull();
        assertThat(store.load(FactsKey.ofLayer("another", new FactsKey.Bytes.Tar(Sha256.of(new byte[] {1})), Set.of())))
                .isNull();
    }

    @Test
    void theLatestCounts() {
        FactsStore store = open();
        store.keep(key(1), RandomFacts.of(1));
        store.keep(key(1), RandomFacts.of(2));
        assertThat(store.load(key(1))).isEqualTo(RandomFacts.of(2));
    }

    /** What a limit, the time or a failure to read has cut short. */
    @Test
    void whatDoesNotLastIsNotKept() {
        FactsStore store = open();
        store.keep(key(1), new TarFacts(List.of(), Map.of(), List.of(), null, null, true, false));
        assertThat(store.load(key(1))).isNull();
    }

    @Test
    void anyNumberOfThreadsUseItAtOnce() throws InterruptedException {
        FactsStore store = open();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> Thread.ofPlatform().start(() -> {
                    try {
                        for (int i = 0; i < 100; i++) {
                            int which = (i + number) % 10;
                            store.keep(key(which), RandomFacts.of(which));
                            assertThat(store.load(key(which))).isEqualTo(RandomFacts.of(which));
                        }
                    } catch (AssertionError e) {
                        failures.add(e);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }
}
