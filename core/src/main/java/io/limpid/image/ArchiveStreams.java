package io.limpid.image;

import java.io.IOException;
import java.io.InputStream;

/** An archive that comes as a stream, and as the same once more whenever it is asked for; each time costs who sends it. */
public interface ArchiveStreams {

    /** The archive from its first byte on; the caller closes it. */
    InputStream begin() throws IOException;
}
