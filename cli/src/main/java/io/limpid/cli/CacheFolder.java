package io.limpid.cli;

import java.nio.file.Path;
import java.util.Map;

/** The one folder that limpid writes to of its own accord. */
final class CacheFolder {
    private CacheFolder() {}

    /** {@code $XDG_CACHE_HOME/limpid}, or {@code ~/.cache/limpid} where that is not set (XDG base directory specification). */
    static Path of(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The specification says that a relative path there is to be ignored.
        if (xdg.startsWith("/")) {
            return Path.of(xdg, "limpid");
        }
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home, ".cache", "limpid");
    }
}
