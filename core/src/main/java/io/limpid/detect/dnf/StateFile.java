package io.limpid.detect.dnf;

import io.limpid.detect.Lines;
import io.limpid.detect.ProblemList;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.ImageLabels;
import io.limpid.model.Limits;
import io.limpid.model.OriginClue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text files in which dnf and dnf5 keep the state of a system. */
final class StateFile {
    private static final String ENABLED = "enabled";

    private StateFile() {}

    /** Which package dnf5 installed from which repository. */
    static Detection nevras(LayerFile file, Limits limits) {
        ProblemList problems = new ProblemList(file.path(), limits.problems());
        List<OriginClue> clues = new ArrayList<>();
        StateToml.entries(file.content(), "nevras", limits.lineBytes(), problems)
                .forEach((nevra, state) -> {
                    String repository = state.getOrDefault("from_repo", "");
                    OriginClue clue = repository.startsWith("@") || !ImageLabels.isWord(repository)
                            ? null
                            : installed(nevra, repository);
                    if (clue != null) {
                        clues.add(clue);
                    }
                });
        return Detection.ofOrigins(file.path(), clues, problems.toList());
    }

    /** Reads {@code name-[epoch:]version-release.arch}; null when it is none. */
    private static @Nullable OriginClue installed(String nevra, String repository) {
        int arch = nevra.lastIndexOf('.');
        int release = nevra.lastIndexOf('-', arch - 1);
        int version = nevra.lastIndexOf('-', release - 1);
        if (version <= 0 || version + 1 == release || release + 1 == arch || arch + 1 == nevra.length()) {
            return null;
        }
        String full = nevra.substring(version + 1, arch);
        return new OriginClue.InstalledFrom(
                nevra.substring(0, version),
                full.startsWith("0:") ? full.substring(2) : full,
                nevra.substring(arch + 1),
                repository);
    }

    /** The streams of modules that dnf5 knows to be enabled. */
    static Detection modules(LayerFile file, Limits limits) {
        ProblemList problems = new ProblemList(file.path(), limits.problems());
        List<OriginClue> clues = new ArrayList<>();
        StateToml.entries(file.content(), "modules", limits.lineBytes(), problems)
                .forEach((module, state) -> {
                    if (state.getOrDefault("state", "").equalsIgnoreCase(ENABLED)) {
                        addStream(module, state.getOrDefault("enabled_stream", ""), clues);
                    }
                });
        return Detection.ofOrigins(file.path(), clues, problems.toList());
    }

    /** The streams that a file of dnf's {@code modules.d} enables: a section a module. */
    static Detection enabled(LayerFile file, Limits limits) {
        ProblemList problems = new ProblemList(file.path(), limits.problems());
        List<OriginClue> clues = new ArrayList<>();
        Map<String, String> module = new HashMap<>();
        Lines lines = new Lines(file.content());
        while (lines.next()) {
            if (lines.length() > limits.lineBytes()) {
                problems.add("line " + lines.number() + " is longer than " + limits.lineBytes()
                        + " bytes (limit line-bytes)");
                continue;
            }
            String line = lines.text().strip();
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                addEnabled(module, clues);
                module.clear();
                module.put("name", line.substring(1, line.length() - 1));
            } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                module.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        addEnabled(module, clues);
        return Detection.ofOrigins(file.path(), clues, problems.toList());
    }

    private static void addEnabled(Map<String, String> module, List<OriginClue> clues) {
        boolean enabled = ENABLED.equals(module.get("state")) || "1".equals(module.get(ENABLED));
        if (enabled) {
            addStream(module.getOrDefault("name", ""), module.getOrDefault("stream", ""), clues);
        }
    }

    private static void addStream(String module, String stream, List<OriginClue> clues) {
        if (ImageLabels.isWord(module) && ImageLabels.isWord(stream)) {
            clues.add(new OriginClue.ModuleStream(module, stream));
        }
    }
}
