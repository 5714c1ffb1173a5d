package io.limpid.server.clair.detect;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.server.clair.ListedFeature;
import io.limpid.server.clair.VersionFormats;
import java.util.ArrayList;
import java.util.List;

/** Whatever the files have in them, what is told of them is valid: a namespace has a name and a known format, a package a name and a version. */
final class ClairDetectorsFuzzTest {
    private static final ClairDetectors ALL = ClairDetectors.v1(Limits.DEFAULT);

    @FuzzTest(maxDuration = "1m")
    void dpkg(byte[] status) {
        check("dpkg", "var/lib/dpkg/status", status);
    }

    @FuzzTest(maxDuration = "1m")
    void apk(byte[] installed) {
        check("dpkg", "lib/apk/db/installed", installed);
    }

    @FuzzTest(maxDuration = "1m")
    void rpm(byte[] packages) {
        check("rpm", "var/lib/rpm/Packages", packages);
    }

    @FuzzTest(maxDuration = "1m")
    void release(byte[] content) {
        List<LayerFile> files = new ArrayList<>();
        for (NamespaceDetector detector : ALL.namespaces()) {
            for (String path : detector.files()) {
                files.add(new LayerFile(path, content));
                LayerFiles alone = LayerFiles.of(List.of(new LayerFile(path, content)));
                detector.detect(alone).ifPresent(namespace -> {
                    if (!VersionFormats.isKnown(namespace.versionFormat())
                            || namespace.name().indexOf(':') < 0) {
                        throw new AssertionError(path + ": " + namespace);
                    }
                });
            }
        }
        check("", "", files);
    }

    private static void check(String format, String path, byte[] content) {
        check(format, path, List.of(new LayerFile(path, content)));
    }

    private static void check(String format, String path, List<LayerFile> files) {
        try {
            for (ListedFeature feature : ALL.detect(LayerFiles.of(files)).features()) {
                if (feature.name().isEmpty() || !VersionFormats.isValid(format, feature.version())) {
                    throw new AssertionError(path + ": " + feature);
                }
            }
        } catch (LimpidException _) {
            // More than the limits allow: a declared outcome.
        }
    }
}
