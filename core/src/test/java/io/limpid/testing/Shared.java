package io.limpid.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of large test data beside the repository: {@code ../shared}, or what {@code LIMPID_SHARED} names.
 *
 * <p>A test that needs a file of it is skipped, with a word, where the file is absent.
 */
public final class Shared {
    private Shared() {}

    /** The file or folder of this path inside the data folder; the calling test is skipped when there is none. */
    public static Path require(String relative) {
        Path folder = folder();
        Path path = folder == null ? null : folder.resolve(relative);
        if (path == null || !Files.exists(path)) {
            return Assumptions.abort(
                    "skipped: no ../shared/" + relative + " (and LIMPID_SHARED names no folder with it)");
        }
        return path;
    }

    /**
     * The names of the files in a folder, sorted; where there is no such folder one that stands for all, whose test {@link #require} then skips.
     *
     * <p>Skipping what only lists the tests would leave no trace: the runner counts no test where there is none.
     */
    public static List<String> names(String folder) throws IOException {
        Path shared = folder();
        if (shared == null || !Files.isDirectory(shared.resolve(folder))) {
            return List.of("all of " + folder);
        }
        try (Stream<Path> files = Files.list(shared.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static @Nullable Path folder() {
        String named = System.getenv("LIMPID_SHARED");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        Path root = repository();
        return root == null ? null : root.resolveSibling("shared");
    }

    /** The root of the repository, found from the module's folder that tests run in; null outside of a repository. */
    public static @Nullable Path repository() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("core")) && Files.isDirectory(folder.resolve("cli"))) {
                return folder;
            }
        }
        return null;
    }
}
