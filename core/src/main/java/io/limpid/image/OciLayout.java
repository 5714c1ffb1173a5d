package io.limpid.image;

import io.limpid.format.json.JsonException;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.model.Problem;
import io.limpid.model.ScanTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the OCI image layout: {@code index.json}, and manifests, configurations and layers by their digests. */
final class OciLayout {
    static final String INDEX = "index.json";

    private static final String BLOBS = "blobs/sha256/";

    private final BlobFolder folder;
    private final ImageRequest request;

    private OciLayout(BlobFolder folder, ImageRequest request) {
        this.folder = folder;
        this.request = request;
    }

    /** Opens the image that is asked for. */
    static Image open(String kind, BlobFolder folder, ImageRequest request) throws IOException {
        return new OciLayout(folder, request).open(kind);
    }

    private Image open(String kind) throws IOException {
        List<Descriptor> images = new ArrayList<>();
        Fields index = Document.read(folder, INDEX, null, request.limits()).fields(folder);
        collect(index, INDEX, List.of(), 0, new HashSet<>(), images);
        Descriptor chosen = Platforms.choose(named(images), Descriptor::platform, request, folder.description());
        Fields manifest = read(chosen).fields(folder);
        try {
            return image(kind, chosen, manifest);
        } catch (JsonException e) {
            throw Document.broken(folder, "the manifest " + chosen.digest() + " is not readable: " + e.getMessage());
        }
    }

    private Image image(String kind, Descriptor chosen, Fields manifest) throws IOException {
        Fields configDescriptor = manifest.object("config");
        if (configDescriptor == null) {
            throw unsupported(chosen, manifest);
        }
        ImageConfig config = ImageConfig.of(read(Descriptor.of(configDescriptor)), folder);
        Platform asked = request.platform();
        if (asked != null && !Platforms.fits(asked, config.platform())) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    folder.description() + " has no image for " + asked,
                    "its image is for " + config.platform(),
                    null);
        }
        List<Problem> problems = new ArrayList<>();
        List<Layer> layers = layers(manifest, config, problems);
        String reference =
                chosen.names().isEmpty() ? folder.description() : chosen.names().getFirst();
        ScanTarget target = new ScanTarget(kind, reference, config.digest(), chosen.digest(), config.platform());
        return new Image(target, layers, problems, folder);
    }

    /** Walks an index and those inside it down to the manifests of images. */
    private void collect(
            Fields index, String name, List<String> names, int depth, Set<Digest> seen, List<Descriptor> images)
            throws IOException {
        if (depth > request.limits().indexDepth()) {
            throw Document.broken(folder, "its indexes are nested too deep");
        }
        try {
            for (Fields json : index.objects("manifests")) {
                Descriptor descriptor = Descriptor.of(json).named(names);
                if (descriptor.attestation() || !seen.add(descriptor.digest())) {
                    continue;
                }
                // A platform's manifest may be absent where only some of a multi-platform image were saved.
                if (folder.find(BLOBS + descriptor.digest().hex()) == null && descriptor.platform() != null) {
                    continue;
                }
                Fields document = read(descriptor).fields(folder);
                if (document.has("manifests")) {
                    refuseBoth(descriptor, document);
                    collect(document, descriptor.digest().toString(), descriptor.names(), depth + 1, seen, images);
                } else {
                    images.add(descriptor);
                }
            }
        } catch (JsonException e) {
            throw Document.broken(folder, "the index " + name + " is not readable: " + e.getMessage());
        }
    }

    /** What says that it is an index and an image is read as the one or the other (CVE-2021-41190); containerd refuses it too. */
    private void refuseBoth(Descriptor descriptor, Fields document) throws IOException {
        if (document.has("config") || document.has("layers") || document.has("fsLayers")) {
            throw Document.broken(folder, descriptor.digest() + " is an index of images and an image at once");
        }
    }

    /** The manifests of one image; several where it is there for several platforms. */
    private List<Descriptor> named(List<Descriptor> images) throws LimpidException {
        String image = request.image();
        if (images.isEmpty()) {
            throw Document.broken(folder, INDEX + " lists no image that is there");
        }
        List<Descriptor> chosen = images.stream()
                .filter(descriptor -> image == null
                        || descriptor.digest().toString().equals(image)
                        || descriptor.names().stream().anyMatch(name -> ImageNames.same(name, image)))
                .toList();
        if (chosen.isEmpty()) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    folder.description() + " holds no image " + image,
                    "it holds " + listed(images),
                    null);
        }
        List<String> first = chosen.getFirst().names();
        boolean sameName =
                chosen.stream().allMatch(descriptor -> descriptor.names().equals(first));
        boolean platformsDiffer =
                chosen.stream().map(Descriptor::platform).distinct().count() == chosen.size();
        if (!sameName || !platformsDiffer) {
            throw new LimpidException(
                    ErrorCode.AMBIGUOUS,
                    folder.description() + " holds " + chosen.size() + " images",
                    listed(chosen),
                    "choose one with --image NAME or --image DIGEST");
        }
        return chosen;
    }

    private static String listed(List<Descriptor> images) {
        return images.stream()
                .map(image -> image.names().isEmpty()
                        ? image.digest().toString()
                        : image.names().getFirst())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private List<Layer> layers(Fields manifest, ImageConfig config, List<Problem> problems) throws IOException {
        List<Fields> entries = manifest.objects("layers");
        int count = entries.size();
        if (count > request.limits().layers()) {
            throw Document.broken(
                    folder,
                    "it has " + count + " layers, more than " + request.limits().layers());
        }
        problems.addAll(config.problemsWith(count));
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Descriptor descriptor = Descriptor.of(entries.get(i));
            Blob blob = folder.find(BLOBS + descriptor.digest().hex());
            if (blob == null && !descriptor.isForeign()) {
                throw Document.broken(folder, "the blob of layer " + i + ", " + descriptor.digest() + ", is missing");
            }
            checkSize(descriptor, blob);
            layers.add(new Layer(
                    i,
                    config.diffId(i, count),
                    descriptor.digest(),
                    config.instruction(i, count),
                    descriptor.size(),
                    blob));
        }
        return layers;
    }

    private Document read(Descriptor descriptor) throws IOException {
        String name = BLOBS + descriptor.digest().hex();
        checkSize(descriptor, folder.find(name));
        return Document.read(folder, name, descriptor.digest(), request.limits());
    }

    private void checkSize(Descriptor descriptor, @Nullable Blob blob) throws LimpidException {
        if (blob != null && blob.size() != descriptor.size()) {
            throw Document.broken(
                    folder,
                    "the blob " + descriptor.digest() + " has " + blob.size() + " bytes, its descriptor says "
                            + descriptor.size());
        }
    }

    private LimpidException unsupported(Descriptor chosen, Fields manifest) throws JsonException {
        Long version = manifest.integer("schemaVersion");
        boolean schema1 = (version != null && version == 1) || manifest.has("fsLayers");
        return new LimpidException(
                ErrorCode.NOT_AN_IMAGE,
                folder.description() + " holds no container image that can be read",
                schema1
                        ? "its manifest has Docker's schema 1, which names no digest of a configuration and is out of"
                                + " use since 2017"
                        : "the manifest " + chosen.digest() + " has no configuration",
                schema1 ? "pull the image with a current Docker and save it again" : null);
    }
}
