package io.limpid.cli;

import io.limpid.model.Limits;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Shows, updates, searches and verifies the advisories that are kept on this machine. */
final class DbCommand implements Command {
    private static final String STATUS = "status";
    private static final String UPDATE = "update";
    private static final String LIST = "list";
    private static final String SEARCH = "search";
    private static final String VERIFY = "verify";
    private static final String ALL = "--all";
    private static final String ONLY = "--only";
    private static final String FORCE = "--force";

    @Override
    public String name() {
        return "db";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Shows, updates and searches the advisories that are kept here.",
                "limpid db status",
                "limpid db update --only alpine",
                "limpid db search CVE-2024-0727");
        spec.usageMessage().customSynopsis("limpid db COMMAND [OPTIONS]");
        spec.addSubcommand(STATUS, plain(STATUS, "Tells what is kept, how old it is, and what became of updates."));
        spec.addSubcommand(UPDATE, update());
        spec.addSubcommand(LIST, plain(LIST, "Lists the feeds, their parts, and the releases that they speak of."));
        spec.addSubcommand(SEARCH, search());
        return spec.addSubcommand(VERIFY, plain(VERIFY, "Reads every file whole and compares it with its checksums."));
    }

    private static CommandSpec plain(String name, String sentence) {
        CommandSpec spec = CommandSpec.create().name(name);
        Usage.describe(spec, sentence, "limpid db " + name);
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    private static CommandSpec update() {
        CommandSpec spec = CommandSpec.create().name(UPDATE);
        Usage.describe(
                spec,
                "Fetches newer advisories; without options for what is kept already.",
                "limpid db update --only debian --only alpine/v3.22");
        AdvisoryOptions.specs().forEach(spec::addOption);
        spec.addOption(OptionSpec.builder(ALL)
                .description("Fetch everything that is known of.")
                .build());
        spec.addOption(OptionSpec.builder(ONLY)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("FEED[/PART]")
                .description("Fetch this feed or part; may be repeated.")
                .build());
        spec.addOption(OptionSpec.builder(FORCE)
                .description("Take data that are suspiciously few, and read them anew.")
                .build());
        return spec.addOption(OptionSpec.builder("-q", "--quiet")
                .description("Say nothing but errors.")
                .build());
    }

    private static CommandSpec search() {
        CommandSpec spec = CommandSpec.create().name(SEARCH);
        Usage.describe(
                spec,
                "Lists the advisories of a vulnerability or package.",
                "limpid db search CVE-2024-0727",
                "limpid db search openssl");
        spec.addPositional(Usage.words());
        spec.usageMessage().customSynopsis("limpid db search [OPTIONS] ID|PACKAGE");
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        if (!arguments.hasSubcommand()) {
            throw UsageError.at(
                    arguments, "db what? (" + String.join(", ", STATUS, UPDATE, LIST, SEARCH, VERIFY) + ")");
        }
        ParseResult sub = arguments.subcommand();
        String name = sub.commandSpec().name();
        AdvisoryOptions options = AdvisoryOptions.of(sub, console.environment());
        boolean quiet = name.equals(UPDATE) && sub.hasMatchedOption("--quiet");
        try (Progress progress = Progress.of(console, quiet);
                AdvisoryAccess access = new AdvisoryAccess(options, Limits.DEFAULT, console.environment(), progress)) {
            DbListing listing = new DbListing(access.store(), console);
            return switch (name) {
                case STATUS -> listing.status();
                case LIST -> listing.list();
                case VERIFY -> listing.verify();
                case SEARCH -> listing.search(wanted(sub));
                default -> update(sub, options, access, progress, console);
            };
        }
    }

    private static int update(
            ParseResult arguments, AdvisoryOptions options, AdvisoryAccess access, Progress progress, Console console)
            throws IOException, InterruptedException {
        String offline = AdvisoryOptions.offlineBy(arguments, console.environment());
        if (offline != null) {
            throw UsageError.at(arguments, offline + " and update contradict each other");
        }
        List<String> only = arguments.matchedOptionValue(ONLY, List.of());
        if (arguments.hasMatchedOption(ALL) && !only.isEmpty()) {
            throw UsageError.at(arguments, ALL + " and " + ONLY + " contradict each other");
        }
        DbUpdate update = new DbUpdate(access, arguments.hasMatchedOption(FORCE));
        boolean quiet = arguments.hasMatchedOption("--quiet");
        List<DbUpdate.Wanted> wanted;
        try {
            wanted = arguments.hasMatchedOption(ALL)
                    ? update.all()
                    : only.isEmpty() ? update.kept(console, quiet) : update.named(only);
        } catch (IllegalArgumentException e) {
            throw UsageError.at(arguments, String.valueOf(e.getMessage()));
        }
        if (wanted.isEmpty()) {
            throw UsageError.at(arguments, "nothing is kept yet: say what to fetch, " + ONLY + " FEED or " + ALL);
        }
        return update.run(wanted, options.refresh(), progress, console, quiet);
    }

    private static String wanted(ParseResult arguments) {
        List<String> words = Usage.words(arguments);
        if (words.size() != 1 || words.getFirst().isBlank()) {
            throw UsageError.at(arguments, "search for what? one vulnerability or package is needed");
        }
        return words.getFirst();
    }
}
