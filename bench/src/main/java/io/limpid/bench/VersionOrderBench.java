package io.limpid.bench;

import io.limpid.version.InvalidVersionException;
import io.limpid.version.Order;
import io.limpid.version.Version;
import io.limpid.version.VersionScheme;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The order of two versions, as texts and as versions already read, over pairs whose order the real tools have decided. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VersionOrderBench {
    private static final int PAIRS = 5000;

    @Param({"deb", "apk", "rpm"})
    private String ecosystem = "";

    private VersionScheme scheme = VersionSchemes.all().getFirst();
    private List<String> texts = List.of();
    private List<Version> versions = List.of();

    @Setup
    public void read() throws IOException {
        scheme = VersionSchemes.byId(ecosystem).orElseThrow();
        String rows = switch (ecosystem) {
            case "deb" -> "debian";
            case "apk" -> "alpine";
            default -> ecosystem;
        };
        List<String> readTexts = new ArrayList<>();
        List<Version> readVersions = new ArrayList<>();
        for (String line : Files.readAllLines(Given.versions())) {
            String[] cells = line.split("\t", -1);
            if (readTexts.size() < 2 * PAIRS && cells[0].equals(rows)) {
                add(cells[1], cells[2], readTexts, readVersions);
            }
        }
        if (readTexts.size() != 2 * PAIRS) {
            throw new IllegalStateException("only " + readTexts.size() / 2 + " pairs of " + rows);
        }
        texts = readTexts;
        versions = readVersions;
    }

    private void add(String left, String right, List<String> readTexts, List<Version> readVersions) {
        try {
            List<Version> pair = List.of(scheme.parse(left), scheme.parse(right));
            readVersions.addAll(pair);
            readTexts.addAll(List.of(left, right));
        } catch (InvalidVersionException _) {
            // Such a pair has no order.
        }
    }

    /** Reads two versions and compares them. */
    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public int texts() {
        int sum = 0;
        for (int i = 0; i < texts.size(); i += 2) {
            sum += scheme.compare(texts.get(i), texts.get(i + 1)) == Order.UNDECIDED ? 0 : 1;
        }
        return sum;
    }

    /** Compares two versions. */
    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public int parsed() {
        int sum = 0;
        for (int i = 0; i < versions.size(); i += 2) {
            sum += versions.get(i).compareTo(versions.get(i + 1));
        }
        return sum;
    }
}
