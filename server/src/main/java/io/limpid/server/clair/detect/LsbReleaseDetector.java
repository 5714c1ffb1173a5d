package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.server.clair.Namespace;
import java.util.List;
import java.util.Optional;

/** {@code DISTRIB_ID} and {@code DISTRIB_RELEASE} of {@code etc/lsb-release}. */
final class LsbReleaseDetector implements NamespaceDetector {
    private static final String FILE = "etc/lsb-release";
    private static final String ID = "DISTRIB_ID=";
    private static final String RELEASE = "DISTRIB_RELEASE=";

    @Override
    public String name() {
        return "lsb-release";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Optional<Namespace> detect(LayerFiles files) {
        Optional<LayerFile> file = files.get(FILE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String id = "";
        String version = "";
        TextLines lines = new TextLines(file.get());
        while (lines.next()) {
            if (lines.startsWith(ID)) {
                id = ReleaseNames.value(lines.text(ID.length()));
            } else if (lines.startsWith(RELEASE)) {
                version = release(id, ReleaseNames.value(lines.text(RELEASE.length())));
            }
        }
        return ReleaseNames.namespace(id, version);
    }

    /** Debian and CentOS have one list of vulnerabilities for all points of a release; the ID must be known by then, as in the original. */
    private static String release(String id, String version) {
        int point = id.equals("centos") || id.equals("debian") ? version.indexOf('.') : -1;
        return point < 0 ? version : version.substring(0, point);
    }
}
