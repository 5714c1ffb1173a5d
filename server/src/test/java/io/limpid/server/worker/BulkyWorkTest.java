package io.limpid.server.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class BulkyWorkTest {
    private static final long SMALL_MEMORY = 1;

    @Test
    void theSecondWaitsForTheFirst() throws Exception {
        BulkyWork bulky = new BulkyWork(SMALL_MEMORY);
        CountDownLatch started = new CountDownLatch(1);
        Callable<Void> second = () -> {
            try (BulkyWork.Leave leave = bulky.new Leave(WorkDeadline.in(Duration.ofMinutes(1)))) {
                started.countDown();
                leave.ask();
                return null;
            }
        };
        FutureTask<Void> task = new FutureTask<>(second);
        try (BulkyWork.Leave first = bulky.new Leave(WorkDeadline.in(Duration.ofMinutes(1)))) {
            first.ask();
            first.ask();
            Thread.ofVirtual().start(task);
            started.await();
            assertThat(task.isDone()).isFalse();
        }
        assertThat(task.get()).isNull();
    }

    @Test
    void nobodyWaitsLongerThanTheDeadline() throws IOException {
        BulkyWork bulky = new BulkyWork(SMALL_MEMORY);
        try (BulkyWork.Leave first = bulky.new Leave(WorkDeadline.in(Duration.ofMinutes(1)));
                BulkyWork.Leave second = bulky.new Leave(WorkDeadline.in(Duration.ofMillis(1)))) {
            first.ask();
            assertThatThrownBy(second::ask).hasMessageContaining("was not read within");
        }
    }
}
