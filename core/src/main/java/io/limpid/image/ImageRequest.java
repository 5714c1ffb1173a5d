package io.limpid.image;

import io.limpid.model.Limits;
import io.limpid.model.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Which image is meant.
 *
 * @param location what stands behind the scheme: a file or folder, or the name of an image
 * @param image the name or digest of the image, where the source holds several; null when none was asked for
 * @param platform the platform that was asked for; null means this machine's where there is a choice
 * @param limits bounds what is read
 */
public record ImageRequest(
        String location, @Nullable String image, @Nullable Platform platform, Limits limits) {}
