package io.limpid.detect;

import io.limpid.format.sqlite.Beside;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Wanted;
import java.nio.ByteBuffer;

/** An SQLite database among the files of a layer: it is read with what its program left beside it. */
public final class SqliteFiles {
    private SqliteFiles() {}

    /** A wish for a database. */
    public static Wanted wanted(String path) {
        return Wanted.fileWith(path, Beside.LOG_SUFFIX, Beside.JOURNAL_SUFFIX);
    }

    /** What lies beside a database. */
    public static Beside beside(LayerFile database, LayerFiles files) {
        return new Beside(
                bytes(database.path() + Beside.LOG_SUFFIX, files),
                bytes(database.path() + Beside.JOURNAL_SUFFIX, files));
    }

    private static ByteBuffer bytes(String path, LayerFiles files) {
        return ByteBuffer.wrap(files.get(path).map(LayerFile::content).orElse(new byte[0]));
    }
}
