package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.server.clair.GoText;
import io.limpid.server.clair.Namespace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The sentence in the release files of Oracle Linux, CentOS, Red Hat Enterprise Linux and their kin: {@code CentOS Linux release 7.9.2009 (Core)}.
 *
 * <p>Red Hat Enterprise Linux counts as CentOS, which its advisories are filed under.
 */
final class RedhatReleaseDetector implements NamespaceDetector {
    private static final List<String> FILES =
            List.of("etc/oracle-release", "etc/centos-release", "etc/redhat-release", "etc/system-release");
    private static final List<String> ORACLE = List.of("Oracle Linux Server release ");
    private static final List<String> RED_HAT = List.of(
            "Red Hat Enterprise Linux Client release ",
            "Red Hat Enterprise Linux Server release ",
            "Red Hat Enterprise Linux Workstation release ");
    private static final List<String> ANY = List.of(" Linux release ", " release ");
    private static final String BLANKS = "\t\n\f\r ";
    /** More than a namespace's name has. */
    private static final int LONGEST = 1 << 10;

    @Override
    public String name() {
        return "redhat-release";
    }

    @Override
    public List<String> files() {
        return FILES;
    }

    @Override
    public Optional<Namespace> detect(LayerFiles files) {
        for (String path : FILES) {
            Optional<Namespace> found = files.get(path).flatMap(RedhatReleaseDetector::read);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Namespace> read(LayerFile file) {
        String text = new String(file.content(), StandardCharsets.UTF_8);
        Release oracle = Release.first(text, ORACLE);
        if (oracle != null) {
            return namespace("oracle", oracle.number());
        }
        Release redHat = Release.first(text, RED_HAT);
        if (redHat != null) {
            return namespace("centos", redHat.number());
        }
        Release any = Release.first(text, ANY);
        return any == null ? Optional.empty() : namespace(wordBefore(text, any.at()), any.number());
    }

    private static Optional<Namespace> namespace(String word, String number) {
        String name = GoText.lowered(word) + ":" + number;
        return name.length() > LONGEST ? Optional.empty() : Optional.of(new Namespace(name, ReleaseNames.RPM));
    }

    /** The word that ends here, which may be empty. */
    private static String wordBefore(String text, int end) {
        int start = end;
        while (start > 0 && BLANKS.indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        return text.substring(start, end);
    }
}
