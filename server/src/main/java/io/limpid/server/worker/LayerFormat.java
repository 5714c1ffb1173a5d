package io.limpid.server.worker;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.GoText;

/** How a layer's files are placed in its archive. */
enum LayerFormat {
    DOCKER(""),
    /** As in the original its files keep the folder in their names, so that no detector knows them. */
    ACI("rootfs/");

    private final String folder;

    LayerFormat(String folder) {
        this.folder = folder;
    }

    /** The folder that the layer's files are in: empty, or with a slash at its end. */
    String folder() {
        return folder;
    }

    /** Reads one in any case. */
    static LayerFormat of(String text) throws ClairException {
        return switch (GoText.lowered(text)) {
            case "docker" -> DOCKER;
            case "aci" -> ACI;
            default ->
                throw new ClairException(
                        ClairError.FORMAT_UNSUPPORTED, ClairError.FORMAT_UNSUPPORTED.message() + " '" + text + "'");
        };
    }
}
