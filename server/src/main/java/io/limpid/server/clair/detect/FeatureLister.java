package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFiles;
import io.limpid.model.LimpidException;
import io.limpid.server.clair.ListedFeature;
import java.util.List;
import java.util.Set;

/** Lists the packages that a package manager has installed in a layer. */
public interface FeatureLister {

    /** As Clair calls it. */
    String name();

    /** The files that it looks at; always the same. */
    List<String> files();

    /**
     * The packages, each version of one once, in the order of the file; none where there is no file, and none that has no valid version.
     *
     * @throws LimpidException when there are more than the limits allow
     */
    Set<ListedFeature> list(LayerFiles files) throws LimpidException;
}
