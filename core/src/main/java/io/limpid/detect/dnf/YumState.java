package io.limpid.detect.dnf;

import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.ImageLabels;
import io.limpid.model.OriginClue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What yum remembers of packages: a folder for each, in it a file for each thing that is known. */
final class YumState {
    /** The folders of all packages. */
    static final String FOLDER = "var/lib/yum/yumdb";

    private static final int CHARACTERS = 200;

    /** {@code d/0f00...-docker-20.10.25-1.amzn2.0.4-x86_64}: the digest of the package's header, its name, version, release and architecture. */
    private static final Pattern PACKAGE =
            Pattern.compile(FOLDER + "/[^/]+/[0-9a-f]{32,64}-([^/]+)-([^/-]+-[^/-]+)-([^/-]+)/from_repo");

    private YumState() {}

    /** From which repository a package was installed; nothing where yum does not know it. */
    static Detection fromRepository(LayerFile file) {
        Matcher installed = PACKAGE.matcher(file.path());
        byte[] content = file.content();
        String repository = content.length > CHARACTERS ? "" : new String(content, StandardCharsets.UTF_8).strip();
        boolean told = installed.matches() && ImageLabels.isWord(repository);
        return Detection.ofOrigins(
                file.path(),
                told
                        ? List.of(new OriginClue.InstalledFrom(
                                installed.group(1), installed.group(2), installed.group(3), repository))
                        : List.of(),
                List.of());
    }
}
