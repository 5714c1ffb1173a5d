package io.limpid.server.store;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;

/** Puts a backup's rows into a database, all or none. */
public final class Restore {
    private static final int LARGEST_MANIFEST = 1 << 20;

    private final Path file;

    private final Migrations migrations;

    private Restore(Path file, Migrations migrations) {
        this.file = file;
        this.migrations = migrations;
    }

    /**
     * Restores a file.
     *
     * @param replace whether rows that are there may be deleted
     * @throws LimpidException when the file is not whole, the target not empty, or their tables differ
     */
    public static Backup.Summary read(ConnectionSource source, Path file, boolean replace) throws IOException {
        return read(source, file, replace, new Migrations());
    }

    static Backup.Summary read(ConnectionSource source, Path file, boolean replace, Migrations migrations)
            throws IOException {
        Restore restore = new Restore(file, migrations);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            BackupManifest manifest = restore.checked(zip);
            restore.load(source, zip, manifest, replace);
            return Backup.Summary.of(manifest);
        } catch (ZipException e) {
            throw restore.damaged("it is no ZIP that can be read: " + e.getMessage());
        }
    }

    private LimpidException damaged(String reason) {
        return new LimpidException(
                ErrorCode.USAGE, "backup " + file, reason, "use a copy of the file that was not altered");
    }

    private BackupManifest checked(ZipFile zip) throws IOException {
        byte[] text = bytes(zip, Backup.MANIFEST);
        String sum = new String(bytes(zip, Backup.SUM), StandardCharsets.UTF_8);
        if (!HexFormat.of().formatHex(Backup.sha256().digest(text)).equals(sum)) {
            throw damaged("its manifest was altered");
        }
        BackupManifest manifest;
        try {
            manifest = BackupManifest.parse(new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        Set<String> expected = new HashSet<>(Set.of(Backup.MANIFEST, Backup.SUM));
        for (BackupManifest.Table table : manifest.tables()) {
            expected.add(table.file());
            try (InputStream in = open(zip, table)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        if (zip.stream().anyMatch(entry -> !expected.contains(entry.getName()))) {
            throw damaged("it has files that its manifest does not name");
        }
        return manifest;
    }

    private byte[] bytes(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged("it has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw damaged("its " + name + " is too large");
            }
            return bytes;
        }
    }

    /** A table's text, whose end is refused when it is not the text that was written. */
    private InputStream open(ZipFile zip, BackupManifest.Table table) throws IOException {
        ZipEntry entry = zip.getEntry(table.file());
        if (entry == null) {
            throw damaged("table " + table.name() + " is missing");
        }
        return new Verified(zip.getInputStream(entry), table, Backup.sha256());
    }

    private final class Verified extends DigestInputStream {
        private final BackupManifest.Table table;
        private long left;

        Verified(InputStream in, BackupManifest.Table table, MessageDigest digest) {
            super(in, digest);
            this.table = table;
            this.left = table.bytes();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(buffer, offset, length);
            } catch (ZipException e) {
                throw damaged("table " + table.name() + " was altered: " + e.getMessage());
            }
            left -= Math.max(0, read);
            if (left < 0
                    || (read < 0
                            && length > 0
                            && (left > 0
                                    || !HexFormat.of()
                                            .formatHex(digest.digest())
                                            .equals(table.sha256())))) {
                throw damaged("table " + table.name() + " was altered");
            }
            return read;
        }
    }

    private void load(ConnectionSource source, ZipFile zip, BackupManifest manifest, boolean replace)
            throws IOException {
        if (manifest.schema() > migrations.known(source)) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "backup " + file,
                    "its tables have version " + manifest.schema() + ", which this Limpid does not know",
                    "restore it with the Limpid that wrote it, or a newer one");
        }
        // First the tables as they were, then the rows, then what is new.
        migrations.migrateTo(source, manifest.schema());
        try (Connection connection = source.connect()) {
            connection.setAutoCommit(false);
            execute(connection, "SET LOCAL statement_timeout TO 0");
            int version = Migrations.version(connection);
            if (version != manifest.schema()) {
                throw new LimpidException(
                        ErrorCode.USAGE,
                        "database " + source,
                        "its tables have version " + version + ", those of the backup " + manifest.schema(),
                        "restore into a new database");
            }
            prepare(source, connection, manifest, replace);
            fill(connection, zip, manifest);
            connection.commit();
        } catch (SQLException e) {
            throw Backup.failure("backup " + file + " was not restored to " + source, e);
        }
        migrations.migrate(source);
    }

    private void prepare(ConnectionSource source, Connection connection, BackupManifest manifest, boolean replace)
            throws SQLException, IOException {
        Map<String, List<String>> there = Catalogue.tables(connection);
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        manifest.tables().forEach(table -> wanted.put(table.name(), table.columns()));
        if (!there.equals(wanted)) {
            throw damaged("its tables are not those of version " + manifest.schema());
        }
        if (wanted.isEmpty()) {
            return;
        }
        String all = String.join(
                ", ", wanted.keySet().stream().map(Restore::qualified).toList());
        execute(connection, "LOCK TABLE " + all + " IN ACCESS EXCLUSIVE MODE");
        if (replace) {
            execute(connection, "TRUNCATE " + all);
            return;
        }
        for (String table : wanted.keySet()) {
            if (hasRows(connection, table)) {
                throw new LimpidException(
                        ErrorCode.USAGE,
                        "database " + source,
                        "it is not empty: there are rows in " + table,
                        "restore into an empty database, or say that its rows are to be replaced");
            }
        }
    }

    private static boolean hasRows(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM " + qualified(table) + ")")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static String qualified(String table) {
        return "limpid.\"" + table + "\"";
    }

    private void fill(Connection connection, ZipFile zip, BackupManifest manifest) throws SQLException, IOException {
        var copier = connection.unwrap(PGConnection.class).getCopyAPI();
        for (BackupManifest.Table table : manifest.tables()) {
            // What triggers derive from rows is in the backup.
            execute(connection, "ALTER TABLE " + qualified(table.name()) + " DISABLE TRIGGER USER");
            try (InputStream in = open(zip, table)) {
                long rows = copier.copyIn(Backup.statement(table.name(), table.columns(), "FROM STDIN"), in);
                if (rows != table.rows()) {
                    throw damaged("table " + table.name() + " has " + rows + " rows instead of " + table.rows());
                }
            }
            execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
            execute(connection, "ALTER TABLE " + qualified(table.name()) + " ENABLE TRIGGER USER");
        }
        for (BackupManifest.Sequence sequence : manifest.sequences()) {
            // Not setval, which stays when the transaction does not.
            execute(connection, "ALTER SEQUENCE " + qualified(sequence.name()) + " RESTART WITH " + sequence.next());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
