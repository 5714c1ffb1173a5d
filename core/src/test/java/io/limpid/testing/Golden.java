package io.limpid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected output kept in files; {@code -Dgolden=write} rewrites them, and the difference is reviewed. */
public final class Golden {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private Golden() {}

    /** Asserts that the text is what the file, relative to the test resources, holds. */
    public static void check(String file, String actual) {
        Path path = RESOURCES.resolve(file).normalize();
        try {
            if ("write".equals(System.getProperty("golden"))) {
                Files.writeString(path, actual, StandardCharsets.UTF_8);
            }
            assertThat(actual).as(file).isEqualTo(Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
