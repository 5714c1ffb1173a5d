package io.limpid.image;

import io.limpid.format.json.JsonException;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.model.Problem;
import io.limpid.model.ScanTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the OCI image layout: {@code index.json}, and manifests, configurations and layers by their digests. */
final class OciLayout {
    private final BlobFolder folder;
    private final ImageRequest request;

    private OciLayout(BlobFolder folder, ImageRequest request) {
        this.folder = folder;
        this.request = request;
    }

    /** Opens the image that is asked for. */
    static Opened open(String kind, BlobFolder folder, ImageRequest request) throws IOException {
        return new OciLayout(folder, request).open(kind);
    }

    /** What the layout says of all images whose configurations it holds; what is no container image is left out. */
    static List<Claim> claims(BlobFolder folder, ImageRequest request) throws IOException {
        OciLayout layout = new OciLayout(folder, request);
        List<Claim> claims = new ArrayList<>();
        for (OciIndex.Listed image : OciIndex.images(folder, request.limits())) {
            ImageConfig config = layout.config(image);
            if (config != null) {
                claims.add(new Claim(List.copyOf(image.names()), config.digest(), config.platform()));
            }
        }
        return claims;
    }

    /** Where a layout has the blob with this digest. */
    static String name(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    /** Reads a manifest or index, which must have the digest and size of its descriptor. */
    static Document readManifest(BlobFolder folder, Descriptor descriptor, Limits limits) throws IOException {
        return read(folder, folder.manifest(descriptor), descriptor, limits);
    }

    private static Document read(BlobFolder folder, @Nullable Blob blob, Descriptor descriptor, Limits limits)
            throws IOException {
        checkSize(folder, descriptor, blob);
        return Document.read(folder, blob, name(descriptor.digest()), descriptor.digest(), limits);
    }

    private Opened open(String kind) throws IOException {
        List<OciIndex.Listed> images = named(OciIndex.images(folder, request.limits()));
        List<Platforms.Candidate<OciIndex.Listed>> candidates = new ArrayList<>();
        boolean choice = images.size() > 1 || request.platform() != null;
        for (OciIndex.Listed image : images) {
            candidates.add(new Platforms.Candidate<>(
                    image, image.descriptor().digest().toString(), choice ? platforms(image) : image.platforms()));
        }
        OciIndex.Listed chosen = Platforms.choose(candidates, request.platform(), folder.description());
        Fields manifest = manifest(chosen.descriptor()).fields(folder);
        try {
            requireImage(chosen.descriptor(), manifest);
            return opened(kind, chosen, manifest);
        } catch (JsonException e) {
            throw Document.broken(
                    folder, "the manifest " + chosen.descriptor().digest() + " is not readable: " + e.getMessage());
        }
    }

    /** What was listed as an image and not looked at before it was chosen is one, and no index besides. */
    private void requireImage(Descriptor descriptor, Fields manifest) throws IOException {
        if (manifest.has("manifests")) {
            throw Document.broken(folder, descriptor.digest() + " is listed as an image and is an index of images");
        }
    }

    private Opened opened(String kind, OciIndex.Listed chosen, Fields manifest) throws IOException {
        Digest digest = chosen.descriptor().digest();
        Fields configDescriptor = manifest.object("config");
        if (configDescriptor == null) {
            throw unsupported(digest, manifest);
        }
        Descriptor descriptor = Descriptor.of(configDescriptor);
        ImageConfig config =
                ImageConfig.of(read(folder, folder.blob(descriptor), descriptor, request.limits()), folder);
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
        Claim claim = new Claim(List.copyOf(chosen.names()), config.digest(), config.platform());
        ScanTarget target =
                new ScanTarget(kind, claim.reference(folder, request), config.digest(), digest, config.platform());
        return new Opened(new Image(target, layers, config.origins(), problems, folder), claim);
    }

    /** The manifests of one image; several where it is there for several platforms. */
    private List<OciIndex.Listed> named(List<OciIndex.Listed> images) throws LimpidException {
        String image = request.image();
        if (images.isEmpty()) {
            throw Document.broken(folder, OciIndex.NAME + " lists no image that is there");
        }
        List<OciIndex.Listed> chosen = images.stream()
                .filter(listed -> image == null
                        || listed.descriptor().digest().toString().equals(image)
                        || listed.names().stream().anyMatch(name -> ImageNames.same(name, image)))
                .toList();
        if (chosen.isEmpty()) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    folder.description() + " holds no image " + image,
                    "it holds " + joined(images),
                    null);
        }
        OciIndex.Listed first = chosen.getFirst();
        boolean sameName = chosen.stream().allMatch(listed -> listed.names().equals(first.names()));
        // Images without a name are one for several platforms only where the index says so.
        boolean isOne = !first.names().isEmpty()
                || chosen.stream().noneMatch(listed -> listed.platforms().isEmpty());
        if (chosen.size() > 1 && !(sameName && isOne)) {
            throw new LimpidException(
                    ErrorCode.AMBIGUOUS,
                    folder.description() + " holds " + chosen.size() + " images",
                    joined(chosen),
                    "choose one with --image NAME or --image DIGEST");
        }
        return chosen;
    }

    private static String joined(List<OciIndex.Listed> images) {
        return images.stream().map(OciIndex.Listed::toString).distinct().collect(Collectors.joining(", "));
    }

    /** What the index or, where it does not say, the configuration says that an image runs on: as containerd does. */
    private Collection<Platform> platforms(OciIndex.Listed image) throws IOException {
        if (!image.platforms().isEmpty()) {
            return image.platforms();
        }
        ImageConfig config = config(image);
        Platform platform = config == null ? null : config.platform();
        return platform == null ? List.of() : List.of(platform);
    }

    /** The configuration of an image, null when it has none, it was not saved or it is another thing's. */
    private @Nullable ImageConfig config(OciIndex.Listed image) throws IOException {
        try {
            Fields json = manifest(image.descriptor()).fields(folder).object("config");
            Descriptor descriptor = json == null ? null : Descriptor.of(json);
            Blob blob = descriptor == null ? null : folder.blob(descriptor);
            return descriptor == null || blob == null
                    ? null
                    : ImageConfig.find(read(folder, blob, descriptor, request.limits()), folder);
        } catch (JsonException e) {
            throw Document.broken(
                    folder, "the manifest " + image.descriptor().digest() + " is not readable: " + e.getMessage());
        }
    }

    private List<Layer> layers(Fields manifest, ImageConfig config, List<Problem> problems) throws IOException {
        List<Fields> entries = manifest.objects("layers");
        int count = entries.size();
        if (count > request.limits().layers()) {
            throw Document.limited(
                    folder,
                    "it has " + count + " layers, more than " + request.limits().layers() + " (limit layers)");
        }
        problems.addAll(config.problemsWith(count));
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Descriptor descriptor = Descriptor.of(entries.get(i));
            Blob blob = folder.blob(descriptor);
            if (blob == null && !descriptor.isForeign()) {
                throw Document.broken(folder, "the blob of layer " + i + ", " + descriptor.digest() + ", is missing");
            }
            checkSize(folder, descriptor, blob);
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

    private Document manifest(Descriptor descriptor) throws IOException {
        return readManifest(folder, descriptor, request.limits());
    }

    private static void checkSize(BlobFolder folder, Descriptor descriptor, @Nullable Blob blob)
            throws LimpidException {
        if (blob != null && blob.size() != descriptor.size()) {
            throw Document.broken(
                    folder,
                    "the blob " + descriptor.digest() + " has " + blob.size() + " bytes, its descriptor says "
                            + descriptor.size());
        }
    }

    private LimpidException unsupported(Digest digest, Fields manifest) throws JsonException {
        Long version = manifest.integer("schemaVersion");
        boolean schema1 = (version != null && version == 1) || manifest.has("fsLayers");
        return new LimpidException(
                ErrorCode.NOT_AN_IMAGE,
                folder.description() + " holds no container image that can be read",
                schema1
                        ? "its manifest has Docker's schema 1, which names no digest of a configuration and is out of"
                                + " use since 2017"
                        : "the manifest " + digest + " has no configuration",
                schema1 ? "pull the image with a current Docker and save it again" : null);
    }
}
