package io.limpid.layer;

import io.limpid.format.PeekedInputStream;
import io.limpid.format.compress.Compression;
import io.limpid.image.Blob;
import io.limpid.image.FileTree;
import io.limpid.image.Layer;
import io.limpid.model.Digest;
import io.limpid.model.Limits;
import io.limpid.model.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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

    /** Reads one layer, which may hold as much as the limits allow. */
    public LayerContents read(Layer layer, PathQuery query) throws IOException {
        return read(layer, query, limits.wantedBytes());
    }

    /**
     * Reads one layer.
     *
     * @param share how many bytes of wanted files it may hold while others are read too
     * @throws CrowdedException when that is too little and the limits allow more
     * @throws IOException when the source cannot be read at all; damage inside the layer is a problem of the result
     */
    public LayerContents read(Layer layer, PathQuery query, long share) throws IOException {
        Blob blob = layer.blob();
        if (blob == null) {
            if (layer.content() instanceof FileTree tree) {
                return inFolder(layer, tree, new TreeWalk(layer.index(), query, limits, share));
            }
            Problem absent =
                    problem(layer, "the image does not hold this layer, it would have to be fetched from elsewhere");
            return new LayerContents(
                    List.of(), LayerFiles.of(List.of()), Map.of(), List.of(absent), null, null, false, false);
        }
        try (InputStream stored = blob.open()) {
            return read(
                    layer, blob, stored, layer.digest() != null, new LayerWalk(layer.index(), query, limits, share));
        }
    }

    /** Reads a layer of which it is not known yet what is claimed, and computes both its digests. */
    public LayerContents readUnclaimed(Blob blob, PathQuery query) throws IOException {
        Layer layer = new Layer(0, null, null, null, blob.size(), blob);
        try (InputStream stored = blob.open()) {
            return read(layer, blob, stored, true, new LayerWalk(0, query, limits, limits.wantedBytes()));
        }
    }

    /** Whether {@link #read} computes the digests also of a large layer that is not compressed. */
    public boolean readsWhole(Blob blob) {
        return !blob.isSkippable() || blob.size() <= ALWAYS_VERIFIED_BYTES || verifyAll;
    }

    /** Whether the bytes of a layer are stored as they are, not compressed. */
    public boolean isPlain(Blob blob) throws IOException {
        try (InputStream stored = blob.open()) {
            return Compression.of(stored.readNBytes(Compression.MAGIC_BYTES)) == Compression.NONE;
        }
    }

    /** The digest of a layer's bytes as they are stored. */
    public Digest digestOf(Blob blob) throws IOException {
        try (InputStream stored = blob.open()) {
            return new HashingInputStream(stored).digestOfAll();
        }
    }

    private LayerContents read(Layer layer, Blob blob, InputStream stored, boolean hashed, LayerWalk walk)
            throws IOException {
        PeekedInputStream in = new PeekedInputStream(stored, Compression.MAGIC_BYTES);
        Compression compression = Compression.of(in.first());
        if (compression == Compression.NONE) {
            return readsWhole(blob) ? plain(layer, in, walk) : walked(layer, blob, in, walk);
        }
        return inflated(layer, in, compression, hashed, walk);
    }

    /** A layer that lies unpacked: none of its digests is known, and another time it may hold something else. */
    private static LayerContents inFolder(Layer layer, FileTree tree, TreeWalk walk) throws CrowdedException {
        List<Problem> problems = new ArrayList<>();
        boolean whole = true;
        try {
            walk.run(tree);
        } catch (CrowdedException e) {
            throw e;
        } catch (IOException e) {
            whole = false;
            problems.add(problem(layer, "it cannot be read to its end: " + e.getMessage()));
        }
        KeptEntries found = walk.kept();
        problems.addAll(found.problems());
        return new LayerContents(
                found.entries(), LayerFiles.of(found.files()), found.unread(), problems, null, null, whole, false);
    }

    /** An uncompressed layer whose contents are skipped. */
    private LayerContents walked(Layer layer, Blob blob, InputStream in, LayerWalk walk) throws CrowdedException {
        List<Problem> problems = new ArrayList<>();
        int window = blob.isScattered() ? LayerWalk.HEADERS_ONLY : SEEKING_WINDOW;
        boolean whole = walk(layer, new BoundedInputStream(in, limits.layerBytes()), window, walk, problems);
        if (whole && !walk.endMarkerSeen()) {
            problems.add(problem(layer, "it has no end marker and its digest was not computed: it may be cut short"));
        }
        return contents(walk, problems, null, null, whole);
    }

    /** An uncompressed layer that is read whole: one digest serves for the blob and for the tar. */
    private LayerContents plain(Layer layer, InputStream in, LayerWalk walk) throws IOException {
        List<Problem> problems = new ArrayList<>();
        HashingInputStream tar = new HashingInputStream(new BoundedInputStream(in, limits.layerBytes()));
        boolean whole = walk(layer, tar, STREAMING_WINDOW, walk, problems);
        Digest digest = tar.digestOfAll();
        return contents(walk, problems, digest, digest, whole);
    }

    /** A compressed layer: the digest of the blob and that of the tar are two. */
    private LayerContents inflated(Layer layer, InputStream in, Compression compression, boolean hashed, LayerWalk walk)
            throws IOException {
        List<Problem> problems = new ArrayList<>();
        HashingInputStream blob = new HashingInputStream(in);
        Digest diffId = null;
        boolean whole = false;
        try (InputStream plain = compression.open(new UnclosedInputStream(hashed ? blob : in), limits)) {
            HashingInputStream tar = new HashingInputStream(new BoundedInputStream(plain, limits.layerBytes()));
            whole = walk(layer, tar, STREAMING_WINDOW, walk, problems);
            diffId = tar.digestOfAll();
        } catch (CrowdedException e) {
            throw e;
        } catch (IOException e) {
            whole = false;
            if (problems.isEmpty()) {
                problems.add(problem(layer, "it cannot be read to its end: " + e.getMessage()));
            }
        }
        return contents(walk, problems, hashed ? blob.digestOfAll() : null, diffId, whole);
    }

    private static boolean walk(Layer layer, InputStream tar, int window, LayerWalk walk, List<Problem> problems)
            throws CrowdedException {
        try {
            walk.run(tar, window);
            return true;
        } catch (CrowdedException e) {
            throw e;
        } catch (IOException e) {
            problems.add(problem(
                    layer,
                    "it cannot be read to its end, what follows byte " + walk.position() + " is missing: "
                            + e.getMessage()));
            return false;
        }
    }

    private static LayerContents contents(
            LayerWalk walk,
            List<Problem> problems,
            @Nullable Digest blobDigest,
            @Nullable Digest diffId,
            boolean whole) {
        KeptEntries found = walk.kept();
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(found.problems());
        return new LayerContents(
                found.entries(),
                LayerFiles.of(found.files()),
                found.unread(),
                all,
                blobDigest,
                diffId,
                whole,
                whole && !found.limited());
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
