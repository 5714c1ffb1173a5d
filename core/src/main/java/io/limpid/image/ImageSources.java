package io.limpid.image;

import io.limpid.image.daemon.DaemonSource;
import io.limpid.image.registry.CredentialSource;
import io.limpid.image.registry.RegistryAccess;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.TransferProgress;
import java.util.List;
import java.util.Map;

/** The list of image sources: the one line that a new source adds. */
public final class ImageSources {
    private ImageSources() {}

    /**
     * Every source; of several that accept a bare path the first is taken, of those that have a bare name too. No registry is asked but one on
     * this machine.
     */
    public static List<ImageSource> all() {
        return with(new RegistrySource(() -> new RegistryAccess(
                new OutboundClient(NetSettings.fromEnvironment(Map.of(), "")),
                CredentialSource.NONE,
                false,
                List.of(),
                true,
                TransferProgress.NONE)));
    }

    /** Every source, with registries that are reached in this way. */
    public static List<ImageSource> with(RegistrySource registries) {
        return List.of(
                new ArchiveSource(), new OciDirectorySource(), new FolderSource(), new DaemonSource(), registries);
    }
}
