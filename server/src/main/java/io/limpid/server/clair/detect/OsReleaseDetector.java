package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.server.clair.Namespace;
import java.util.List;
import java.util.Optional;

/** {@code ID} and {@code VERSION_ID} of both {@code os-release} files, the later value of each; silent where Red Hat's release files are. */
final class OsReleaseDetector implements NamespaceDetector {
    private static final List<String> FILES = List.of("etc/os-release", "usr/lib/os-release");
    private static final List<String> BETTER = List.of("etc/oracle-release", "etc/redhat-release");
    private static final String ID = "ID=";
    private static final String VERSION = "VERSION_ID=";

    @Override
    public String name() {
        return "os-release";
    }

    @Override
    public List<String> files() {
        return FILES;
    }

    @Override
    public Optional<Namespace> detect(LayerFiles files) {
        if (BETTER.stream().anyMatch(path -> files.get(path).isPresent())) {
            return Optional.empty();
        }
        String id = "";
        String version = "";
        for (String path : FILES) {
            Optional<LayerFile> file = files.get(path);
            if (file.isPresent()) {
                TextLines lines = new TextLines(file.get());
                while (lines.next()) {
                    if (lines.startsWith(ID)) {
                        id = ReleaseNames.value(lines.text(ID.length()));
                    } else if (lines.startsWith(VERSION)) {
                        version = ReleaseNames.value(lines.text(VERSION.length()));
                    }
                }
            }
        }
        return ReleaseNames.namespace(id, version);
    }
}
