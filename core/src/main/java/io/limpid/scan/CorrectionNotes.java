package io.limpid.scan;

import io.limpid.match.CorrectedFindings;
import io.limpid.model.AppliedCorrection;
import io.limpid.model.AppliedCorrection.Effect;
import io.limpid.model.Finding;
import io.limpid.model.Verdict.Result;
import java.util.ArrayList;
import java.util.List;

/** What a verdict says of the local corrections that it rests on. */
final class CorrectionNotes {
    private static final int NAMED = 3;

    private CorrectionNotes() {}

    static List<String> of(CorrectedFindings corrected, Result result) {
        List<String> notes = new ArrayList<>();
        List<Finding> denied = corrected.corrections().stream()
                .flatMap(one -> one.denied().stream())
                .toList();
        if (!denied.isEmpty()) {
            notes.add((result == Result.CLEAN ? "clean only by overrides, which deny " : "overrides deny ")
                    + counted(denied.size(), "finding"));
        }
        int changed = corrected.corrections().stream()
                .mapToInt(AppliedCorrection::changed)
                .sum();
        if (changed > 0) {
            notes.add("overrides change " + counted(changed, "finding"));
        }
        int added = corrected.corrections().stream()
                .mapToInt(AppliedCorrection::added)
                .sum();
        if (added > 0) {
            notes.add("overrides add " + counted(added, "finding"));
        }
        told(corrected, Effect.EXPIRED, "expired", notes);
        told(corrected, Effect.UNDECIDED, "without effect, for versions cannot be compared", notes);
        return notes;
    }

    private static void told(CorrectedFindings corrected, Effect effect, String words, List<String> notes) {
        List<AppliedCorrection> all = corrected.corrections().stream()
                .filter(one -> one.effect() == effect)
                .toList();
        if (!all.isEmpty()) {
            List<String> places = all.stream()
                    .limit(NAMED)
                    .map(one -> one.correction().place())
                    .toList();
            notes.add(counted(all.size(), "override") + " " + words + ": " + String.join(", ", places)
                    + (all.size() > NAMED ? ", ..." : ""));
        }
    }

    private static String counted(int count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
