package io.limpid.model;

import java.nio.file.Path;
import java.util.Map;

/** Where a server that is not told another place keeps what is its own: told here because a client on the same machine looks there too. */
public final class ServerFolder {
    private static final Path OF_ROOT = Path.of("/var/lib/limpid");
    private static final String TOKEN = "write-token";

    private ServerFolder() {}

    /** Of the user of this process. */
    public static Path usual(Map<String, String> environment) {
        return usual(
                "root".equals(System.getProperty("user.name")),
                Path.of(System.getProperty("user.home", "/")),
                environment);
    }

    /** Of root {@code /var/lib/limpid}, of others below {@code XDG_DATA_HOME}. */
    public static Path usual(boolean isRoot, Path home, Map<String, String> environment) {
        if (isRoot) {
            return OF_ROOT;
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        // The specification says that a relative path there is to be ignored.
        return (data.startsWith("/") ? Path.of(data) : home.resolve(".local/share")).resolve("limpid");
    }

    /** Where the token of those who may write is, in the folder of a server. */
    public static Path tokenFile(Path folder) {
        return folder.resolve(TOKEN);
    }
}
