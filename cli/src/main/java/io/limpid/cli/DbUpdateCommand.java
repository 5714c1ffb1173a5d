package io.limpid.cli;

import io.limpid.model.Limits;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The grammar of {@code limpid db update}; {@link DbUpdate} does it. */
final class DbUpdateCommand implements Command {
    private static final String ALL = "--all";
    private static final String FORCE = "--force";

    @Override
    public String name() {
        return "update";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Fetches newer advisories; without options for what is kept already.",
                "limpid db update --only debian --only alpine/v3.22");
        AdvisoryOptions.specs().forEach(spec::addOption);
        spec.addOption(OptionSpec.builder(ALL)
                .description("Fetch everything that is known of.")
                .build());
        spec.addOption(DbSelection.only("Fetch this feed or part; may be repeated."));
        spec.addOption(OptionSpec.builder(FORCE)
                .description("Take data that are suspiciously few or were rolled back.")
                .build());
        return spec.addOption(OptionSpec.builder("-q", "--quiet")
                .description("Say nothing but errors.")
                .build());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        AdvisoryOptions options = AdvisoryOptions.of(arguments, console.environment());
        boolean quiet = arguments.hasMatchedOption("--quiet");
        String offline = AdvisoryOptions.offlineBy(arguments, console.environment());
        if (offline != null) {
            throw UsageError.at(arguments, offline + " and update contradict each other");
        }
        List<String> only = DbSelection.only(arguments);
        if (arguments.hasMatchedOption(ALL) && !only.isEmpty()) {
            throw UsageError.at(arguments, ALL + " and " + DbSelection.ONLY + " contradict each other");
        }
        try (Progress progress = Progress.of(console, quiet);
                AdvisoryAccess access = new AdvisoryAccess(options, Limits.DEFAULT, console.environment(), progress)) {
            DbUpdate update = new DbUpdate(access, arguments.hasMatchedOption(FORCE));
            List<DbUpdate.Wanted> wanted = wanted(arguments, only, update, console, quiet);
            if (wanted.isEmpty()) {
                throw UsageError.at(
                        arguments, "nothing is kept yet: say what to fetch, " + DbSelection.ONLY + " FEED or " + ALL);
            }
            return update.run(wanted, options.refresh(), progress, console, quiet);
        }
    }

    private static List<DbUpdate.Wanted> wanted(
            ParseResult arguments, List<String> only, DbUpdate update, Console console, boolean quiet)
            throws IOException {
        try {
            return arguments.hasMatchedOption(ALL)
                    ? update.all()
                    : only.isEmpty() ? update.kept(console, quiet) : update.named(only);
        } catch (IllegalArgumentException e) {
            throw UsageError.at(arguments, String.valueOf(e.getMessage()));
        }
    }
}
