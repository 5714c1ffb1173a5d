package io.limpid.cli.push;

import io.limpid.format.compress.Compression;
import io.limpid.image.Blob;
import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer as the server gets to know it.
 *
 * @param name its chain id (OCI image specification): of what is in it and of all layers below, since the server keeps one parent for a name
 * @param blob its bytes, which can be read often
 * @param expected the digest that the bytes as stored must have, null when none is claimed of them
 * @param compression how they are stored
 */
public record PushedLayer(String name, Blob blob, @Nullable Digest expected, Compression compression) {
    private static final int AT_ONCE = 1 << 16;

    /** The layers of an image, base first. */
    public static List<PushedLayer> of(Image image, LayerStore store) throws IOException {
        Map<Integer, Blob> blobs = new HashMap<>();
        for (Layer layer : image.inReadingOrder()) {
            blobs.put(layer.index(), store.blob(layer));
        }
        List<PushedLayer> layers = new ArrayList<>();
        String chain = "";
        for (Layer layer : image.layers()) {
            Blob blob = blobs.get(layer.index());
            if (blob == null) {
                throw new IllegalStateException("no layer " + layer.index());
            }
            Compression compression = compression(blob);
            Digest expected =
                    layer.digest() == null && compression == Compression.NONE ? layer.diffId() : layer.digest();
            Digest own = layer.diffId() == null ? layer.digest() : layer.diffId();
            String hex = own == null ? computed(blob) : own.hex();
            chain = chain.isEmpty() ? hex : sha256Hex("sha256:" + chain + " sha256:" + hex);
            layers.add(new PushedLayer(chain, blob, expected, compression));
        }
        return layers;
    }

    private static Compression compression(Blob blob) throws IOException {
        try (InputStream in = blob.open()) {
            return Compression.of(in.readNBytes(Compression.MAGIC_BYTES));
        }
    }

    private static String computed(Blob blob) throws IOException {
        MessageDigest sha = sha256();
        byte[] buffer = new byte[AT_ONCE];
        try (InputStream in = blob.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static String sha256Hex(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.US_ASCII)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
