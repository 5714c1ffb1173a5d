package io.limpid.server.store.embedded;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 */
public record Binaries(Path home) {
    /** Every file with its size, written last: a folder that has it, and the files, is whole. */
    private static final String LIST = "files.list";

    private static final String PREFIX = "postgresql-";

    /** The major version of the PostgreSQL on the class path. */
    public static final int MAJOR = 18;

    public Path initdb() {
        return home.resolve("bin/initdb");
    }

    public Path postgres() {
        return home.resolve("bin/postgres");
    }

    /** The programs below a folder: as they are there, or unpacked now, by rename, so that none is ever half there. */
    public static Binaries under(Path folder) throws IOException {
        URL archive = archive();
        Path home = folder.resolve(PREFIX + MAJOR + "-" + fingerprint(archive));
        if (whole(home)) {
            return new Binaries(home);
        }
        Files.createDirectories(folder);
        Path unpacked = Files.createTempDirectory(folder, PREFIX + "unpacking-");
        try {
            unpack(archive, unpacked);
            Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (Files.exists(home)) {
                delete(home);
            }
            Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(unpacked);
        }
        return new Binaries(home);
    }

    private static URL archive() throws IOException {
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String name = switch (machine) {
            case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
            case "aarch64", "arm64" -> "postgres-linux-arm_64.txz";
            default -> "";
        };
        URL found = name.isEmpty() ? null : Binaries.class.getClassLoader().getResource(name);
        if (found == null) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    "the server's own PostgreSQL",
                    "this installation has none for machine " + machine,
                    "name a PostgreSQL in database.options.source");
        }
        return found;
    }

    /** What tells one archive from another without reading it: its size and checksum, as the jar lists them. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (JarFile _ = jar.getJarFile()) {
                return HexFormat.of().toHexDigits((int) jar.getJarEntry().getCrc());
            }
        }
        CRC32 crc = new CRC32();
        try (InputStream in = connection.getInputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static boolean whole(Path home) throws IOException {
        Path list = home.resolve(LIST);
        if (!Files.isRegularFile(list)) {
            return false;
        }
        for (String line : Files.readAllLines(list)) {
            int space = line.indexOf(' ');
            Path file = home.resolve(line.substring(space + 1));
            if (!Files.isRegularFile(file) || Files.size(file) != Long.parseLong(line.substring(0, space))) {
                return false;
            }
        }
        return true;
    }

    private static void unpack(URL archive, Path target) throws IOException {
        List<String> files = new ArrayList<>();
        try (InputStream in = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                // What only who compiles against PostgreSQL needs stays packed.
                if (!entry.getName().endsWith(".a")) {
                    write(tar, entry, target, files);
                }
            }
        }
        Path list = Files.write(target.resolve(LIST), files);
        try (FileChannel channel = FileChannel.open(list, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target, List<String> files)
            throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive of PostgreSQL has a file " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Path link = path.resolveSibling(entry.getLinkName()).normalize();
            if (!link.startsWith(target)) {
                throw new IOException("the archive of PostgreSQL has a link to " + entry.getLinkName());
            }
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            long size = Files.copy(tar, path);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            files.add(size + " " + target.relativize(path));
        }
    }

    /** Deletes a folder and what is in it; links are not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList().reversed()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
