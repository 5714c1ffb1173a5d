package io.limpid.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.PathPattern;
import io.limpid.model.Wanted;
import java.util.List;

/** The files of a layer that a detector's patterns name, without the companions beside them. */
public final class MatchingFiles {
    private MatchingFiles() {}

    /** The files that {@code wants} names, in the layer's order. */
    public static List<LayerFile> of(LayerFiles files, List<Wanted> wants) {
        return files.all().stream()
                .filter(file -> wants.stream().anyMatch(wanted -> names(wanted.pattern(), file.path())))
                .toList();
    }

    /** Whether {@code path} is one that {@code pattern} stands for. */
    static boolean names(PathPattern pattern, String path) {
        List<String> segments = pattern.segments();
        int from = 0;
        for (int i = 0; i < segments.size(); i++) {
            boolean last = i == segments.size() - 1;
            int slash = path.indexOf('/', from);
            if (last != slash < 0) {
                return false;
            }
            String name = path.substring(from, last ? path.length() : slash);
            if (name.isEmpty() || !PathPattern.segmentMatches(segments.get(i), name)) {
                return false;
            }
            from = slash + 1;
        }
        return true;
    }
}
