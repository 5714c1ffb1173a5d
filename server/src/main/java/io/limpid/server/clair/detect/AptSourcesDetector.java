package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.server.clair.Namespace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The first line of {@code etc/apt/sources.list} that has the main component of a release whose name is known. */
final class AptSourcesDetector implements NamespaceDetector {
    private static final String FILE = "etc/apt/sources.list";
    private static final int SUITE = 2;

    @Override
    public String name() {
        return "apt-sources";
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
        TextLines lines = new TextLines(file.get());
        while (lines.next()) {
            // Between single spaces: what stands between two of them is an empty word.
            String[] words = lines.text(0).split(" ", -1);
            boolean main = words.length > SUITE + 1
                    && Arrays.asList(words).subList(SUITE + 1, words.length).contains("main");
            Optional<Namespace> found = main ? ReleaseNames.ofSuite(words[SUITE]) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
