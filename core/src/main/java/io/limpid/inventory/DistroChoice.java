package io.limpid.inventory;

import io.limpid.model.Distro;
import io.limpid.model.DistroClue;
import io.limpid.model.Distros;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides which distribution an image is from what its files say. */
public final class DistroChoice {
    private DistroChoice() {}

    /**
     * The distribution that the most believed clue with an id names; null when none does.
     *
     * <p>What that clue does not tell is filled in from the next ones that are of the same distribution and contradict
     * nothing known so far. Clues of equal rank that contradict each other tell nothing of what they differ in. The
     * order of the list does not matter.
     */
    public static @Nullable Distro choose(List<DistroClue> clues) {
        Collection<DistroClue> ranked = clues.stream()
                .collect(Collectors.groupingBy(DistroClue::rank, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(DistroChoice::merged)
                .toList();
        String id = ranked.stream()
                .map(DistroClue::id)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (id == null) {
            return null;
        }
        String versionId = null;
        String codename = null;
        for (DistroClue clue : ranked) {
            if (agree(id, clue.id()) && agree(versionId, clue.versionId()) && agree(codename, clue.codename())) {
                versionId = versionId == null ? clue.versionId() : versionId;
                codename = codename == null ? clue.codename() : codename;
            }
        }
        return Distros.of(id, versionId, codename);
    }

    private static DistroClue merged(List<DistroClue> sameRank) {
        DistroClue first = sameRank.getFirst();
        if (!isAgreed(sameRank, DistroClue::id)) {
            return new DistroClue(first.rank(), null, null, null);
        }
        String id = told(sameRank, DistroClue::id);
        // Unstable has a codename only: where the names differ, the one number there is belongs to another release.
        boolean isRelease = isAgreed(sameRank, DistroClue::versionId) && isAgreed(sameRank, DistroClue::codename);
        return new DistroClue(
                first.rank(),
                id,
                isRelease ? told(sameRank, DistroClue::versionId) : null,
                isRelease ? told(sameRank, DistroClue::codename) : null);
    }

    private static boolean isAgreed(List<DistroClue> clues, Function<DistroClue, @Nullable String> part) {
        return clues.stream().map(part).filter(Objects::nonNull).distinct().count() <= 1;
    }

    private static @Nullable String told(List<DistroClue> clues, Function<DistroClue, @Nullable String> part) {
        return clues.stream().map(part).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static boolean agree(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equals(other);
    }
}
