package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No window of time has more requests than are allowed, and none waits that need not. */
class PaceTest {
    private static final long SECOND = 1_000_000_000;

    private long now = 17;
    private final List<Long> waits = new ArrayList<>();

    private Pace pace(int requests, int seconds) {
        return new Pace(requests, Duration.ofSeconds(seconds), () -> now, nanos -> {
            waits.add(nanos);
            now += nanos;
        });
    }

    @Test
    void theFirstOnesGoAtOnce() throws InterruptedException {
        Pace pace = pace(5, 30);
        for (int i = 0; i < 5; i++) {
            pace.await();
        }
        assertThat(waits).isEmpty();
        pace.await();
        assertThat(waits).containsExactly(30 * SECOND);
    }

    @Test
    void eachWaitsForTheOneThatMakesRoom() throws InterruptedException {
        Pace pace = pace(2, 30);
        List<Long> gone = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pace.await();
            gone.add(now);
            now += (i * 7L % 11) * SECOND;
        }
        for (int i = 2; i < gone.size(); i++) {
            assertThat(gone.get(i) - gone.get(i - 2)).isGreaterThanOrEqualTo(30 * SECOND);
        }
    }

    @Test
    void whoComesSlowlyNeverWaits() throws InterruptedException {
        Pace pace = pace(2, 30);
        for (int i = 0; i < 20; i++) {
            pace.await();
            now += 15 * SECOND;
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        Pace pace = new Pace(1, Duration.ofHours(1));
        pace.await();
        Thread.currentThread().interrupt();
        assertThatThrownBy(pace::await).isInstanceOf(InterruptedException.class);
    }
}
