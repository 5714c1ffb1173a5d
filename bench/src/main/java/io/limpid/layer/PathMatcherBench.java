package io.limpid.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.model.PathPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whether a name of a layer matters, over the names of a Debian image and patterns like those of the detectors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PathMatcherBench {
    private static final int NAMES = 4000;
    private static final Set<String> READ = Set.of(
            "etc/os-release",
            "usr/lib/os-release",
            "etc/apt/sources.list",
            "etc/apt/sources.list.d/*",
            "lib/apk/db/installed",
            "usr/lib/apk/db/installed",
            "var/lib/dpkg/status",
            "var/lib/dpkg/status.d/*",
            "var/lib/dpkg/updates/*",
            "var/lib/rpm/Packages");

    private byte[][] names = {};
    private PathMatcher matcher = new PathMatcher(new PathQuery(Set.of(), Set.of()));

    @Setup
    public void read() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(System.getProperty("bench.names", "")))) {
            names = lines.limit(NAMES).map(line -> line.getBytes(UTF_8)).toArray(byte[][]::new);
        }
        if (names.length != NAMES) {
            throw new IllegalStateException("only " + names.length + " names");
        }
        matcher = new PathMatcher(PathQuery.ofFiles(List.copyOf(READ)).tracking(Set.of(PathPattern.parse("var/lib"))));
    }

    /** One name. */
    @Benchmark
    @OperationsPerInvocation(NAMES)
    public int match() {
        int sum = 0;
        for (byte[] name : names) {
            sum += matcher.match(name);
        }
        return sum;
    }
}
