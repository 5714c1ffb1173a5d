package io.limpid.server.store;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** All rows of the server at one moment in one file: a ZIP with a text in PostgreSQL's COPY format for each table, and what they must be like. */
public final class Backup {
    static final String MANIFEST = "manifest";
    static final String SUM = "manifest.sha256";

    private Backup() {}

    /**
     * What was written or read.
     *
     * @param schema the version of the tables
     */
    public record Summary(int schema, int tables, long rows, long bytes) {
        static Summary of(BackupManifest manifest) {
            return new Summary(
                    manifest.schema(),
                    manifest.tables().size(),
                    manifest.tables().stream()
                            .mapToLong(BackupManifest.Table::rows)
                            .sum(),
                    manifest.tables().stream()
                            .mapToLong(BackupManifest.Table::bytes)
                            .sum());
        }
    }

    /** Writes a file that must not be there yet; it is there only when it is whole. Servers go on meanwhile. */
    public static Summary write(ConnectionSource source, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new LimpidException(
                    ErrorCode.USAGE, "backup to " + file, "the file is there already", "choose another name");
        }
        Path absolute = file.toAbsolutePath();
        Path part = Files.createTempFile(
                absolute.getParent(),
                absolute.getFileName() + ".",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            BackupManifest manifest;
            try (Connection connection = source.connect();
                    FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ZipOutputStream zip =
                        new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
                zip.setLevel(3);
                manifest = copy(connection, zip);
                zip.finish();
                zip.flush();
                channel.force(true);
            }
            Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
            return Summary.of(manifest);
        } catch (SQLException e) {
            throw failure("backup of " + source, e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static LimpidException failure(String what, SQLException e) {
        LimpidException failure = new LimpidException(ErrorCode.IO, what, DatabaseWords.of(e), DatabaseWords.hint(e));
        failure.initCause(e);
        return failure;
    }

    private static BackupManifest copy(Connection connection, ZipOutputStream zip) throws SQLException, IOException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET LOCAL statement_timeout TO 0");
        }
        int schema = Migrations.version(connection);
        if (schema == 0) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    "backup",
                    "the database has no tables of Limpid",
                    "check that this is the right database");
        }
        CopyManager copier = connection.unwrap(PGConnection.class).getCopyAPI();
        List<BackupManifest.Table> tables = new ArrayList<>();
        for (Map.Entry<String, List<String>> table :
                Catalogue.tables(connection).entrySet()) {
            zip.putNextEntry(new ZipEntry("tables/" + table.getKey()));
            Counted out = new Counted(zip);
            long rows = copier.copyOut(statement(table.getKey(), table.getValue(), "TO STDOUT"), out);
            zip.closeEntry();
            tables.add(new BackupManifest.Table(table.getKey(), table.getValue(), rows, out.bytes, out.sum()));
        }
        BackupManifest manifest = new BackupManifest(
                schema,
                connection.getMetaData().getDatabaseProductVersion().replace(' ', '_'),
                tables,
                Catalogue.sequences(connection));
        byte[] text = manifest.text().getBytes(StandardCharsets.UTF_8);
        entry(zip, MANIFEST, text);
        entry(zip, SUM, HexFormat.of().formatHex(sha256().digest(text)).getBytes(StandardCharsets.UTF_8));
        return manifest;
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    static String statement(String table, List<String> columns, String direction) {
        String list = columns.stream()
                .map(column -> '"' + column + '"')
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return "COPY limpid.\"" + table + "\" (" + list + ") " + direction;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts and sums what passes. */
    private static final class Counted extends FilterOutputStream {
        private final MessageDigest digest;
        private long bytes;

        Counted(OutputStream out) {
            this(out, sha256());
        }

        private Counted(OutputStream out, MessageDigest digest) {
            super(new DigestOutputStream(out, digest));
            this.digest = digest;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            bytes += length;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }

        String sum() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
