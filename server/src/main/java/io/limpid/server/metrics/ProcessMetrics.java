package io.limpid.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** The process in the names that every Prometheus client has, and those of Go's that mean something here. */
final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final double MILLIS_A_SECOND = 1e3;
    private static final double KIB = 1024;

    private ProcessMetrics() {}

    static void register(PrometheusRegistry registry) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        CounterWithCallback.builder()
                .name("process_cpu_seconds")
                .help("Total user and system CPU time spent in seconds.")
                .callback(value -> value.call(ProcessHandle.current()
                                .info()
                                .totalCpuDuration()
                                .orElse(Duration.ZERO)
                                .toMillis()
                        / MILLIS_A_SECOND))
                .register(registry);
        gauge(
                registry,
                "process_start_time_seconds",
                "Start time of the process since unix epoch in seconds.",
                () -> runtime.getStartTime() / MILLIS_A_SECOND);
        gauge(registry, "process_resident_memory_bytes", "Resident memory size in bytes.", () -> ofStatus("VmRSS:"));
        gauge(registry, "process_virtual_memory_bytes", "Virtual memory size in bytes.", () -> ofStatus("VmSize:"));
        gauge(registry, "process_open_fds", "Number of open file descriptors.", ProcessMetrics::openFiles);
        gauge(
                registry,
                "go_goroutines",
                "Number of threads of the platform; the virtual ones are not counted.",
                threads::getThreadCount);
        gauge(
                registry,
                "go_memstats_alloc_bytes",
                "Number of bytes allocated and still in use.",
                () -> memory.getHeapMemoryUsage().getUsed());
        gauge(
                registry,
                "go_memstats_sys_bytes",
                "Number of bytes obtained from system.",
                () -> memory.getHeapMemoryUsage().getCommitted()
                        + memory.getNonHeapMemoryUsage().getCommitted());
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier now) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(value -> value.call(now.getAsDouble()))
                .register(registry);
    }

    private static double ofStatus(String key) {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException | java.io.UncheckedIOException _) {
            return Double.NaN;
        }
    }

    private static double openFiles() {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.count();
        } catch (IOException | java.io.UncheckedIOException _) {
            return Double.NaN;
        }
    }
}
