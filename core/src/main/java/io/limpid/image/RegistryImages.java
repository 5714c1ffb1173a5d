package io.limpid.image;

import io.limpid.image.registry.Mirror;
import io.limpid.image.registry.RegistryAccess;
import io.limpid.image.registry.RegistryClient;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.ScanTarget;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds one image in a registry or the mirrors of it. */
final class RegistryImages {
    private final RegistryAccess access;
    private final ImageRequest request;
    private final boolean bare;
    private final Limits limits;

    /**
     * @param bare whether the name could have been that of a file, of which there is none
     */
    RegistryImages(RegistryAccess access, ImageRequest request, boolean bare) {
        this.access = access;
        this.bare = bare;
        this.request = request;
        this.limits = request.limits();
    }

    /** Opens the image; the first mirror that has it is taken, else the registry. */
    Image open(String kind) throws IOException {
        Reference reference = reference();
        requireNetwork(reference);
        LimpidException missed = null;
        for (Mirror mirror : access.mirrors()) {
            if (mirror.of().equalsIgnoreCase(reference.host()) && mayAsk(mirror.host())) {
                try {
                    return image(kind, reference, RegistryClient.of(access, mirror, reference.repository(), limits));
                } catch (LimpidException e) {
                    if (e.code() != ErrorCode.NETWORK && e.code() != ErrorCode.NOT_FOUND) {
                        throw e;
                    }
                    missed = e;
                }
            }
        }
        try {
            return image(kind, reference, RegistryClient.of(access, reference.host(), reference.repository(), limits));
        } catch (LimpidException e) {
            throw missed == null ? e : also(e, missed);
        }
    }

    private Image image(String kind, Reference reference, RegistryClient registry) throws IOException {
        RegistryFolder folder = RegistryFolder.open(reference, registry, limits);
        Image image = OciLayout.open(kind, folder, request).image();
        ScanTarget found = image.target();
        ScanTarget target =
                new ScanTarget(kind, reference.toString(), found.imageId(), found.manifestDigest(), found.platform());
        return image.as(target, folder);
    }

    private Reference reference() throws LimpidException {
        try {
            return Reference.parse(request.location());
        } catch (IllegalArgumentException e) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "\"" + request.location() + "\" names no image in a registry",
                    e.getMessage(),
                    "name one as [HOST[:PORT]/]REPOSITORY[:TAG][@sha256:HEX], such as alpine:3.20");
        }
    }

    private void requireNetwork(Reference reference) throws LimpidException {
        if (!mayAsk(reference.host())) {
            throw new LimpidException(
                    ErrorCode.NETWORK,
                    "cannot get " + reference,
                    (bare ? "there is no such file or folder, and " : "")
                            + "the network is not to be used (--offline or LIMPID_OFFLINE), which "
                            + reference.host() + " would be asked by",
                    "save the image first: docker save -o image.tar " + request.location());
        }
    }

    private boolean mayAsk(String host) {
        return !access.offline() || RegistryClient.isHere(host);
    }

    private static LimpidException also(LimpidException failure, LimpidException missed) {
        @Nullable String reason = failure.reason();
        LimpidException both = new LimpidException(
                failure.code(),
                failure.what(),
                reason + "; before that its mirror: " + missed.getMessage(),
                failure.hint());
        both.initCause(failure);
        return both;
    }
}
