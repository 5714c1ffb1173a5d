package io.limpid.image;

import io.limpid.format.json.JsonException;
import io.limpid.model.Digest;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks an OCI layout's {@code index.json}, and the indexes inside it, down to the manifests of images. */
final class OciIndex {
    static final String NAME = "index.json";

    /**
     * An image, once, with all that the indexes say of it.
     *
     * @param descriptor how it was listed first
     * @param names all its names; {@code io.containerd.image.name} before {@code org.opencontainers.image.ref.name}
     * @param platforms all that it is said to run on, none when nothing is said
     */
    record Listed(Descriptor descriptor, Set<String> names, Set<Platform> platforms) {

        private void add(Descriptor again) {
            names.addAll(again.names());
            if (again.platform() != null) {
                platforms.add(again.platform());
            }
        }

        @Override
        public String toString() {
            return names.isEmpty()
                    ? descriptor.digest().toString()
                    : names.iterator().next();
        }
    }

    private final BlobFolder folder;
    private final Limits limits;
    private final Map<Digest, Listed> images = new LinkedHashMap<>();
    private final Map<Digest, List<Descriptor>> indexes = new HashMap<>();
    private int visited;

    private OciIndex(BlobFolder folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** The images in the order in which they are listed first; those whose manifests were not saved are left out. */
    static List<Listed> images(BlobFolder folder, Limits limits) throws IOException {
        OciIndex index = new OciIndex(folder, limits);
        Fields top = Document.read(folder, NAME, null, limits).fields(folder);
        index.walk(index.descriptors(top, NAME), List.of(), 0);
        return List.copyOf(index.images.values());
    }

    /** Visits an index; one that is listed under several names once for each, so that what is in it has all of them. */
    private void walk(List<Descriptor> listed, List<String> names, int depth) throws IOException {
        if (depth > limits.indexDepth()) {
            throw Document.limited(
                    folder, "its indexes are nested more than " + limits.indexDepth() + " deep (limit index-depth)");
        }
        for (Descriptor own : listed) {
            if (++visited > limits.archiveEntries()) {
                throw Document.limited(
                        folder,
                        "its indexes list more than " + limits.archiveEntries() + " images (limit archive-entries)");
            }
            if (!own.attestation()) {
                visit(own.named(names), depth);
            }
        }
    }

    private void visit(Descriptor descriptor, int depth) throws IOException {
        Digest digest = descriptor.digest();
        if (!images.containsKey(digest) && !indexes.containsKey(digest)) {
            load(descriptor);
        }
        List<Descriptor> inner = indexes.get(digest);
        Listed image = images.get(digest);
        if (inner != null) {
            walk(inner, descriptor.names(), depth + 1);
        } else if (image != null) {
            image.add(descriptor);
        }
    }

    /** Reads an index or an image's manifest, if it was saved. */
    private void load(Descriptor descriptor) throws IOException {
        Digest digest = descriptor.digest();
        // A platform's manifest may be absent where only some of a multi-platform image were saved.
        if (descriptor.platform() != null && !folder.holdsWhatItLists() && folder.manifest(descriptor) == null) {
            return;
        }
        if (folder.holdsWhatItLists() && descriptor.platform() != null && descriptor.isManifest()) {
            // The one that is chosen is fetched, and shows whether it is what it is listed as.
            images.put(digest, new Listed(descriptor, new LinkedHashSet<>(), new LinkedHashSet<>()));
            return;
        }
        Fields document = OciLayout.readManifest(folder, descriptor, limits).fields(folder);
        try {
            if (document.has("manifests")) {
                refuseBoth(digest, document);
                indexes.put(digest, descriptors(document, digest.toString()));
            } else {
                images.put(digest, new Listed(descriptor, new LinkedHashSet<>(), new LinkedHashSet<>()));
            }
        } catch (JsonException e) {
            throw Document.broken(folder, digest + " is not readable: " + e.getMessage());
        }
    }

    /** What says that it is an index and an image is read as the one or the other (CVE-2021-41190); containerd refuses it too. */
    private void refuseBoth(Digest digest, Fields document) throws IOException {
        if (document.has("config") || document.has("layers") || document.has("fsLayers")) {
            throw Document.broken(folder, digest + " is an index of images and an image at once");
        }
    }

    private List<Descriptor> descriptors(Fields index, String name) throws LimpidException {
        try {
            List<Descriptor> descriptors = new ArrayList<>();
            for (Fields json : index.objects("manifests")) {
                descriptors.add(Descriptor.of(json));
            }
            return descriptors;
        } catch (JsonException e) {
            throw Document.broken(folder, "the index " + name + " is not readable: " + e.getMessage());
        }
    }
}
