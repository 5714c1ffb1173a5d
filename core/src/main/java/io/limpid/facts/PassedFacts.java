package io.limpid.facts;

import io.limpid.image.Blob;
import io.limpid.image.Layer;
import io.limpid.image.PassingReader;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was found in a layer while its archive passed by. */
record PassedFacts(TarFacts facts) implements PassingReader.Found {

    /** What was found in a layer when it passed; null where none has. */
    static @Nullable TarFacts of(Layer layer) {
        Blob blob = layer.blob();
        return blob != null && blob.found() instanceof PassedFacts(TarFacts facts) ? facts : null;
    }

    /** Refuses other bytes than those that have passed, when a layer was read once more. */
    static void requireSame(Layer layer, @Nullable Digest computed) throws LimpidException {
        TarFacts passed = of(layer);
        if (passed != null && !Objects.equals(passed.diffId(), computed)) {
            throw new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    "layer " + layer.index() + " cannot be read",
                    "it was sent a second time, to read more of it, and was not the same",
                    "scan it again; if that does not help, save the image to a file and scan that");
        }
    }
}
