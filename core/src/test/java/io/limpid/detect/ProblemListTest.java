package io.limpid.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Problem;
import org.junit.jupiter.api.Test;

class ProblemListTest {

    @Test
    void theOthersAreCountedInOne() {
        ProblemList problems = new ProblemList("a", 2);
        assertThat(problems.toList()).isEmpty();
        for (int i = 0; i < 5; i++) {
            problems.add("p" + i);
        }
        assertThat(problems.toList())
                .extracting(Problem::what)
                .containsExactly("p0", "p1", "3 more problems of this file are not listed (limit problems)");
    }

    @Test
    void foreignTextIsShortAndLeftToWhoeverShowsIt() {
        assertThat(ProblemList.quoted("a\u001b[31m\n\u202eb")).isEqualTo("'a\u001b[31m\n\u202eb'");
        assertThat(ProblemList.quoted("x".repeat(61))).isEqualTo("'" + "x".repeat(60) + "...'");
    }
}
