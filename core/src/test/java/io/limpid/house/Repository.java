package io.limpid.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The checkout that a test runs in, wherever it is. */
final class Repository {
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");

    private Repository() {}

    /** The folder of the root pom. */
    static Path root() {
        return Path.of("").toAbsolutePath().getParent();
    }

    /** The folders of the modules, as the root pom names them. */
    static List<String> modules() throws IOException {
        return MODULE.matcher(Files.readString(root().resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
