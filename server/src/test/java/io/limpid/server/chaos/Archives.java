package io.limpid.server.chaos;

import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The layers that clients post: Debian package lists, no two alike.
 *
 * @param packages names and versions of each
 */
record Archives(Path folder, List<SortedMap<String, Integer>> packages) {
    /** Packages that many vulnerabilities are about. */
    static final int COMMON = 40;
    /** Packages that few are about. */
    static final int RARE = 2000;

    static final int VERSIONS = 9;
    private static final int COUNT = 40;
    private static final int COMMON_IN_EACH = 10;
    private static final int RARE_IN_EACH = 4;

    static Archives make(Path folder) throws IOException {
        List<SortedMap<String, Integer>> packages = new ArrayList<>();
        Random random = new Random(COUNT);
        for (int i = 0; i < COUNT; i++) {
            SortedMap<String, Integer> each = new TreeMap<>();
            for (int j = 0; j < COMMON_IN_EACH; j++) {
                each.put("common-" + random.nextInt(COMMON), 1 + random.nextInt(VERSIONS));
            }
            for (int j = 0; j < RARE_IN_EACH; j++) {
                each.put("rare-" + random.nextInt(RARE), 1 + random.nextInt(VERSIONS));
            }
            StringBuilder status = new StringBuilder();
            each.forEach((name, version) -> status.append("Package: ")
                    .append(name)
                    .append("\nStatus: install ok installed\nVersion: ")
                    .append(version)
                    .append("\n\n"));
            byte[] tar = new TarMaker()
                    .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
                    .file("var/lib/dpkg/status", status.toString())
                    .bytes();
            Files.write(folder.resolve("layer-" + i + ".tar"), tar);
            packages.add(each);
        }
        return new Archives(folder, packages);
    }

    int count() {
        return packages.size();
    }

    Path path(int number) {
        return folder.resolve("layer-" + number + ".tar");
    }

    /** Which one has these packages; -1 for none. */
    int number(SortedMap<String, Integer> found) {
        return packages.indexOf(found);
    }
}
