package io.limpid.image.daemon;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a daemon says that it keeps the layers of an image.
 *
 * @param folders those with the files of each layer, base first; empty when it does not say, or in a way that is not read here
 * @param addressed whether it names layers by their digests when it exports an image
 */
record Storage(List<Path> folders, boolean addressed) {
    /** The first version that exports OCI layouts. */
    private static final int FIRST_ADDRESSING = 25;

    private static final String DOCKER = "Docker/";
    private static final Storage UNKNOWN = new Storage(List.of(), false);

    Storage {
        folders = List.copyOf(folders);
    }

    /**
     * Reads it out of the description of an image.
     *
     * @param server how the daemon calls itself, null when it does not
     */
    static Storage of(JsonObject image, @Nullable String server) {
        try {
            return read(image, server);
        } catch (JsonException | InvalidPathException _) {
            return UNKNOWN;
        }
    }

    private static Storage read(JsonObject image, @Nullable String server) throws JsonException {
        JsonObject driver = image.object("GraphDriver");
        JsonObject data = driver == null ? null : driver.object("Data");
        if (driver == null || data == null || !"overlay2".equals(driver.string("Name"))) {
            return UNKNOWN;
        }
        String upper = data.string("UpperDir");
        String lower = data.string("LowerDir");
        if (upper == null) {
            return UNKNOWN;
        }
        List<Path> folders = new ArrayList<>(List.of(Path.of(upper)));
        if (lower != null && !lower.isEmpty()) {
            for (String one : lower.split(":", -1)) {
                folders.add(Path.of(one));
            }
        }
        Collections.reverse(folders);
        return new Storage(folders, isAddressing(server));
    }

    /** What the answer's field {@code Server} says: {@code Docker/20.10.24 (linux)}. */
    private static boolean isAddressing(@Nullable String server) {
        int dot = server == null ? -1 : server.indexOf('.');
        try {
            return server != null
                    && dot > 0
                    && server.startsWith(DOCKER)
                    && Integer.parseInt(server.substring(DOCKER.length(), dot)) >= FIRST_ADDRESSING;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
