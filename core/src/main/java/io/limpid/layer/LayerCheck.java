package io.limpid.layer;

import io.limpid.image.Layer;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What an image claims of a layer, held against what its bytes turned out to be.
 *
 * @param right whether every digest that is claimed was computed and is right
 * @param problem what is wrong with a claim, null when nothing is
 */
public record LayerCheck(boolean right, @Nullable Problem problem) {

    /**
     * Holds the claims against digests that were computed here; the one place where that is done, whenever they were computed.
     *
     * @param blob the digest of the bytes as stored, null when it was not computed
     * @param tar the digest of the uncompressed bytes, null when they were only walked or could not be read to the end
     * @throws LimpidException when the blob is not the one that the manifest names
     */
    public static LayerCheck of(Layer layer, @Nullable Digest blob, @Nullable Digest tar) throws LimpidException {
        Digest digest = layer.digest();
        if (digest != null && blob != null && !digest.equals(blob)) {
            throw wrong(layer, digest, blob);
        }
        if (tar == null) {
            return new LayerCheck(false, null);
        }
        Digest diffId = layer.diffId();
        if (diffId == null) {
            return new LayerCheck(digest != null && blob != null, null);
        }
        if (diffId.equals(tar)) {
            return new LayerCheck(digest == null || blob != null, null);
        }
        return new LayerCheck(
                false,
                new Problem(
                        layer.index(),
                        null,
                        "its uncompressed bytes have the digest " + tar
                                + ", not the diff-id of the image's configuration: these are not the layer's own"
                                + " bytes"));
    }

    private static LimpidException wrong(Layer layer, Digest claimed, Digest computed) {
        String host = layer.blob() == null ? null : layer.blob().host();
        return new LimpidException(
                ErrorCode.BROKEN_IMAGE,
                "layer " + layer.index() + " is not what the manifest names",
                "it should have the digest " + claimed + " but "
                        + (host == null ? "has " + computed : host + " sent bytes with the digest " + computed),
                host == null
                        ? "save or download the image again"
                        : "try again; if it stays so, the registry, its mirror or a proxy before it is broken or lies");
    }
}
