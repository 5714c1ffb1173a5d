package io.limpid.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Package;
import io.limpid.model.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A package database in two files, as SQLite's with its write-ahead log: {@code name=version} lines, which the log adds to or takes from. */
public final class JournalDetector implements Detector {
    public static final String DATABASE = "var/lib/journal/packages.db";
    private static final String LOG = "-wal";

    @Override
    public DetectorId id() {
        return new DetectorId("journal", 1);
    }

    @Override
    public List<Wanted> wants() {
        return List.of(Wanted.fileWith(DATABASE, LOG));
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        List<Detection> detections = new ArrayList<>();
        for (LayerFile file : files.all()) {
            if (!file.path().endsWith(LOG)) {
                Set<String> lines = new LinkedHashSet<>(lines(file));
                files.get(file.path() + LOG).ifPresent(log -> replay(log, lines));
                List<Package> packages = lines.stream()
                        .map(line -> line.split("=", 2))
                        .map(part -> new Package("generic", part[0], part[1], null, null, null, file.path()))
                        .toList();
                detections.add(new Detection(file.path(), packages, List.of(), List.of()));
            }
        }
        return detections;
    }

    private static void replay(LayerFile log, Set<String> lines) {
        for (String line : lines(log)) {
            String what = line.substring(1);
            if (line.startsWith("+")) {
                lines.add(what);
            } else {
                lines.remove(what);
            }
        }
    }

    private static List<String> lines(LayerFile file) {
        return new String(file.content(), UTF_8).lines().toList();
    }
}
