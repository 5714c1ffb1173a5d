package io.limpid.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** The native code of zstd-jni, which it would else unpack into the temporary folder in each run that needs it. */
final class NativeLibraries {
    private static final String PROPERTY = "ZstdNativePath";

    private NativeLibraries() {}

    /** Points zstd-jni to the library beside our jar ({@code native/linux/ARCHITECTURE}), where there is one for this machine. */
    static void useThoseShipped() {
        CodeSource source = NativeLibraries.class.getProtectionDomain().getCodeSource();
        if (source == null || System.getProperty(PROPERTY) != null) {
            return;
        }
        try {
            Path jar = Path.of(source.getLocation().toURI());
            Path folder = jar.resolveSibling("native").resolve("linux").resolve(System.getProperty("os.arch", ""));
            if (!Files.isDirectory(folder)) {
                return;
            }
            try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, "libzstd-jni-*.so")) {
                libraries.forEach(library -> System.setProperty(PROPERTY, library.toString()));
            }
        } catch (URISyntaxException | IOException _) {
            // Then it unpacks its own.
        }
    }
}
