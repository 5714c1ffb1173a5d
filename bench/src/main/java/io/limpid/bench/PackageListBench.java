package io.limpid.bench;

import io.limpid.detect.Detector;
import io.limpid.detect.apk.ApkDetector;
import io.limpid.detect.dpkg.DpkgDetector;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The package lists of dpkg (357 packages) and apk (Alpine's base) read whole. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PackageListBench {
    private final Detector dpkg = new DpkgDetector(Limits.DEFAULT);
    private final Detector apk = new ApkDetector(Limits.DEFAULT);
    private LayerFiles status = LayerFiles.of(List.of());
    private LayerFiles installed = LayerFiles.of(List.of());

    @Setup
    public void read() throws IOException {
        status = file("var/lib/dpkg/status", Files.readAllBytes(Given.dpkgStatus()));
        installed = file("lib/apk/db/installed", Files.readAllBytes(Given.apkInstalled()));
        requirePackages(dpkg());
        requirePackages(apk());
    }

    private static LayerFiles file(String path, byte[] content) {
        return LayerFiles.of(List.of(new LayerFile(path, content)));
    }

    private static void requirePackages(List<Detection> found) {
        if (found.stream().allMatch(detection -> detection.packages().isEmpty())) {
            throw new IllegalStateException("no packages are found: " + found);
        }
    }

    /** A status file. */
    @Benchmark
    public List<Detection> dpkg() {
        return dpkg.detect(status);
    }

    /** A data base of apk. */
    @Benchmark
    public List<Detection> apk() {
        return apk.detect(installed);
    }
}
