package io.limpid.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.image.registry.Manifest;
import io.limpid.image.registry.RegistryClient;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reference names in a registry, seen as an OCI layout whose {@code index.json} lists that alone; manifests and blobs are fetched when
 * they are asked for.
 */
final class RegistryFolder implements BlobFolder {
    /** An index of indexes can list any number; an image for all platforms that there are has some twenty. */
    private static final int MOST_MANIFESTS = 200;

    private final Reference reference;
    private final RegistryClient registry;
    private final Limits limits;
    private final byte[] index;
    private final Map<Digest, MemoryBlob> manifests = new HashMap<>();
    private long manifestBytes;

    private RegistryFolder(Reference reference, RegistryClient registry, Limits limits, byte[] index) {
        this.reference = reference;
        this.registry = registry;
        this.limits = limits;
        this.index = index;
    }

    /** Asks a registry for what the reference names. */
    static RegistryFolder open(Reference reference, RegistryClient registry, Limits limits) throws IOException {
        Manifest named = registry.manifest(reference.manifest(), limits.documentBytes());
        byte[] bytes = named.bytes();
        Digest computed = Sha256.of(bytes);
        Digest asked = reference.digest();
        if (asked != null && !asked.equals(computed)) {
            throw wrong(registry, asked.toString(), computed);
        }
        String told = named.digest();
        if (told != null && told.startsWith("sha256:") && !told.equals(computed.toString())) {
            // Docker and containerd ask for what is told here, and would run another image.
            throw wrong(registry, told, computed);
        }
        String descriptor = "{\"digest\":\"" + computed + "\",\"size\":" + bytes.length + "}";
        byte[] index = ("{\"schemaVersion\":2,\"manifests\":[" + descriptor + "]}").getBytes(UTF_8);
        RegistryFolder folder = new RegistryFolder(reference, registry, limits, index);
        folder.manifests.put(computed, new MemoryBlob(bytes));
        return folder;
    }

    private static LimpidException wrong(RegistryClient registry, String asked, Digest computed) {
        return new LimpidException(
                ErrorCode.BROKEN_IMAGE,
                "cannot use the manifest " + asked + " from " + registry.host(),
                registry.host() + " gave other bytes, whose digest is " + computed,
                "try again; if it stays so, the registry, its mirror or a proxy before it is broken or lies");
    }

    @Override
    public @Nullable Blob find(String name) {
        return name.equals(OciIndex.NAME) ? new MemoryBlob(index) : null;
    }

    @Override
    public Blob manifest(Descriptor descriptor) throws IOException {
        Digest digest = descriptor.digest();
        MemoryBlob known = manifests.get(digest);
        if (known != null) {
            return known;
        }
        int left = (int) (limits.documentBytes() - manifestBytes);
        if (manifests.size() >= MOST_MANIFESTS || descriptor.size() > left) {
            String most = manifests.size() >= MOST_MANIFESTS
                    ? MOST_MANIFESTS + " manifests that have to be looked at"
                    : limits.documentBytes() + " bytes of manifests that have to be looked at (limit document-bytes)";
            throw new LimpidException(
                    ErrorCode.LIMIT,
                    description() + " cannot be read",
                    "its indexes from " + registry.host() + " list more than " + most,
                    "name one image by its digest: REPOSITORY@sha256:HEX");
        }
        byte[] bytes = registry.manifest(digest.toString(), Math.max(left, 1)).bytes();
        manifestBytes += bytes.length;
        Digest computed = Sha256.of(bytes);
        if (!computed.equals(digest)) {
            throw wrong(registry, digest.toString(), computed);
        }
        MemoryBlob fetched = new MemoryBlob(bytes);
        manifests.put(digest, fetched);
        return fetched;
    }

    @Override
    public @Nullable Blob blob(Descriptor descriptor) throws IOException {
        Digest digest = descriptor.digest();
        // Only these may be elsewhere; of all others it shows when they are read.
        if (descriptor.isForeign() && !registry.has(digest.toString())) {
            return null;
        }
        return new RegistryBlob(registry, digest, descriptor.size());
    }

    @Override
    public boolean holdsWhatItLists() {
        return true;
    }

    @Override
    public String description() {
        return reference.toString();
    }

    @Override
    public void close() {
        // The client is its owner's.
    }
}
