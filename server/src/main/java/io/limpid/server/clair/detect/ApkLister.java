package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.server.clair.ListedFeature;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The packages of {@code lib/apk/db/installed}.
 *
 * <p>A name and a version are a package as soon as both are there; the blank line between two packages means nothing to Clair.
 */
final class ApkLister implements FeatureLister {
    private static final String FILE = "lib/apk/db/installed";
    private static final String NAME = "P:";
    private static final String VERSION = "V:";

    private final Limits limits;

    ApkLister(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "apk";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Set<ListedFeature> list(LayerFiles files) throws LimpidException {
        Optional<LayerFile> file = files.get(FILE);
        if (file.isEmpty()) {
            return Set.of();
        }
        FeatureList found = new FeatureList(FILE, ReleaseNames.DPKG, limits);
        String name = "";
        String version = "";
        TextLines lines = new TextLines(file.get());
        while (lines.next()) {
            if (lines.startsWith(NAME)) {
                name = lines.text(NAME.length());
            } else if (lines.startsWith(VERSION)) {
                String text = lines.text(VERSION.length());
                if (found.takes(name, text)) {
                    version = text;
                }
            }
            if (!name.isEmpty() && !version.isEmpty()) {
                found.add(name, version);
                name = "";
                version = "";
            }
        }
        return found.whole();
    }
}
