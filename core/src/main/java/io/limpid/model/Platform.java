package io.limpid.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an image runs on, in the OCI image index's spelling: {@code linux/arm64/v8}.
 *
 * @param os the operating system, Go's GOOS
 * @param architecture Go's GOARCH
 * @param variant the variant of the processor, null when none is given
 */
public record Platform(
        String os, String architecture, @Nullable String variant) {

    /**
     * Reads {@code OS/ARCHITECTURE[/VARIANT]}.
     *
     * @throws IllegalArgumentException when it has another form: a word alone may be either
     */
    public static Platform parse(String text) {
        String[] part = text.split("/", -1);
        for (String one : part) {
            if (one.isEmpty()) {
                throw notOne(text);
            }
        }
        return switch (part.length) {
            case 2 -> new Platform(part[0], part[1], null);
            case 3 -> new Platform(part[0], part[1], part[2]);
            default -> throw notOne(text);
        };
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException("not a platform: " + text + ": OS/ARCHITECTURE[/VARIANT] is expected");
    }

    /** Linux on the processor that this program runs on. */
    public static Platform ofThisMachine() {
        String arch = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
        return switch (arch) {
            case "x86_64", "amd64" -> new Platform("linux", "amd64", null);
            case "aarch64", "arm64" -> new Platform("linux", "arm64", "v8");
            case "arm" -> new Platform("linux", "arm", "v7");
            default -> new Platform("linux", arch, null);
        };
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
