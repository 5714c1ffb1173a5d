package io.limpid.cli;

import io.limpid.bundle.BundleManifest;
import io.limpid.bundle.BundleMember;
import io.limpid.bundle.BundleWriter;
import io.limpid.bundle.SigningKey;
import io.limpid.bundle.TrustedKeys;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.snapshot.Snapshot;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code limpid db export}: writes what is kept into one signed file. */
final class DbExport implements Command {
    static final String KEY_OF_THE_ENVIRONMENT = "LIMPID_BUNDLE_KEY";

    private static final String KEY = "--key";
    private static final String UNSIGNED = "--unsigned";
    private static final String EXPIRES = "--expires";
    private static final Duration LIFE = Duration.ofDays(30);

    @Override
    public String name() {
        return "export";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Writes what is kept into one signed file, for machines without a network.",
                "limpid db export --key advisories.key advisories.limpid");
        spec.usageMessage().customSynopsis("limpid db export [OPTIONS] BUNDLE");
        spec.addPositional(Usage.words());
        spec.addOption(OptionSpec.builder(KEY)
                .type(String.class)
                .paramLabel("FILE")
                .description("Sign with this key of 'db keygen', or $" + KEY_OF_THE_ENVIRONMENT + ".")
                .build());
        spec.addOption(OptionSpec.builder(UNSIGNED)
                .description("Do not sign it; it is imported with --allow-unsigned only.")
                .build());
        spec.addOption(OptionSpec.builder(EXPIRES)
                .type(String.class)
                .paramLabel("DURATION")
                .description("It cannot be imported after so long (30d).")
                .build());
        spec.addOption(DbSelection.only("Only this feed or part; may be repeated."));
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        List<String> words = Usage.words(arguments);
        if (words.size() != 1 || words.getFirst().isBlank()) {
            throw UsageError.at(arguments, "export into which file? one name is needed");
        }
        Duration life = AdvisoryOptions.duration(arguments, EXPIRES, LIFE);
        SnapshotStore store =
                AdvisoryOptions.of(arguments, console.environment()).store();
        SnapshotCatalog catalog = new SnapshotCatalog(store);
        List<DbSelection.Named> parts = DbSelection.kept(DbSelection.only(arguments), catalog, arguments);
        SigningKey key = key(arguments, console);
        Path file = Path.of(words.getFirst());
        BundleManifest[] written = new BundleManifest[1];
        try (Progress progress = Progress.of(console, false)) {
            WholeFile.write(file, out -> written[0] = write(out, parts, catalog, key, life, store, progress));
        }
        for (BundleMember member : written[0].members()) {
            console.print(member.name() + ": " + member.records() + " records of " + DbText.moment(member.fetchedAt())
                    + "\n");
        }
        console.print(file + ": " + DbText.mebibytes(Files.size(file)) + ", "
                + (key == null ? "not signed" : "signed by " + key.verifying().id()) + ", good until "
                + written[0].expiresAt() + "\n");
        return ExitCode.FINE;
    }

    private static @Nullable SigningKey key(ParseResult arguments, Console console) throws IOException {
        String word = arguments.matchedOptionValue(KEY, console.environment().getOrDefault(KEY_OF_THE_ENVIRONMENT, ""));
        if (arguments.hasMatchedOption(UNSIGNED)) {
            if (arguments.hasMatchedOption(KEY)) {
                throw UsageError.at(arguments, KEY + " and " + UNSIGNED + " contradict each other");
            }
            return null;
        }
        if (word.isEmpty()) {
            throw UsageError.at(
                    arguments,
                    "sign it with which key? " + KEY + " FILE ('limpid db keygen' makes one), or " + UNSIGNED);
        }
        return TrustedKeys.signing(word);
    }

    private static BundleManifest write(
            OutputStream out,
            List<DbSelection.Named> parts,
            SnapshotCatalog catalog,
            @Nullable SigningKey key,
            Duration life,
            SnapshotStore store,
            Progress progress)
            throws IOException {
        BundleWriter writer = new BundleWriter(out);
        int count = 0;
        for (DbSelection.Named part : parts) {
            try (Snapshot snapshot = catalog.open(part.feed(), part.part())) {
                if (snapshot != null) {
                    progress.phase("exporting " + part);
                    // What is damaged is not signed.
                    snapshot.verify();
                    writer.add(snapshot, catalog.newest(snapshot.header()));
                    count++;
                }
            }
        }
        if (count == 0) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    "cannot export anything",
                    "nothing is kept in " + store.folder(),
                    "fetch something first: limpid db update");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return writer.finish(
                key,
                now,
                now.plus(life),
                ProductVersion.line().strip(),
                store.origin().toString());
    }
}
