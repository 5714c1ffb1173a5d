package io.limpid.cli;

import io.limpid.model.Report;
import io.limpid.report.Explanation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Tells all that is known of one vulnerability in an image or a report: where it is, why it is believed to be there, and what to do. */
final class ExplainCommand implements Command {

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Tells why a vulnerability is reported, and what to do about it.",
                "limpid explain CVE-2024-0727 image.tar",
                "limpid scan image.tar -o json | limpid explain CVE-2024-0727 -");
        spec.usageMessage()
                .customSynopsis("limpid explain [OPTIONS] ID TARGET")
                .footer(
                        "",
                        "ID is a name of the vulnerability: CVE-..., GHSA-..., DSA-...",
                        "TARGET is a report that scan -o json wrote, - for one on stdin, or anything",
                        "that scan takes, which is scanned.");
        spec.addPositional(Usage.words());
        Scanning.specs().forEach(spec::addOption);
        spec.addOption(Appearance.color());
        return spec.addOption(OptionSpec.builder("-v", "--verbose")
                .arity("0")
                .type(boolean[].class)
                .description("Twice: stack traces of errors.")
                .build());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        List<String> words = Usage.words(arguments);
        if (words.size() != 2 || words.getFirst().isBlank()) {
            throw UsageError.at(arguments, "an ID and a TARGET are needed");
        }
        String target = words.getLast();
        var look = Appearance.of(arguments, console).of(target);
        Scanning scanning = Scanning.of(arguments, console);
        Explanation explanation = Explanation.of(report(target, scanning, console), words.getFirst());
        console.print(explanation.text(look));
        return explanation.found() ? ExitCode.FINE : ExitCode.TOOL_ERROR;
    }

    private static Report report(String target, Scanning scanning, Console console)
            throws IOException, InterruptedException {
        Optional<Report> written = ReportFile.read(target, console, scanning.limits());
        return written.isPresent() ? written.get() : scanning.scan(target, console, false);
    }
}
