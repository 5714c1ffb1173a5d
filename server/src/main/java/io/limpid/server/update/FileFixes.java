package io.limpid.server.update;

import io.limpid.format.Printable;
import io.limpid.format.json.JsonException;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.VersionFormats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The packages that a vulnerability affects in one namespace, each below one version. */
final class FileFixes {
    private static final String NONE = "None";
    private static final int SHOWN = 60;

    private final String namespace;
    private final Map<String, FeatureVersion> byName = new LinkedHashMap<>();

    FileFixes(String namespace) {
        this.namespace = namespace;
    }

    /** Adds a package; of several versions of one the highest counts, below which all that the others affect is. */
    void add(String name, String givenFormat, String givenVersion) throws JsonException {
        String format = format(givenFormat);
        String version = givenVersion.equals(NONE) ? VersionFormats.HIGHEST : givenVersion;
        if (!VersionFormats.isValid(format, version)) {
            throw new JsonException("no version of " + format + ": \"" + Printable.excerpt(version, SHOWN) + "\"");
        }
        FeatureVersion before = byName.get(name);
        if (before == null || isHigher(before, format, version)) {
            byName.put(name, new FeatureVersion(new Feature(new Namespace(namespace, format), name), version));
        }
    }

    private static boolean isHigher(FeatureVersion before, String format, String version) throws JsonException {
        if (!before.feature().namespace().versionFormat().equals(format)) {
            throw new JsonException("another VersionFormat than before for the same package");
        }
        try {
            return VersionFormats.compare(format, version, before.version()) > 0;
        } catch (ClairException e) {
            throw new JsonException(String.valueOf(e.getMessage()));
        }
    }

    /** The form of versions; where none is said, that of the updater which serves the namespace. */
    private String format(String given) throws JsonException {
        if (!given.isEmpty()) {
            if (!VersionFormats.isKnown(given)) {
                throw new JsonException("VersionFormat is none: \"" + Printable.excerpt(given, SHOWN) + "\"");
            }
            return given;
        }
        for (Updater updater : Updater.values()) {
            if (updater.serves(namespace)) {
                return updater.versionFormat();
            }
        }
        throw new JsonException("VersionFormat is not there, and the namespace is none of the usual ones");
    }

    List<FeatureVersion> all() {
        return List.copyOf(byName.values());
    }
}
