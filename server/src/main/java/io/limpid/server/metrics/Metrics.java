package io.limpid.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is counted and measured: Clair's metrics by their names, and ours beginning with {@code limpid_}. */
public final class Metrics {
    /** The format that {@link #text} writes. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4";

    private static final double NANOS_A_MILLI = 1e6;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double[] API_BUCKETS = doubling(9.375, 10);
    /** Those of a histogram of Clair's that names none. */
    private static final double[] USUAL_BUCKETS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicLong notes = new AtomicLong();

    private final Histogram responses = Histogram.builder()
            .name("clair_api_response_duration_milliseconds")
            .help("The duration of time it takes to receive and write a response to an API request")
            .labelNames("route", "code")
            .classicOnly()
            .classicUpperBounds(API_BUCKETS)
            .register(registry);

    private final Histogram notifierLatency = Histogram.builder()
            .name("clair_notifier_latency_milliseconds")
            .help("Time it takes to send a notification after it's been created.")
            .classicOnly()
            .classicUpperBounds(USUAL_BUCKETS)
            .register(registry);

    private final Counter notifierErrors =
            counter("clair_notifier_backend_errors", "Number of errors that notifier backends generated.", "backend");
    private final Counter updaterErrors =
            counter("clair_updater_errors", "Numbers of errors that the updater generated.");
    private final Gauge updaterDuration = Gauge.builder()
            .name("clair_updater_duration_seconds")
            .help("The time it took to update the vulnerability database.")
            .register(registry);
    private final Counter sqlErrors =
            counter("clair_pgsql_errors", "Number of errors that PostgreSQL requests generated.", "request");
    private final Counter cacheHits =
            counter("clair_pgsql_cache_hits", "Number of cache hits that the PostgreSQL backend did.", "object");
    private final Counter cacheQueries =
            counter("clair_pgsql_cache_queries", "Number of cache queries that the PostgreSQL backend did.", "object");

    private final Histogram queries = Histogram.builder()
            .name("clair_pgsql_query_duration_milliseconds")
            .help("Time it takes to execute the database query.")
            .labelNames("query", "subquery")
            .classicOnly()
            .classicUpperBounds(USUAL_BUCKETS)
            .register(registry);

    private final Gauge lockWaiters = Gauge.builder()
            .name("limpid_pgsql_lock_waiters")
            .help("Writers that hold or wait for the lock of vulnerabilities and their versions.")
            .register(registry);

    private final Counter limits =
            counter("limpid_limits_hit", "How often a bound was reached and something refused.", "limit");

    public Metrics() {
        // A gauge by a name that is a counter's, which this library does not let a gauge have.
        CounterWithCallback.builder()
                .name("clair_pgsql_concurrent_lock_vafv")
                .help("Number of transactions trying to hold the exclusive Vulnerability_Affects_FeatureVersion lock.")
                .callback(value -> value.call(Math.max(0, lockWaiters.get())))
                .register(registry);
        CounterWithCallback.builder()
                .name("clair_updater_notes")
                .help("Number of notes that the vulnerability fetchers generated.")
                .callback(value -> value.call((double) notes.get()))
                .register(registry);
        ProcessMetrics.register(registry);
    }

    /** A request of the API was worked on. */
    public void answered(String route, String code, long nanos) {
        responses.labelValues(route, code).observe(nanos / NANOS_A_MILLI);
    }

    /** A notification was taken by its receiver, so long after it happened. */
    public void notified(long nanos) {
        notifierLatency.observe(nanos / NANOS_A_MILLI);
    }

    /** A receiver of notifications could not be reached or said no. */
    public void notifierFailed(String backend) {
        notifierErrors.labelValues(backend).inc();
    }

    /** An update of all vulnerabilities ended. */
    public void updated(long nanos, int noteCount) {
        updaterDuration.set(nanos / NANOS_A_SECOND);
        notes.set(noteCount);
    }

    /** An updater failed. */
    public void updaterFailed() {
        updaterErrors.inc();
    }

    /** A statement was executed. */
    public void queried(String query, String subquery, long nanos) {
        queries.labelValues(query, subquery).observe(nanos / NANOS_A_MILLI);
    }

    /** A statement failed. */
    public void sqlFailed(String request) {
        sqlErrors.labelValues(request).inc();
    }

    /** A row's number was looked for in memory. */
    public void cacheAsked(String object, boolean isHit) {
        cacheQueries.labelValues(object).inc();
        if (isHit) {
            cacheHits.labelValues(object).inc();
        }
    }

    /** A writer began to wait for the lock of vulnerabilities and their versions, or has given it back. */
    public void lockWaiters(int more) {
        lockWaiters.inc(more);
    }

    /** Something was refused because of a bound. */
    public void limitHit(String limit) {
        limits.labelValues(limit).inc();
    }

    /** Work that waits. */
    public void queue(DoubleSupplier depth, DoubleSupplier ageSeconds) {
        gauge("limpid_queue_depth", "Layers that wait to be read.", depth);
        gauge("limpid_queue_age_seconds", "How long the one that waits longest does.", ageSeconds);
    }

    /** How old the advisories are, of the updater whose are oldest. */
    public void advisoryAge(DoubleSupplier seconds) {
        gauge("limpid_advisory_age_seconds", "Time since the last complete update of the vulnerabilities.", seconds);
    }

    /** Which updaters have ever finished; of none while that cannot be told. */
    public void updaters(Supplier<Map<String, Boolean>> finished) {
        GaugeWithCallback.builder()
                .name("limpid_updater_finished")
                .help("1 when the updater has ever finished, else 0: then no layer of its namespaces is told clean.")
                .labelNames("updater")
                .callback(value -> finished.get().forEach((name, is) -> value.call(is ? 1 : 0, name)))
                .register(registry);
    }

    /**
     * How the last run of an updater ended.
     *
     * @param seconds how long ago
     */
    public record LastRun(long vulnerabilities, boolean failed, double seconds) {}

    /** How the last run of each updater ended; of none while that cannot be told. */
    public void lastRuns(Supplier<Map<String, LastRun>> runs) {
        lastRun(
                "limpid_updater_vulnerabilities",
                "Vulnerabilities that the updater has now.",
                runs,
                run -> run.vulnerabilities());
        lastRun(
                "limpid_updater_failed",
                "1 when the updater's last run failed, else 0.",
                runs,
                run -> run.failed() ? 1 : 0);
        lastRun("limpid_updater_last_run_seconds", "Time since the updater's last run ended.", runs, LastRun::seconds);
    }

    private void lastRun(
            String name, String help, Supplier<Map<String, LastRun>> runs, ToDoubleFunction<LastRun> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("updater")
                .callback(value -> runs.get().forEach((updater, run) -> value.call(figure.applyAsDouble(run), updater)))
                .register(registry);
    }

    /** All of them, in {@link #CONTENT_TYPE}. */
    public byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void gauge(String name, String help, DoubleSupplier now) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(value -> value.call(now.getAsDouble()))
                .register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private static double[] doubling(double first, int count) {
        double[] bounds = new double[count];
        for (int i = 0; i < count; i++) {
            bounds[i] = Math.scalb(first, i);
        }
        return bounds;
    }
}
