package io.limpid.image;

import io.limpid.image.daemon.DaemonSource;
import java.util.List;

/** The list of image sources: the one line that a new source adds. */
public final class ImageSources {
    private ImageSources() {}

    /** Every source; of several that accept a bare path the first is taken, of those that have a bare name too. */
    public static List<ImageSource> all() {
        return List.of(new ArchiveSource(), new OciDirectorySource(), new DaemonSource());
    }
}
