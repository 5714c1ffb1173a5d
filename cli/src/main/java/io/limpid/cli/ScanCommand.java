package io.limpid.cli;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.feed.Feeds;
import io.limpid.format.Printable;
import io.limpid.model.AdvisorySource;
import io.limpid.model.AppliedCorrection;
import io.limpid.model.Distro;
import io.limpid.model.Report;
import io.limpid.report.ReportOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Scans an image or an SBOM and writes a report. */
final class ScanCommand implements Command {
    private static final String DEFAULT_FORMAT = "table";

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Tells what in an image is vulnerable, why, and what to do.",
                "limpid scan image.tar --fail-on high,fixable",
                "limpid scan -o json=report.json -o table oci-dir:layout --platform linux/arm64");
        spec.usageMessage()
                .customSynopsis("limpid scan [OPTIONS] TARGET")
                .footer(
                        "",
                        "TARGET is a file or folder, told by its content, the name of an image that the",
                        "Docker daemon or else a registry has (alpine:3.20), or one with a scheme:",
                        "docker:NAME, podman:NAME, registry:NAME, docker-archive:FILE,",
                        "oci-archive:FILE, oci-dir:FOLDER, dir:FOLDER (a root file system), sbom:FILE.");
        spec.addPositional(Usage.words());
        options().forEach(spec::addOption);
        Scanning.specs().forEach(spec::addOption);
        GateOptions.specs().forEach(spec::addOption);
        return spec;
    }

    private static List<OptionSpec> options() {
        return List.of(
                value(
                                "FORMAT[=FILE]",
                                "Write a report (" + Output.formats() + "), to stdout or FILE; may be repeated.",
                                "-o",
                                "--output")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build(),
                flag("List the layers and the packages.", "--packages"),
                flag("List the packages that upper layers removed.", "--removed"),
                flag("Show the findings that are only counted.", "--show-hidden"),
                flag("Leave out when advisories were fetched.", "--reproducible"),
                Appearance.color(),
                flag("Say nothing on stderr but errors.", "-q", "--quiet"),
                OptionSpec.builder("-v", "--verbose")
                        .arity("0")
                        .type(boolean[].class)
                        .description("Twice (-vv): stack traces of errors.")
                        .build());
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names).description(description).build();
    }

    private static OptionSpec.Builder value(String label, String description, String... names) {
        return OptionSpec.builder(names).type(String.class).paramLabel(label).description(description);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        List<String> targets = Usage.words(arguments);
        if (targets.size() != 1) {
            throw UsageError.at(arguments, targets.isEmpty() ? "no TARGET is given" : "more than one TARGET is given");
        }
        List<Output> outputs = outputs(arguments);
        ReportOptions look = Appearance.of(arguments, console)
                .listing(arguments.hasMatchedOption("--packages"), arguments.hasMatchedOption("--removed"))
                .showing(arguments.hasMatchedOption("--show-hidden"))
                .of(targets.getFirst());
        Scanning scanning = Scanning.of(arguments, console);
        GateOptions gate = GateOptions.of(arguments);
        boolean quiet = arguments.hasMatchedOption("--quiet");
        Report found = scanning.scan(targets.getFirst(), console, quiet);
        Report report = arguments.hasMatchedOption("--reproducible") ? found.reproducible() : found;
        write(report, outputs, console, look);
        if (!quiet) {
            warn(report, console);
        }
        return gate.judge(report, console, quiet);
    }

    /** Writes the report to each of the outputs. */
    static void write(Report report, List<Output> outputs, Console console, ReportOptions onTerminal)
            throws IOException {
        for (Output output : outputs) {
            output.write(report, output.file() == null ? onTerminal : onTerminal.forFile(), console);
        }
    }

    private static void warn(Report report, Console console) {
        int problems = report.inventory().problems().size();
        if (problems > 0) {
            console.stderr()
                    .println("warning: " + problems + (problems == 1 ? " problem" : " problems")
                            + ": the list of packages may not be complete, see the report");
        }
        expired(report, console);
        for (AdvisorySource source : report.advisories()) {
            if (source.note() != null) {
                console.stderr().println("warning: " + Printable.of(source.note()));
            }
        }
        Distro distro = report.inventory().distro();
        if (distro != null && report.advisories().isEmpty()) {
            withoutAdvisories(distro, console);
        }
    }

    private static void expired(Report report, Console console) {
        List<String> places = report.corrections().stream()
                .filter(one -> one.effect() == AppliedCorrection.Effect.EXPIRED)
                .map(one -> one.correction().place())
                .toList();
        if (!places.isEmpty()) {
            console.stderr()
                    .println("warning: " + places.size()
                            + (places.size() == 1
                                    ? " override has expired and changes nothing: "
                                    : " overrides have expired and change nothing: ")
                            + Printable.of(String.join(", ", places)));
        }
    }

    /** Nothing can be said of such an image: what could be done about it. */
    private static void withoutAdvisories(Distro distro, Console console) {
        List<String> parts = new ArrayList<>();
        for (Feed feed : Feeds.all()) {
            for (FeedPart part : feed.partsFor(distro)) {
                parts.add(part.toString());
            }
        }
        console.stderr()
                .println("warning: nothing was compared: there are no advisories for "
                        + Printable.of(distro.namespace()));
        console.stderr()
                .println(
                        parts.isEmpty()
                                ? "hint: no feed of this version speaks of it, see 'limpid db list'"
                                : "hint: where there is a network: limpid db update --only "
                                        + String.join(" --only ", parts));
    }

    private static List<Output> outputs(ParseResult arguments) {
        List<String> texts = arguments.matchedOptionValue("--output", List.of(DEFAULT_FORMAT));
        List<Output> outputs = new ArrayList<>();
        for (String text : texts) {
            try {
                Output output = Output.parse(text);
                if (outputs.stream().anyMatch(output::sharesFileWith)) {
                    throw UsageError.at(
                            arguments, "two reports go to the file " + output.file() + ": name one for each");
                }
                outputs.add(output);
            } catch (IllegalArgumentException e) {
                throw UsageError.at(arguments, String.valueOf(e.getMessage()));
            }
        }
        if (outputs.stream().filter(output -> output.file() == null).count() > 1) {
            throw UsageError.at(arguments, "two reports go to stdout: name a file for all but one, -o FORMAT=FILE");
        }
        return outputs;
    }
}
