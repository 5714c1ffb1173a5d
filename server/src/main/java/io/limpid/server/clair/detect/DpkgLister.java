package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.server.clair.GoText;
import io.limpid.server.clair.ListedFeature;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The source packages of {@code var/lib/dpkg/status}, installed or not: Clair looks at no {@code Status}.
 *
 * <p>A name and a version are a package as soon as both are there, so that the order of a paragraph's lines matters: a {@code Source} after the
 * {@code Version} comes too late for the name, and makes a second package when it has a version of its own.
 */
final class DpkgLister implements FeatureLister {
    private static final String FILE = "var/lib/dpkg/status";
    private static final String PACKAGE = "Package: ";
    private static final String SOURCE = "Source: ";
    private static final String VERSION = "Version: ";
    private static final String BLANKS = "\t\n\f\r ";

    private final Limits limits;

    DpkgLister(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "dpkg";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Set<ListedFeature> list(LayerFiles files) throws LimpidException {
        Optional<LayerFile> file = files.get(FILE);
        return file.isEmpty() ? Set.of() : new Reading(file.get(), limits).run();
    }

    /** One walk over the file. */
    private static final class Reading {
        private final TextLines lines;
        private final FeatureList found;
        private String name = "";
        private String version = "";

        Reading(LayerFile file, Limits limits) {
            this.found = new FeatureList(file.path(), ReleaseNames.DPKG, limits);
            this.lines = new TextLines(file);
        }

        Set<ListedFeature> run() throws LimpidException {
            while (lines.next()) {
                line();
                if (!name.isEmpty() && !version.isEmpty()) {
                    found.add(name, version);
                    clear();
                }
            }
            return found.whole();
        }

        private void line() {
            if (lines.length() == 0) {
                clear();
            } else if (lines.startsWith(PACKAGE)) {
                name = GoText.trimmed(lines.text(PACKAGE.length()));
                version = "";
            } else if (lines.startsWith(SOURCE)) {
                source(lines.text(SOURCE.length()));
            } else if (version.isEmpty() && lines.startsWith(VERSION)) {
                version(lines.text(VERSION.length()));
            }
        }

        private void clear() {
            name = "";
            version = "";
        }

        /** {@code glibc} or {@code glibc (2.36-9)}: the version of the source, which is what vulnerabilities name. */
        private void source(String text) {
            int end = 0;
            while (end < text.length() && BLANKS.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            name = GoText.trimmed(text.substring(0, end));
            int close = text.lastIndexOf(')');
            if (text.startsWith(" (", end) && close >= end + 2) {
                String inside = GoText.trimmed(text.substring(end + 2, close));
                if (!inside.isEmpty()) {
                    version(inside);
                }
            }
        }

        private void version(String text) {
            if (found.takes(name, text)) {
                version = text;
            }
        }
    }
}
