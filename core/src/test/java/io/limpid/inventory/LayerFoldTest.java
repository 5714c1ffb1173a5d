package io.limpid.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.LayerEntry;
import io.limpid.model.LayerFacts;
import io.limpid.model.Limits;
import io.limpid.model.Problem;
import io.limpid.model.Wanted;
import io.limpid.testing.SomeLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What layers make a fold do is bounded, and where it stops that is told. */
class LayerFoldTest {
    private static final int ENTRIES = 100;
    private static final Limits FEW = SomeLimits.with(Map.of("wantedEntries", ENTRIES));

    private static final Map<String, List<Wanted>> WISHES = Map.of("test", List.of(Wanted.file("var/db/*/desc")));

    private static String problems(List<LayerFacts> layers) {
        List<Problem> problems = new LayerFold(WISHES, List.of(), FEW)
                .foldWhatIsKnown(layers, Set.of(), Map.of())
                .problems();
        return String.join("\n", problems.stream().map(Problem::what).toList());
    }

    private static LayerFacts layer(List<LayerEntry> entries) {
        return new LayerFacts(entries, Map.of(), List.of(), null, true, true);
    }

    /** Each leads through thousands of folders, as often as links are followed. */
    @Test
    void linksOfManyPartsAreNotFollowedWithoutEnd() {
        List<LayerEntry> entries = new ArrayList<>();
        entries.add(new LayerEntry.Folder("var/db/a"));
        for (int i = 0; i < FEW.linkHops() - 2; i++) {
            entries.add(new LayerEntry.SymbolicLink("var/db/l" + i, "a/../".repeat(780) + "l" + (i + 1)));
        }
        assertThat(problems(List.of(layer(entries)))).contains("not all were followed");
        assertThat(problems(List.of(layer(entries.subList(0, 2))))).isEmpty();
    }

    @Test
    void foldersThatHoldNothingAreNotLookedAtAfterEachLayer() {
        List<LayerEntry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(new LayerEntry.Folder("var/db/" + i));
        }
        assertThat(problems(Collections.nCopies(5, layer(entries)))).isEmpty();
        assertThat(problems(Collections.nCopies(50, layer(entries)))).contains("not compared after each");
    }

    /** To look for each in all of them takes long, and more than are followed need not be known to say so. */
    @Test
    void noMorePlacesAreAskedForThanAreFollowed() {
        List<LayerEntry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(new LayerEntry.SymbolicLink("var/db/" + i, "/opt/" + i));
        }
        assertThat(new LayerFold(WISHES, List.of(), FEW).fold(List.of(layer(entries)), Set.of(), Map.of()))
                .isInstanceOfSatisfying(
                        FoldStep.NeedsPlaces.class,
                        step -> assertThat(step.places()).hasSize(FEW.followedPaths() + 1));
    }
}
