package io.limpid.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.api.RawHttp;
import io.limpid.server.store.OnEachPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the original answers where no store is asked: routes, methods, redirects, health. */
@OnEachPostgres
class RecordedRoutesTest {

    @Test
    void answersAsRecorded() throws Exception {
        int compared = 0;
        try (TestApi api = TestApi.start()) {
            for (String name : List.of("errors-routes", "errors-health")) {
                for (Recording.Step step : Recording.of(name).steps()) {
                    RawHttp.Reply reply = step.send(step.isHealth() ? api.healthPort() : api.port());
                    assertThat(reply.status())
                            .as(step.id() + reply.body() + reply.headers())
                            .isEqualTo(step.status());
                    assertThat(Recording.Step.compared(reply)).as(step.id()).isEqualTo(step.headers());
                    assertThat(reply.body()).as(step.id()).isEqualTo(step.body());
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(32);
    }
}
