package io.limpid.bundle;

import io.limpid.model.Limits;
import io.limpid.snapshot.MadeStore;
import io.limpid.snapshot.Snapshot;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotIntake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bundles that a test makes and imports. */
final class Bundles {
    static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    static final Instant FETCHED = Instant.parse("2026-04-30T10:00:00Z");
    static final SigningKey KEY = SigningKey.generate();
    static final SigningKey OTHER = SigningKey.generate();

    private Bundles() {}

    /** All that a store has, signed; not signed where there is no key. */
    static byte[] of(MadeStore made, @Nullable SigningKey key) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BundleWriter writer = new BundleWriter(out);
        SnapshotCatalog catalog = new SnapshotCatalog(made.store());
        for (String name : catalog.names()) {
            int slash = name.indexOf('/');
            try (Snapshot snapshot =
                    Objects.requireNonNull(catalog.open(name.substring(0, slash), name.substring(slash + 1)))) {
                writer.add(snapshot, catalog.newest(snapshot.header()));
            }
        }
        writer.finish(
                key,
                NOW,
                NOW.plus(Duration.ofDays(30)),
                "limpid test",
                made.store().origin().toString());
        return out.toByteArray();
    }

    static BundleRules trusting(SigningKey key, BundleRules.Allowance... allowed) {
        return new BundleRules(Set.of(key.verifying()), Set.of(allowed));
    }

    static Path file(Path folder, byte[] bytes) throws IOException {
        return Files.write(folder.resolve("bundle"), bytes);
    }

    static List<BundleImport.Taken> taken(Path file, BundleRules rules, MadeStore into) throws Exception {
        return taken(file, rules, into, NOW, List.of());
    }

    static List<BundleImport.Taken> taken(Path file, BundleRules rules, MadeStore into, Instant now, List<String> only)
            throws IOException, InterruptedException {
        List<BundleImport.Taken> taken = new ArrayList<>();
        InstantSource clock = () -> now;
        try (Bundle bundle = Bundle.open(file, rules, Limits.DEFAULT);
                SnapshotIntake intake = new SnapshotIntake(into.store(), clock, Duration.ofSeconds(10))) {
            BundleImport importing = new BundleImport(bundle, rules, intake, _ -> {});
            importing.run(bundle.selected(only), taken::add);
        }
        return taken;
    }
}
