package io.limpid.house.wrong.detect;

import io.limpid.house.wrong.detect.apk.KnowsSibling;
import java.util.List;

/** A list, which may name what lives below it. */
public final class Detectors {
    private Detectors() {}

    /** One of the two, to be missed. */
    public static List<KnowsSibling> all() {
        return List.of();
    }
}
