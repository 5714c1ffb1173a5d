package io.limpid.scan;

import io.limpid.model.Platform;
import org.jspecify.annotations.Nullable;

/**
 * What is to be scanned.
 *
 * @param target a path, or a scheme and a location: {@code docker-archive:FILE}
 * @param image the name or digest of the image where the target holds several, null when none was asked for
 * @param platform the platform, null for this machine's where there is a choice
 */
public record ScanRequest(
        String target, @Nullable String image, @Nullable Platform platform) {}
