package io.limpid.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Distro;
import io.limpid.model.DistroClue;
import io.limpid.model.Distros;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DistroChoiceTest {

    @Test
    void nothingTold() {
        assertThat(DistroChoice.choose(List.of())).isNull();
        assertThat(DistroChoice.choose(List.of(clue(1, null, "12", null)))).isNull();
    }

    @Test
    void theLowestRankWithAnIdWins() {
        assertThat(choose(clue(5, "debian", "12", null), clue(1, "ubuntu", "22.04", "jammy")))
                .isEqualTo(Distros.of("ubuntu", "22.04", "jammy"));
        assertThat(choose(clue(1, null, null, null), clue(3, "ubuntu", "22.04", null)))
                .isEqualTo(Distros.of("ubuntu", "22.04", null));
    }

    @Test
    void theOthersFillInWhatIsMissing() {
        assertThat(choose(
                        clue(1, "debian", null, null), clue(6, "debian", "13", "trixie"), clue(9, "debian", null, "x")))
                .isEqualTo(Distros.of("debian", "13", "trixie"));
        assertThat(choose(clue(1, null, "12", null), clue(6, "debian", null, "bookworm")))
                .isEqualTo(Distros.of("debian", "12", "bookworm"));
    }

    @Test
    void anotherDistributionFillsInNothing() {
        assertThat(choose(clue(1, "linuxmint", null, null), clue(5, "debian", "12", "bookworm")))
                .isEqualTo(Distros.of("linuxmint", null, null));
    }

    @Test
    void aContradictionFillsInNothing() {
        assertThat(choose(clue(1, "debian", null, "trixie"), clue(6, "debian", "12", "bookworm")))
                .isEqualTo(Distros.of("debian", null, "trixie"));
        assertThat(choose(clue(1, "debian", "12", null), clue(6, "debian", "13", "trixie")))
                .isEqualTo(Distros.of("debian", "12", null));
    }

    @Test
    void testingOrUnstableIsToldByTheSources() {
        DistroClue release = clue(1, "debian", null, null);
        DistroClue guess = clue(9, "debian", null, "trixie");
        assertThat(choose(release, guess)).isEqualTo(Distros.of("debian", null, "trixie"));
        assertThat(choose(release, guess, clue(6, "debian", null, "sid"))).isEqualTo(Distros.of("debian", null, "sid"));
        assertThat(choose(release, guess, clue(6, "debian", "13", "trixie")))
                .isEqualTo(Distros.of("debian", "13", "trixie"));
    }

    @Test
    void filesOfEqualRankMustAgree() {
        DistroClue bookworm = clue(6, "debian", "12", "bookworm");
        DistroClue sid = clue(6, "debian", null, "sid");
        DistroClue jammy = clue(6, "ubuntu", "22.04", "jammy");
        assertThat(choose(bookworm, bookworm)).isEqualTo(Distros.of("debian", "12", "bookworm"));
        assertThat(choose(bookworm, sid)).isEqualTo(Distros.of("debian", null, null));
        assertThat(choose(sid, bookworm)).isEqualTo(Distros.of("debian", null, null));
        assertThat(DistroChoice.choose(List.of(bookworm, jammy))).isNull();
    }

    private static Distro choose(DistroClue... clues) {
        Distro chosen = DistroChoice.choose(List.of(clues));
        assertThat(DistroChoice.choose(List.of(clues).reversed())).isEqualTo(chosen);
        return Objects.requireNonNull(chosen);
    }

    private static DistroClue clue(
            int rank, @Nullable String id, @Nullable String versionId, @Nullable String codename) {
        return new DistroClue(rank, id, versionId, codename);
    }
}
