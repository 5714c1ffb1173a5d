package io.limpid.layer;

import io.limpid.format.compress.Compression;
import io.limpid.image.Blob;
import io.limpid.image.Layer;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a layer in one pass: inflates it, keeps what is wanted, and computes the digests that are claimed of it.
 *
 * <p>An uncompressed layer that lies in a file and is large is walked by its headers only, unless everything is to be verified: then its
 * contents are never read, and its digests remain claims.
 */
public final class LayerReader {
    /** Uncompressed layers up to this size are always read whole and verified. */
    public static final long ALWAYS_VERIFIED_BYTES = 64L << 20;

    private static final int SEEKING_WINDOW = 1 << 12;
    private static final int STREAMING_WINDOW = 1 << 16;

    private final Limits limits;
    private final boolean verifyAll;

    /**
     * @param limits bounds what is read and kept
     * @param verifyAll whether large uncompressed layers are verified too
     */
    public LayerReader(Limits limits, boolean verifyAll) {
        this.limits = limits;
        this.verifyAll = verifyAll;
    }

    /** The bounds within which this reads. */
    public Limits limits() {
        return limits;
    }

    /**
     * Reads one layer.
     *
     * @throws LimpidException when the blob has another digest than the manifest claims
     * @throws IOException when the source cannot be read at all; damage inside the layer is a problem of the result
     */
    public LayerContents read(Layer layer, PathQuery query) throws IOException {
        Blob blob = layer.blob();
        if (blob == null) {
            Problem absent =
                    problem(layer, "the image does not hold this layer, it would have to be fetched from elsewhere");
            return new LayerContents(List.of(), LayerFiles.of(List.of()), Map.of(), List.of(absent), null, false, true);
        }
        try (InputStream stored = blob.open()) {
            return read(layer, blob, stored, new LayerWalk(layer.index(), query, limits));
        }
    }

    private LayerContents read(Layer layer, Blob blob, InputStream stored, LayerWalk walk) throws IOException {
        PushbackInputStream in = new PushbackInputStream(stored, Compression.MAGIC_BYTES);
        byte[] first = in.readNBytes(Compression.MAGIC_BYTES);
        in.unread(first);
        Compression compression = Compression.of(first);
        if (compression == Compression.NONE) {
            boolean walkOnly = blob.place() != null && blob.size() > ALWAYS_VERIFIED_BYTES && !verifyAll;
            return walkOnly ? walked(layer, in, walk) : plain(layer, in, walk);
        }
        return inflated(layer, in, compression, walk);
    }

    /** An uncompressed layer whose contents are skipped. */
    private LayerContents walked(Layer layer, InputStream in, LayerWalk walk) {
        List<Problem> problems = new ArrayList<>();
        boolean whole = walk(layer, new BoundedInputStream(in, limits.layerBytes()), SEEKING_WINDOW, walk, problems);
        if (whole && !walk.endMarkerSeen()) {
            problems.add(problem(layer, "it has no end marker and its digest was not computed: it may be cut short"));
        }
        return contents(walk, problems, null, false, whole);
    }

    /** An uncompressed layer that is read whole: one digest serves for the blob and for the tar. */
    private LayerContents plain(Layer layer, InputStream in, LayerWalk walk) throws IOException {
        List<Problem> problems = new ArrayList<>();
        HashingInputStream tar = new HashingInputStream(new BoundedInputStream(in, limits.layerBytes()));
        boolean whole = walk(layer, tar, STREAMING_WINDOW, walk, problems);
        Digest digest = tar.digestOfAll();
        checkBlob(layer, digest);
        boolean verified = checkTar(layer, digest, problems);
        return contents(walk, problems, digest, verified, whole);
    }

    /** A compressed layer: the digest of the blob and that of the tar are two. */
    private LayerContents inflated(Layer layer, InputStream in, Compression compression, LayerWalk walk)
            throws IOException {
        List<Problem> problems = new ArrayList<>();
        HashingInputStream blob = new HashingInputStream(in);
        Digest diffId = null;
        boolean whole = false;
        try (InputStream plain =
                compression.open(new UnclosedInputStream(layer.digest() == null ? in : blob), limits)) {
            HashingInputStream tar = new HashingInputStream(new BoundedInputStream(plain, limits.layerBytes()));
            whole = walk(layer, tar, STREAMING_WINDOW, walk, problems);
            diffId = tar.digestOfAll();
        } catch (IOException e) {
            whole = false;
            if (problems.isEmpty()) {
                problems.add(problem(layer, "it cannot be read to its end: " + e.getMessage()));
            }
        }
        if (layer.digest() != null) {
            checkBlob(layer, blob.digestOfAll());
        }
        boolean verified = diffId != null && checkTar(layer, diffId, problems);
        return contents(walk, problems, diffId, verified, whole);
    }

    private static boolean walk(Layer layer, InputStream tar, int window, LayerWalk walk, List<Problem> problems) {
        try {
            walk.run(tar, window);
            return true;
        } catch (IOException e) {
            problems.add(problem(
                    layer,
                    "it cannot be read to its end, what follows byte " + walk.position() + " is missing: "
                            + e.getMessage()));
            return false;
        }
    }

    private static LayerContents contents(
            LayerWalk walk, List<Problem> problems, @Nullable Digest diffId, boolean verified, boolean whole) {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(walk.problems());
        return new LayerContents(
                walk.entries(),
                LayerFiles.of(walk.files()),
                walk.unread(),
                all,
                diffId,
                verified && whole,
                whole && !walk.limited());
    }

    private static void checkBlob(Layer layer, Digest digest) throws LimpidException {
        if (layer.digest() != null && !layer.digest().equals(digest)) {
            throw new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    "layer " + layer.index() + " is not what the manifest names",
                    "it should have the digest " + layer.digest() + " but has " + digest,
                    "save or download the image again");
        }
    }

    /** Whether the tar is what the configuration claims, as far as it claims something. */
    private static boolean checkTar(Layer layer, Digest diffId, List<Problem> problems) {
        if (layer.diffId() == null) {
            return layer.digest() != null;
        }
        if (!layer.diffId().equals(diffId)) {
            problems.add(problem(
                    layer,
                    "its uncompressed bytes have the digest " + diffId
                            + ", not the diff-id of the image's configuration: these are not the layer's own bytes"));
            return false;
        }
        return true;
    }

    /** Keeps the blob open when its decoder is closed: the digest of what is left of it is still to come. */
    private static final class UnclosedInputStream extends FilterInputStream {
        UnclosedInputStream(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void close() {
            // The caller closes the blob.
        }
    }

    private static Problem problem(Layer layer, String what) {
        return new Problem(layer.index(), null, what);
    }
}
