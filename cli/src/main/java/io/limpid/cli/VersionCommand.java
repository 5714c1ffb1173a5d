package io.limpid.cli;

import io.limpid.format.Nearest;
import io.limpid.format.Printable;
import io.limpid.version.InvalidVersionException;
import io.limpid.version.Version;
import io.limpid.version.VersionScheme;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Prints Limpid's version, or compares two versions of packages. */
final class VersionCommand implements Command {
    private static final String COMPARE = "compare";
    private static final String EXAMPLE = "limpid version compare 1.0~rc1-1 1.0-1 --scheme deb";

    @Override
    public String name() {
        return "version";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec, "Prints the version of limpid, or compares versions of packages.", "limpid version", EXAMPLE);
        spec.usageMessage().customSynopsis("limpid version [compare A B --scheme SCHEME]");
        return spec.addSubcommand(COMPARE, compareSpec());
    }

    private static CommandSpec compareSpec() {
        CommandSpec spec = CommandSpec.create().name(COMPARE);
        Usage.describe(spec, "Compares two versions of a package.", EXAMPLE);
        spec.usageMessage()
                .description(
                        "Prints -1 when A is older than B, 0 when they are the same, 1 when A is newer, as the package"
                                + " manager itself would order them, and ? when one of them is no version to it. Where"
                                + " its order of an odd version is an accident, a warning says so: a scan takes such"
                                + " a comparison for undecided.")
                .customSynopsis(
                        "limpid version compare A B --scheme SCHEME",
                        "limpid version compare --batch --scheme SCHEME < PAIRS");
        spec.addPositional(Usage.words());
        spec.addOption(OptionSpec.builder("--scheme")
                .type(String.class)
                .paramLabel("SCHEME")
                .description("Whose order: " + schemeIds() + ".")
                .build());
        return spec.addOption(OptionSpec.builder("--batch")
                .description("Read lines of A, a tab and B from stdin; answer each with a line.")
                .build());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        if (!arguments.hasSubcommand()) {
            console.print(ProductVersion.line());
            return ExitCode.FINE;
        }
        return compare(arguments.subcommand(), console);
    }

    private static int compare(ParseResult arguments, Console console) throws IOException {
        String id = arguments.matchedOptionValue("--scheme", "");
        if (id.isEmpty()) {
            throw UsageError.at(arguments, "--scheme is missing: whose order? (there is " + schemeIds() + ")");
        }
        VersionScheme scheme = VersionSchemes.byId(id)
                .orElseThrow(() -> UsageError.at(arguments, Nearest.unknown("version scheme", id, schemes())));
        List<String> versions = Usage.words(arguments);
        if (arguments.hasMatchedOption("--batch")) {
            if (!versions.isEmpty()) {
                throw UsageError.at(arguments, "--batch takes versions from stdin, not from the command line");
            }
            new VersionBatch(scheme).run(console.stdin(), console.stdout());
            return ExitCode.FINE;
        }
        if (versions.size() != 2) {
            throw UsageError.at(arguments, "two versions are needed");
        }
        console.print(compare(scheme, versions.getFirst(), versions.getLast(), console) + "\n");
        return ExitCode.FINE;
    }

    private static String compare(VersionScheme scheme, String left, String right, Console console) {
        try {
            Version first = scheme.parse(left);
            Version second = scheme.parse(right);
            for (Version version : List.of(first, second)) {
                if (!version.reliable()) {
                    warn(
                            console,
                            "\"" + version.text() + "\" is outside of the grammar of " + scheme.id()
                                    + " versions: a scan does not rely on this order");
                }
            }
            return Integer.toString(Integer.signum(first.compareTo(second)));
        } catch (InvalidVersionException e) {
            warn(console, String.valueOf(e.getMessage()));
            return "?";
        }
    }

    private static void warn(Console console, String what) {
        console.stderr().println("warning: " + Printable.of(what));
    }

    private static String schemeIds() {
        return String.join(", ", schemes());
    }

    private static List<String> schemes() {
        return VersionSchemes.all().stream().map(VersionScheme::id).toList();
    }
}
