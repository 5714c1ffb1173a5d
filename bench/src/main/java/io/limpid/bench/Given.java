package io.limpid.bench;

import java.nio.file.Path;

/** The files that {@code bench/jmh} has put in place, real ones of the corpus: it names each by a system property. */
final class Given {
    private Given() {}

    /** An image of Debian 12, one layer of 76 MB, uncompressed. */
    static Path debian() {
        return file("debian");
    }

    /** An image of Alpine 3.20, one layer of 8 MB, uncompressed. */
    static Path alpine() {
        return file("alpine");
    }

    /** A status file of dpkg with 357 packages. */
    static Path dpkgStatus() {
        return file("dpkg");
    }

    /** A data base of apk. */
    static Path apkInstalled() {
        return file("apk");
    }

    /** A table of versions and how they stand to each other. */
    static Path versions() {
        return file("versions");
    }

    private static Path file(String name) {
        String path = System.getProperty("bench." + name);
        if (path == null) {
            throw new IllegalStateException("bench." + name + " is not set: run bench/jmh");
        }
        return Path.of(path);
    }
}
