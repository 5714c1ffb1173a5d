package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.server.clair.Namespace;
import java.util.List;
import java.util.Optional;

/** The first line of {@code etc/alpine-release} that is three numbers; a branch that is not released has none. */
final class AlpineReleaseDetector implements NamespaceDetector {
    private static final String FILE = "etc/alpine-release";
    private static final int NUMBERS = 3;

    @Override
    public String name() {
        return "alpine-release";
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
            String[] numbers = lines.text(0).split("\\.", -1);
            if (numbers.length == NUMBERS && List.of(numbers).stream().allMatch(AlpineReleaseDetector::isNumber)) {
                // Its vulnerabilities are filed by the branch.
                return Optional.of(new Namespace("alpine:v" + numbers[0] + "." + numbers[1], ReleaseNames.DPKG));
            }
        }
        return Optional.empty();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
