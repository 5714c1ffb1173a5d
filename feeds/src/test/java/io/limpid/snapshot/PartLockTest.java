package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One has the lock at a time, whether the others are threads or processes; for processes see {@link CrashTest}. */
class PartLockTest {
    private static final int THREADS = 8;
    private static final int TIMES = 500;

    @TempDir
    Path folder;

    @Test
    void ofManyThreadsOneHasIt() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> {
                    for (int j = 0; j < TIMES; j++) {
                        try (PartLock lock = PartLock.take(folder.resolve("lock"), Duration.ofSeconds(60))) {
                            assertThat(lock).isNotNull();
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            inside.decrementAndGet();
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }
    }
}
