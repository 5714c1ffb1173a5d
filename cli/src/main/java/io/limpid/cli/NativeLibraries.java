package io.limpid.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The native code of zstd-jni, which it would else unpack into the temporary folder in each run that needs it. */
final class NativeLibraries {
    /** Where the launcher says that the libraries are; a class from a start-up cache does not know where its jar is. */
    private static final String SHIPPED = "limpid.native";

    private static final String PROPERTY = "ZstdNativePath";

    private NativeLibraries() {}

    /** Points zstd-jni to the library that is shipped ({@code linux/ARCHITECTURE}), where there is one for this machine. */
    static void useThoseShipped() {
        String shipped = System.getProperty(SHIPPED);
        if (shipped == null || System.getProperty(PROPERTY) != null) {
            return;
        }
        try {
            Path folder = Path.of(shipped).resolve("linux").resolve(System.getProperty("os.arch", ""));
            if (!Files.isDirectory(folder)) {
                return;
            }
            try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, "libzstd-jni-*.so")) {
                libraries.forEach(library -> System.setProperty(PROPERTY, library.toString()));
            }
        } catch (IOException | InvalidPathException _) {
            // It cannot be read, or has no name in this locale: then zstd-jni unpacks its own.
        }
    }
}
