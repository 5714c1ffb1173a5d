package io.limpid.snapshot;

import io.limpid.model.Advisory;
import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that reads again and again while others write: {@code CACHE PACKAGES}; it ends when its input does, and says what it saw.
 *
 * <p>All advisories of a generation name the same version: two in one reading are a mix of generations.
 */
final class ReaderProcess {
    private ReaderProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        SnapshotStore store = new SnapshotStore(Path.of(args[0]), Origin.PUBLISHERS, Limits.DEFAULT);
        PartFolder folder = store.part("lines", "all");
        int packages = Integer.parseInt(args[1]);
        System.out.println("ready");
        System.out.flush();
        long generation = 0;
        int readings = 0;
        int generations = 0;
        while (System.in.available() == 0) {
            try (Snapshot snapshot = folder.open(Limits.DEFAULT)) {
                if (snapshot == null) {
                    throw new IllegalStateException("there is no generation");
                }
                if (snapshot.header().generation() < generation) {
                    throw new IllegalStateException(
                            "generation " + snapshot.header().generation() + " after " + generation);
                }
                generations += snapshot.header().generation() > generation ? 1 : 0;
                generation = snapshot.header().generation();
                read(snapshot, packages, readings);
            }
            readings++;
            Thread.sleep(15);
        }
        System.out.println("readings " + readings + " generations " + generations);
    }

    private static void read(Snapshot snapshot, int packages, int start) throws IOException {
        String version = null;
        for (int i = 0; i < packages; i += 37) {
            List<Advisory> found = snapshot.about("debian:12", "package-" + (i + start) % packages);
            String here = found.size() == 1 ? found.getFirst().fixedVersion() : "missing";
            if (here == null || (version != null && !here.equals(version))) {
                throw new IllegalStateException(here + " beside " + version);
            }
            version = here;
        }
        if (snapshot.header().records() != packages || "missing".equals(version)) {
            throw new IllegalStateException(snapshot.header() + " has not all");
        }
    }
}
