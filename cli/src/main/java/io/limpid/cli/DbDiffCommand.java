package io.limpid.cli;

import io.limpid.bundle.Bundle;
import io.limpid.bundle.BundleMember;
import io.limpid.bundle.BundleRules;
import io.limpid.bundle.BundleRules.Allowance;
import io.limpid.model.Limits;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotComparison;
import io.limpid.snapshot.SnapshotStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The grammar of {@code limpid db diff}; {@link DbDiff} shows it. */
final class DbDiffCommand implements Command {
    private static final String BUNDLE = "--bundle";

    @Override
    public String name() {
        return "diff";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Shows what the last update or import changed, or an import would change.",
                "limpid db diff debian",
                "limpid db diff -o json",
                "limpid db diff --bundle advisories.limpid");
        spec.usageMessage()
                .description(
                        "Each part is compared with the generation before it. +: added, -: removed, ~: says something"
                                + " else.")
                .customSynopsis("limpid db diff [OPTIONS] [" + DbSelection.LABEL + "]...");
        spec.addPositional(Usage.words());
        spec.addOption(DbFormat.option());
        spec.addOption(DbFormat.most());
        spec.addOption(OptionSpec.builder(BUNDLE)
                .type(String.class)
                .paramLabel("FILE")
                .description("Compare what is kept with what is in this file of 'db export', and import nothing.")
                .build());
        spec.addOption(BundleTrust.option());
        spec.addOption(BundleTrust.option(Allowance.UNSIGNED, "Read the bundle though nobody has signed it."));
        spec.addOption(BundleTrust.option(Allowance.UNKNOWN_KEY, "Read the bundle whoever has signed it."));
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    /** 1 when a part cannot be read, or parts were named and none of them has a generation to compare it with. */
    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        DbFormat format = DbFormat.of(arguments);
        DbDiff diff = new DbDiff(console, DbFormat.most(arguments));
        SnapshotStore store =
                AdvisoryOptions.of(arguments, console.environment()).store();
        SnapshotComparison comparison = new SnapshotComparison(store);
        List<String> names = Usage.words(arguments);
        String bundle = arguments.matchedOptionValue(BUNDLE, "");
        if (!bundle.isEmpty()) {
            BundleRules rules = BundleTrust.of(arguments, console.environment());
            withBundle(Path.of(bundle), rules, names, store, diff);
            return diff.finish(format, !names.isEmpty(), "nothing of it is kept here");
        }
        for (DbSelection.Named part : DbSelection.kept(names, new SnapshotCatalog(store), arguments)) {
            diff.add(part.toString(), changes -> comparison.withBefore(part.feed(), part.part(), changes));
        }
        return diff.finish(format, !names.isEmpty(), "there is no generation before the current one");
    }

    private static void withBundle(Path path, BundleRules rules, List<String> names, SnapshotStore store, DbDiff diff)
            throws IOException {
        SnapshotComparison comparison = new SnapshotComparison(store);
        try (Bundle bundle = Bundle.open(path, rules, Limits.DEFAULT)) {
            for (BundleMember member : bundle.selected(names)) {
                Path file = Files.createTempFile("limpid", ".limpid");
                try {
                    diff.add(member.name(), changes -> {
                        bundle.verify(member);
                        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                            bundle.unpack(member, out);
                        }
                        return comparison.withFile(member.feed(), member.part(), file, changes);
                    });
                } finally {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
