package io.limpid.cli;

import io.limpid.cli.push.WriteToken;
import io.limpid.model.ClairSeverity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Has an image analysed by a server that speaks Clair's API v1; also under the name and with the flags of the program that did so before. */
final class PushCommand implements Command {
    static final String ENDPOINT = "--endpoint";
    static final String MY_ADDRESS = "--my-address";
    static final String PORT = "--port";
    static final String ALLOW = "--allow";
    static final String MINIMUM = "--minimum-severity";
    static final String FAIL_ON = "--fail-on";

    /** Of a scan's options those that are about where an image comes from. */
    private static final Set<String> OF_IMAGES =
            Set.of("--image", "--platform", "--registry-mirror", "--plain-http", "--ca-file", "--limit");

    private final boolean original;

    private PushCommand(boolean original) {
        this.original = original;
    }

    /** By its own name. */
    static PushCommand push() {
        return new PushCommand(false);
    }

    /** By the name of the original program, whose flags begin with one dash. */
    static PushCommand original() {
        return new PushCommand(true);
    }

    @Override
    public String name() {
        return original ? "analyze-local-images" : "push";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Has an image analysed by a Clair server (API v1), and tells what that says.",
                original
                        ? "limpid analyze-local-images -endpoint http://clair:6060 debian:12"
                        : "limpid push --endpoint http://clair:6060 debian:12");
        spec.usageMessage()
                .hidden(original)
                .customSynopsis("limpid " + name() + " [OPTIONS] IMAGE")
                .footer(
                        "",
                        "IMAGE is what scan takes as TARGET, but no SBOM and no root file system.",
                        "SEVERITY: " + String.join(", ", ClairSeverity.texts()) + ".");
        spec.addPositional(Usage.words());
        options().forEach(spec::addOption);
        Scanning.specs().stream()
                .filter(option -> OF_IMAGES.contains(option.longestName()))
                .forEach(spec::addOption);
        return spec.addOption(OptionSpec.builder("-v", "--verbose")
                .arity("0")
                .type(boolean[].class)
                .description("Twice (-vv): stack traces of errors.")
                .build());
    }

    private List<OptionSpec> options() {
        return List.of(
                value("URL", "The server (http://127.0.0.1:6060).", ENDPOINT),
                value("FILE", "Has the server's token; or LIMPID_TOKEN does.", WriteToken.OPTION),
                value("ADDRESS", "By which the server reaches this machine.", MY_ADDRESS),
                value("PORT", "Where it fetches layers (9279, or any if taken).", PORT),
                OptionSpec.builder(names(ALLOW))
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("ADDRESS")
                        .description("Who else may fetch layers; may be repeated.")
                        .build(),
                value("SEVERITY", "Leave out what is less severe (Negligible).", MINIMUM),
                value("SEVERITY", "Exit with 2 if something is so severe.", FAIL_ON),
                OptionSpec.builder(names("--color"))
                        .type(String.class)
                        .paramLabel("WHEN")
                        .description("Colours: auto, always, never.")
                        .build());
    }

    private OptionSpec value(String label, String description, String name) {
        return OptionSpec.builder(names(name))
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private String[] names(String name) {
        List<String> names = new ArrayList<>();
        if (original) {
            names.add(name.substring(1));
        }
        names.add(name);
        return names.toArray(String[]::new);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        return Pushing.of(arguments, console).run(console);
    }
}
