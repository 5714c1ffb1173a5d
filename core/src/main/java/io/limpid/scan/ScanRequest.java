package io.limpid.scan;

import io.limpid.model.Platform;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be scanned.
 *
 * @param target a path, a scheme and a location ({@code docker-archive:FILE}), or {@code -} for stdin
 * @param image the name or digest of the image where the target holds several, null when none was asked for
 * @param platform the platform, null for this machine's where there is a choice
 * @param verify whether the digests of large layers were asked for; nothing but an image has any
 * @param stdin what {@code -} stands for; read only where the target says so
 */
public record ScanRequest(
        String target, @Nullable String image, @Nullable Platform platform, boolean verify, InputStream stdin) {

    /** A request that asks for no more, and has no stdin. */
    public ScanRequest(String target, @Nullable String image, @Nullable Platform platform) {
        this(target, image, platform, false, InputStream.nullInputStream());
    }
}
