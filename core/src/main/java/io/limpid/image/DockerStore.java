package io.limpid.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.model.Digest;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image in the folders of a Docker daemon with the storage driver overlay2, shown as the archive that the daemon would export.
 *
 * <p>The configuration lies there by its digest, and of each layer what was in its tar besides the contents of files, by the digest of it and
 * of all below it: so the digests that are claimed of the image are held against bytes as those of an archive are.
 */
public final class DockerStore implements BlobFolder {
    private static final String DRIVER = "overlay2";
    private static final int LONGEST_WORD = 200;

    private final String description;
    private final Map<String, Blob> blobs = new HashMap<>();

    private DockerStore(String description) {
        this.description = description;
    }

    /**
     * Opens an image.
     *
     * @param id the image's id, of 64 hex digits
     * @param diffIds the digests of its layers, base first
     * @param folders where the daemon says that they lie unpacked, in the same order
     * @param addressed whether this daemon names layers by their digests when it exports them
     * @param description what people call the daemon
     * @throws IOException when this is not what lies there, or this process may not read it: then only the daemon can tell what the image is
     */
    public static Image open(
            String id,
            List<Digest> diffIds,
            List<Path> folders,
            boolean addressed,
            String description,
            ImageRequest request)
            throws IOException {
        if (diffIds.isEmpty()
                || diffIds.size() != folders.size()
                || diffIds.size() > request.limits().layers()) {
            throw new IOException("there are " + diffIds.size() + " layers in " + folders.size() + " folders");
        }
        DockerStore store = new DockerStore(description);
        store.fill(id, diffIds, folders, addressed, request.limits());
        return DockerArchive.open(DRIVER, store, request).image();
    }

    private void fill(String id, List<Digest> diffIds, List<Path> folders, boolean addressed, Limits limits)
            throws IOException {
        Path data = dataFolder(folders.getFirst());
        Path images = data.resolve("image").resolve(DRIVER);
        Path config = images.resolve("imagedb/content/sha256").resolve(id);
        byte[] configuration = small(config, limits.documentBytes());
        if (!Sha256.of(configuration).hex().equals(id)) {
            throw new IOException(config + " does not have the digest that is its name");
        }
        blobs.put(id + ".json", new MemoryBlob(configuration));
        StringBuilder names = new StringBuilder();
        Digest chain = diffIds.getFirst();
        for (int i = 0; i < diffIds.size(); i++) {
            Digest diffId = diffIds.get(i);
            chain = i == 0 ? chain : Sha256.of((chain + " " + diffId).getBytes(US_ASCII));
            Path unpacked = folders.get(i).getParent();
            Path known = images.resolve("layerdb/sha256").resolve(chain.hex());
            if (unpacked == null || !folders.get(i).equals(folder(data, word(known.resolve("cache-id"))))) {
                throw new IOException(folders.get(i) + " is not where layer " + i + " is kept");
            }
            if (!word(known.resolve("diff")).equals(diffId.toString())) {
                throw new IOException("layer " + i + " is another one");
            }
            String name = addressed ? OciLayout.name(diffId) : i + "/layer.tar";
            blobs.put(name, TarSplitLayer.of(known.resolve("tar-split.json.gz"), unpacked, limits));
            names.append(i == 0 ? "" : ",").append('"').append(name).append('"');
        }
        String manifest = "[{\"Config\":\"" + id + ".json\",\"RepoTags\":null,\"Layers\":[" + names + "]}]";
        blobs.put(DockerArchive.MANIFEST, new MemoryBlob(manifest.getBytes(UTF_8)));
    }

    /** The folder of all the daemon's data: that with {@code overlay2/ID/diff}. */
    private static Path dataFolder(Path folder) throws IOException {
        int names = folder.getNameCount();
        Path root = folder.getRoot();
        if (root == null || names < 4) {
            throw new IOException(folder + " is no folder of a layer");
        }
        return root.resolve(folder.subpath(0, names - 3));
    }

    private static Path folder(Path data, String cacheId) throws IOException {
        return data.resolve(DRIVER).resolve(UnpackedFiles.path(cacheId)).resolve("diff");
    }

    private static String word(Path file) throws IOException {
        return new String(small(file, LONGEST_WORD), UTF_8);
    }

    private static byte[] small(Path file, int most) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException(file + " has more than " + most + " bytes");
            }
            return bytes;
        }
    }

    @Override
    public @Nullable Blob find(String name) {
        return blobs.get(name);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() {
        // No file is open that no stream reads.
    }
}
