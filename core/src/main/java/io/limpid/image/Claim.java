package io.limpid.image;

import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one manifest of an archive says that an image is.
 *
 * <p>Docker and BuildKit write two manifests into an archive. Which of them is read differs: {@code docker load} takes
 * {@code manifest.json}, or {@code index.json} where containerd keeps the images; podman takes what it is told to. Where both are there they
 * have to say the same of the image that is read, or what runs may be another one.
 *
 * @param names its names, none when it has none
 * @param config the digest of its configuration, which is the image's id
 * @param platform what its configuration says that it runs on, null when it does not say
 */
record Claim(List<String> names, Digest config, @Nullable Platform platform) {

    Claim {
        names = List.copyOf(names);
    }

    /** What the image is called in a report: as it was asked for, or by its first name. */
    String reference(BlobFolder folder, ImageRequest request) {
        String image = request.image();
        return names.stream()
                .filter(name -> image == null || ImageNames.same(name, image))
                .findFirst()
                .orElse(names.isEmpty() ? folder.description() : names.getFirst());
    }

    /** Like {@link #check}, and the other manifest must have the image too: an index lists the images for all platforms. */
    void checkIn(List<Claim> others, String other, BlobFolder folder, ImageRequest request) throws LimpidException {
        check(others, other, folder, request);
        if (others.stream().noneMatch(claim -> claim.config.equals(config))) {
            throw Document.broken(
                    folder,
                    "its two manifests contradict each other: the image " + this + ", " + config + ", is not in "
                            + other);
        }
    }

    /**
     * Holds this, the image that was chosen by one manifest, against what the other manifest says.
     *
     * <p>For other platforms the other manifest may have other images: of an image for several platforms {@code manifest.json} has one.
     *
     * @param others all images of the other manifest
     * @param other what that is called
     * @throws LimpidException when it has another image under the same name, or images of which this one says nothing
     */
    void check(List<Claim> others, String other, BlobFolder folder, ImageRequest request) throws LimpidException {
        for (Claim claim : others) {
            if (claim.config.equals(config)) {
                continue;
            }
            boolean samePlatform = Platforms.maybeSame(platform, claim.platform);
            if (claim.isNamedLike(this)) {
                if (samePlatform) {
                    throw Document.broken(
                            folder,
                            "its two manifests contradict each other: in " + other + " the image "
                                    + claim.names.getFirst() + " is " + claim.config + ", in the other one " + config);
                }
            } else if (request.image() == null && (samePlatform || !claim.names.isEmpty())) {
                throw new LimpidException(
                        ErrorCode.AMBIGUOUS,
                        folder.description() + " holds several images",
                        "its two manifests list " + this + " and, in " + other + ", " + claim,
                        "choose one with --image NAME or --image DIGEST");
            }
        }
    }

    private boolean isNamedLike(Claim claim) {
        return names.stream().anyMatch(mine -> claim.names.stream().anyMatch(name -> ImageNames.same(mine, name)));
    }

    @Override
    public String toString() {
        return names.isEmpty() ? config.toString() : names.getFirst();
    }
}
