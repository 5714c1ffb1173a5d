package io.limpid.cli;

import io.limpid.facts.FactsFolder;
import io.limpid.image.ImageSources;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Report;
import io.limpid.report.ReportWriters;
import io.limpid.scan.ScanRequest;
import io.limpid.scan.VerdictPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Makes a small image of its own and scans it: something to look at without an image, a daemon or a network. */
final class DemoCommand implements Command {
    private static final String FILE = "demo-image.tar";

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec, "Makes a small image and scans it with sample advisories; needs no network.", "limpid demo");
        spec.usageMessage().customSynopsis("limpid demo");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        Path cache = CacheFolder.of(console.environment());
        Path image = cache.resolve(FILE);
        make(image);
        console.stderr().println("A small image was made at " + image + "; scanning it with a few sample advisories.");
        Instant now = Instant.now();
        VerdictPolicy policy = new VerdictPolicy(now, VerdictPolicy.DEFAULT_MAX_AGE, false);
        Report report;
        try (FactsFolder facts = new FactsFolder(cache, FactsFolder.DEFAULT_BOUND)) {
            report = Scanning.scan(
                            ImageSources.all(),
                            DemoAdvisories.read(Limits.DEFAULT, now),
                            policy,
                            List.of(),
                            true,
                            Limits.DEFAULT,
                            facts)
                    .scan(new ScanRequest("docker-archive:" + image, null, null));
            Scanning.tell(facts, console);
        }
        List<Output> table = List.of(new Output(ReportWriters.named("table").orElseThrow(), null));
        ScanCommand.write(
                report,
                table,
                console,
                Appearance.of(console, "auto").listing(false, false).of(image.toString()));
        console.stderr().println("Next: limpid scan " + image + " (with all advisories of Debian)");
        return ExitCode.FINE;
    }

    private static void make(Path image) throws IOException {
        try {
            Files.createDirectories(image.toAbsolutePath().getParent());
            WholeFile.write(image, DemoImage::write);
        } catch (IOException e) {
            throw new LimpidException(
                    ErrorCode.IO,
                    "the demo image cannot be written to " + image,
                    ErrorText.causeOf(e),
                    "set XDG_CACHE_HOME to a folder that you may write to");
        }
    }
}
