package io.limpid.detect.rpm;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.detect.SqliteFiles;
import io.limpid.format.berkeleydb.BerkeleyDbFile;
import io.limpid.format.ndb.NdbFile;
import io.limpid.format.sqlite.SqliteTable;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packages that rpm has installed, out of its database: Berkeley DB, NDB or SQLite.
 *
 * <p>Which of them a file is, its first bytes say, not its name.
 */
public final class RpmDetector implements Detector {
    private static final String TABLE = "Packages";
    private static final List<Wanted> WANTS = Stream.of("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm")
            .flatMap(folder -> Stream.of(
                    Wanted.file(folder + "/Packages").readAs("Packages"),
                    Wanted.file(folder + "/Packages.db").readAs("Packages.db"),
                    SqliteFiles.wanted(folder + "/rpmdb.sqlite").readAs("rpmdb.sqlite")))
            .toList();

    private final Limits limits;

    public RpmDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("rpm", 2);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        return MatchingFiles.of(files, WANTS).stream()
                .map(file -> read(file, files))
                .toList();
    }

    private Detection read(LayerFile file, LayerFiles files) {
        byte[] content = file.content();
        PackageList list = new PackageList(file.path(), limits);
        if (BerkeleyDbFile.isOne(content)) {
            BerkeleyDbFile.read(content, list);
        } else if (NdbFile.isOne(content)) {
            NdbFile.read(content, list);
        } else if (SqliteTable.isOne(content)) {
            SqliteTable.read(content, SqliteFiles.beside(file, files), TABLE, list);
        } else {
            list.problem((content.length == 0 ? "it is empty" : "it is none of the formats that rpm's databases have")
                    + ": its packages are missing from the list");
        }
        return list.detection();
    }
}
