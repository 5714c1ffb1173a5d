package io.limpid.server.chaos;

import java.nio.file.Path;

final class Soak {
    private Soak() {}

    static int run(Options options, Path folder) {
        throw new UnsupportedOperationException(options + " " + folder);
    }
}
