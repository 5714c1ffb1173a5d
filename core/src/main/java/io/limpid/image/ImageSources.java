package io.limpid.image;

import java.util.List;

/** The list of image sources: the one line that a new source adds. */
public final class ImageSources {
    private ImageSources() {}

    /** Every source; of several that accept a bare path the first is taken. */
    public static List<ImageSource> all() {
        return List.of(new ArchiveSource(), new OciDirectorySource());
    }
}
