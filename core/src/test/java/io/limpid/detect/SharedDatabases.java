package io.limpid.detect;

import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.tukaani.xz.XZInputStream;

/** Bare package databases of the shared corpus, and what is in them. */
public final class SharedDatabases {
    private static final int COLUMNS = 6;

    private SharedDatabases() {}

    /** The unpacked bytes of {@code pkgdb/<file>}; skips the test where there is no corpus. */
    public static byte[] database(String file) throws IOException {
        return unpacked("images/pkgdb/" + file);
    }

    /** The unpacked bytes of {@code rpmdb/<file>}; skips the test where there is no corpus. */
    public static byte[] rpm(String file) throws IOException {
        return unpacked("images/rpmdb/" + file);
    }

    private static byte[] unpacked(String file) throws IOException {
        try (InputStream in = new XZInputStream(Files.newInputStream(Shared.require(file)))) {
            return in.readAllBytes();
        }
    }

    /** The installed packages of {@code truth/<file>}, a line each, as {@link #line} writes them, sorted. */
    public static List<String> truth(String file) throws IOException {
        return Files.readAllLines(Shared.require("images/truth/" + file)).stream()
                .skip(1)
                .filter(row -> !row.contains("status=") || row.matches(".*status=[ih]i.*"))
                .map(row -> String.join(" ", List.of(row.split("\t", -1)).subList(1, COLUMNS)))
                .sorted()
                .toList();
    }

    /** Name, version, source name, source version and architecture. */
    public static String line(Package found) {
        SourcePackage source = Objects.requireNonNull(found.source());
        String arch = found.arch() == null ? "" : found.arch();
        return String.join(" ", found.name(), found.version(), source.name(), source.version(), arch);
    }
}
