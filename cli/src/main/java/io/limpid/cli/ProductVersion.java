package io.limpid.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version of Limpid itself, which the build writes into {@code version.txt}. */
final class ProductVersion {
    private static final String RESOURCE = "version.txt";

    private ProductVersion() {}

    /** {@code limpid 1.2.3} and the end of the line. */
    static String line() throws IOException {
        return "limpid " + number() + "\n";
    }

    /** {@code 1.2.3}. */
    static String number() throws IOException {
        try (InputStream resource = ProductVersion.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
