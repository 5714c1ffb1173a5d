package io.limpid.detect.unread;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Wanted;
import java.util.List;
import java.util.stream.Stream;

/**
 * Package databases that are known but that no detector reads yet.
 *
 * <p>Without it an image of another family would look empty, and so clean. Whoever adds a detector for one of them
 * takes its line out here.
 */
public final class UnreadDatabaseDetector implements Detector {

    private record Database(String what, List<Wanted> files) {
        Database {
            files = files.stream().map(wanted -> wanted.readAs(what)).toList();
        }
    }

    private static final List<Database> DATABASES = List.of(
            new Database("a portage database", files("var/db/pkg/*/*/PF")),
            new Database("an xbps database", files("var/db/xbps/pkgdb-*.plist")),
            new Database("a Slackware package database", files("var/lib/pkgtools/packages/*")),
            new Database("a Nix database", sqlite("nix/var/nix/db/db.sqlite")),
            new Database("a chisel manifest", files("var/lib/chisel/manifest.wall")));

    private static final List<Wanted> WANTS =
            DATABASES.stream().flatMap(database -> database.files.stream()).toList();

    @Override
    public DetectorId id() {
        return new DetectorId("unread", 3);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        return MatchingFiles.of(files, WANTS).stream()
                .map(UnreadDatabaseDetector::unread)
                .toList();
    }

    private static Detection unread(LayerFile file) {
        LayerFiles alone = LayerFiles.of(List.of(file));
        String what = DATABASES.stream()
                .filter(database -> !MatchingFiles.of(alone, database.files).isEmpty())
                .map(Database::what)
                .findFirst()
                .orElse("a package database");
        // The same words for each file of a database, so that they can be told once.
        return Detection.unreadable(
                file.path(), what + ", which this version does not read: its packages are missing from the list");
    }

    private static List<Wanted> files(String... patterns) {
        return Stream.of(patterns).map(Wanted::file).toList();
    }

    /** A database whose newest pages may still be in the write-ahead log beside it. */
    private static List<Wanted> sqlite(String pattern) {
        return List.of(Wanted.fileWith(pattern, "-wal"));
    }
}
