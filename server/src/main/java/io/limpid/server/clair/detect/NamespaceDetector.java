package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFiles;
import io.limpid.server.clair.Namespace;
import java.util.List;
import java.util.Optional;

/** Tells from files of one kind which release of which distribution a layer is of. */
public interface NamespaceDetector {

    /** As Clair calls it. */
    String name();

    /** The files that it looks at; always the same. */
    List<String> files();

    /** The namespace that the files name, if they name one that Clair knows the versions of. */
    Optional<Namespace> detect(LayerFiles files);
}
