package io.limpid.bundle;

import io.limpid.model.Limits;
import io.limpid.snapshot.MadeStore;
import io.limpid.snapshot.SnapshotIntake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** A process that imports a bundle, for tests that kill it: {@code CACHE BUNDLE WHEN}; it stops after the first part that is current where WHEN is "first". */
final class ImportProcess {
    private ImportProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        MadeStore made = new MadeStore(Path.of(args[0]));
        BundleRules anybody = new BundleRules(Set.of(), Set.of(BundleRules.Allowance.values()));
        InstantSource clock = () -> Bundles.NOW;
        say("ready");
        // The parent kills it at a time of its own choice, counted from when it says so.
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        try (Bundle bundle = Bundle.open(Path.of(args[1]), anybody, Limits.DEFAULT);
                SnapshotIntake intake = new SnapshotIntake(made.store(), clock, Duration.ofSeconds(30))) {
            BundleImport importing = new BundleImport(bundle, anybody, intake, _ -> {});
            importing.run(bundle.selected(List.of()), taken -> {
                if (args[2].equals("first")) {
                    say(taken.member().name());
                    waitForTheEnd();
                }
            });
        }
        say("done");
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }

    private static void waitForTheEnd() {
        try {
            Thread.sleep(Duration.ofMinutes(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
