package io.limpid.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void haveTheOriginalsNamesAndBuckets() {
        Metrics metrics = new Metrics();
        metrics.answered("v1/getLayer", "200", 20_000_000);
        metrics.notified(2_000_000);
        metrics.notifierFailed("webhook");
        metrics.updaterFailed();
        metrics.updated(1_500_000_000, 3);
        metrics.queried("findLayer", "all", 1_000_000);
        metrics.sqlFailed("insertLayer");
        metrics.cacheAsked("feature", true);
        metrics.cacheAsked("feature", false);
        metrics.queue(() -> 7, () -> 1.5);
        metrics.advisoryAge(() -> 60);
        metrics.updaters(() -> Map.of("debian", true, "alpine", false));
        String text = new String(metrics.text(), StandardCharsets.UTF_8);
        assertThat(text.lines())
                .contains(
                        "clair_api_response_duration_milliseconds_bucket{code=\"200\",route=\"v1/getLayer\",le=\"18.75\"}"
                            + " 0",
                        "clair_api_response_duration_milliseconds_bucket{code=\"200\",route=\"v1/getLayer\",le=\"37.5\"}"
                            + " 1",
                        "clair_api_response_duration_milliseconds_bucket{code=\"200\",route=\"v1/getLayer\",le=\"4800.0\"}"
                            + " 1",
                        "clair_api_response_duration_milliseconds_count{code=\"200\",route=\"v1/getLayer\"} 1",
                        "clair_notifier_backend_errors_total{backend=\"webhook\"} 1.0",
                        "clair_updater_errors_total 1.0",
                        "clair_updater_notes_total 3.0",
                        "clair_updater_duration_seconds 1.5",
                        "clair_pgsql_errors_total{request=\"insertLayer\"} 1.0",
                        "clair_pgsql_cache_hits_total{object=\"feature\"} 1.0",
                        "clair_pgsql_cache_queries_total{object=\"feature\"} 2.0",
                        "clair_pgsql_concurrent_lock_vafv_total 0.0",
                        "limpid_queue_depth 7.0",
                        "limpid_queue_age_seconds 1.5",
                        "limpid_updater_finished{updater=\"alpine\"} 0.0",
                        "limpid_updater_finished{updater=\"debian\"} 1.0",
                        "limpid_advisory_age_seconds 60.0");
        assertThat(types(text))
                .contains(
                        "clair_notifier_latency_milliseconds histogram",
                        "clair_pgsql_query_duration_milliseconds histogram",
                        "process_cpu_seconds_total counter",
                        "process_resident_memory_bytes gauge",
                        "process_open_fds gauge",
                        "process_start_time_seconds gauge",
                        "go_goroutines gauge");
    }

    @Test
    void labelsShowAfterTheirFirstUse() {
        assertThat(types(new String(new Metrics().text(), StandardCharsets.UTF_8)))
                .contains("clair_notifier_latency_milliseconds histogram", "clair_updater_errors_total counter")
                .doesNotContain("clair_pgsql_errors_total counter");
    }

    private static Stream<String> types(String text) {
        return text.lines().filter(line -> line.startsWith("# TYPE ")).map(line -> line.substring("# TYPE ".length()));
    }
}
