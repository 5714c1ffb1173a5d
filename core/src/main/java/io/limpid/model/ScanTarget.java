package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * What was scanned.
 *
 * @param kind where it came from, the scheme of the command line: {@code docker-archive}, {@code oci-archive}, {@code oci-dir}, {@code dir}, {@code docker},
 *     {@code podman}, {@code registry}, {@code sbom}
 * @param reference the image's name, as the archive has it or as a registry was asked for it or, where it has none, the name of the file
 * @param imageId the digest of the image's configuration, null when the input has none
 * @param manifestDigest the digest of the image's manifest, null when the input has none
 * @param platform what the image runs on, null when it does not say
 */
public record ScanTarget(
        String kind,
        String reference,
        @Nullable Digest imageId,
        @Nullable Digest manifestDigest,
        @Nullable Platform platform) {}
