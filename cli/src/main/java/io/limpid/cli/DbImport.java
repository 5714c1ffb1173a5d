package io.limpid.cli;

import io.limpid.bundle.Bundle;
import io.limpid.bundle.BundleImport;
import io.limpid.bundle.BundleManifest;
import io.limpid.bundle.BundleMember;
import io.limpid.bundle.BundleRules;
import io.limpid.bundle.BundleRules.Allowance;
import io.limpid.bundle.VerifyingKey;
import io.limpid.format.Printable;
import io.limpid.model.Limits;
import io.limpid.snapshot.Difference;
import io.limpid.snapshot.SnapshotIntake;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.UpdateRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code limpid db import}: takes what is in a bundle, when somebody who is trusted has signed it. */
final class DbImport implements Command {
    private static final String DRY_RUN = "--dry-run";

    @Override
    public String name() {
        return "import";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Takes the advisories in a signed file of 'db export'.",
                "limpid db import --trust advisories.pub advisories.limpid");
        spec.usageMessage().customSynopsis("limpid db import [OPTIONS] BUNDLE");
        spec.addPositional(Usage.words());
        spec.addOption(BundleTrust.option());
        spec.addOption(DbSelection.only("Only this feed or part; may be repeated."));
        spec.addOption(OptionSpec.builder(DRY_RUN)
                .description("Look at all of it and import nothing.")
                .build());
        spec.addOption(BundleTrust.option(Allowance.UNSIGNED, "Take it though nobody has signed it."));
        spec.addOption(BundleTrust.option(Allowance.UNKNOWN_KEY, "Take it whoever has signed it."));
        spec.addOption(BundleTrust.option(Allowance.EXPIRED, "Take it though its time is over."));
        spec.addOption(BundleTrust.option(Allowance.OLDER, "Take it though what is kept is newer."));
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        List<String> words = Usage.words(arguments);
        if (words.size() != 1 || words.getFirst().isBlank()) {
            throw UsageError.at(arguments, "import what? one bundle is needed");
        }
        BundleRules rules = BundleTrust.of(arguments, console.environment());
        SnapshotStore store =
                AdvisoryOptions.of(arguments, console.environment()).store();
        try (Bundle bundle = Bundle.open(Path.of(words.getFirst()), rules, Limits.DEFAULT);
                SnapshotIntake intake = new SnapshotIntake(store, Clock.systemUTC(), UpdateRules.DEFAULT.patience());
                Progress progress = Progress.of(console, false)) {
            say(bundle, console);
            BundleImport importing = new BundleImport(bundle, rules, intake, progress::phase);
            List<BundleMember> members = bundle.selected(DbSelection.only(arguments));
            if (arguments.hasMatchedOption(DRY_RUN)) {
                importing.check(members);
                for (BundleMember member : members) {
                    console.print(described(member) + "\n");
                }
                return ExitCode.FINE;
            }
            importing.run(members, taken -> tell(taken, console));
            return ExitCode.FINE;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void say(Bundle bundle, Console console) {
        BundleManifest manifest = bundle.manifest();
        VerifyingKey signer = bundle.signer();
        console.stderr()
                .println("bundle of " + manifest.madeAt() + " by " + Printable.excerpt(manifest.madeBy(), 100) + ", "
                        + (signer == null ? "not signed" : "signed by " + signer.id()) + ", good until "
                        + manifest.expiresAt());
    }

    private static String described(BundleMember member) {
        return member.name() + ": " + member.records() + " records of " + DbText.moment(member.fetchedAt());
    }

    private static void tell(BundleImport.Taken taken, Console console) {
        Difference difference = taken.difference();
        String what = difference == null ? ", kept already" : " (" + DbText.difference(difference) + ")";
        try {
            console.print(
                    described(taken.member()) + what + (taken.rolledBack() ? ", rolled back here before" : "") + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
