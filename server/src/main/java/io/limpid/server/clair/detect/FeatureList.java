package io.limpid.server.clair.detect;

import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.server.clair.ListedFeature;
import io.limpid.server.clair.VersionFormats;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages of one file while it is read.
 *
 * <p>Those whose version is none are left out, as in the original, and the log says which.
 */
final class FeatureList {
    private static final Logger log = LoggerFactory.getLogger(FeatureList.class);
    private static final int LONGEST_TOLD = 128;

    private final String path;
    private final String format;
    private final Limits limits;
    private final Set<ListedFeature> features = new LinkedHashSet<>();
    private int skipped;

    FeatureList(String path, String format, Limits limits) {
        this.path = path;
        this.format = format;
        this.limits = limits;
    }

    /** Whether a text is a version. */
    boolean takes(String name, String version) {
        if (VersionFormats.isValid(format, version)) {
            return true;
        }
        skipped++;
        if (skipped <= limits.problems()) {
            log.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("package name", cut(name))
                    .addKeyValue("version", cut(version))
                    .log("could not parse package version. skipping");
        }
        return false;
    }

    /** Adds a package whose version was taken. */
    void add(String name, String version) throws LimpidException {
        features.add(new ListedFeature(name, version));
        if (features.size() > limits.wantedEntries()) {
            throw new LimpidException(
                    ErrorCode.LIMIT,
                    path + " lists more than " + limits.wantedEntries() + " packages (limit wanted-entries)",
                    null,
                    null);
        }
    }

    /** All of them, in their order. */
    Set<ListedFeature> whole() {
        if (skipped > limits.problems()) {
            log.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("count", skipped)
                    .log("could not parse the versions of many packages, not all were told");
        }
        return features;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TOLD ? text : text.substring(0, LONGEST_TOLD);
    }
}
