package io.limpid.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be stored after which answers, and which finding breaks the promise: what bench/chaos judges by. */
class KnownTest {
    private static final Write<Optional<Flaw>> POST = Flaw.post("V", new Flaw("High", fixes("a", 2)));
    private static final Write<Optional<Flaw>> CHANGE = Flaw.putSeverity("V", "Low");
    private static final Write<Optional<Flaw>> FIX = Flaw.putFix("V", "b", 3);
    private static final Write<Optional<Flaw>> DELETE = Flaw.delete("V");
    private static final Optional<Flaw> GONE = Optional.empty();
    private static final Optional<Flaw> HIGH = Optional.of(new Flaw("High", fixes("a", 2)));
    private static final Optional<Flaw> LOW = Optional.of(new Flaw("Low", fixes("a", 2)));

    /** An answer to a change. */
    enum Answer {
        DONE,
        MISSING,
        NONE
    }

    record Step(Write<Optional<Flaw>> write, Answer answer) {}

    static Stream<Arguments> histories() {
        Step posted = new Step(POST, Answer.DONE);
        return Stream.of(
                Arguments.of("nothing happened", steps(), GONE, true),
                Arguments.of("acknowledged and there", steps(posted), HIGH, true),
                Arguments.of("acknowledged and lost", steps(posted), GONE, false),
                Arguments.of("acknowledged and another", steps(posted), LOW, false),
                Arguments.of("not answered and there", steps(new Step(POST, Answer.NONE)), HIGH, true),
                Arguments.of("not answered and not there", steps(new Step(POST, Answer.NONE)), GONE, true),
                Arguments.of(
                        "a change not answered, before it", steps(posted, new Step(CHANGE, Answer.NONE)), HIGH, true),
                Arguments.of(
                        "a change not answered, after it", steps(posted, new Step(CHANGE, Answer.NONE)), LOW, true),
                Arguments.of(
                        "a change not answered, all lost", steps(posted, new Step(CHANGE, Answer.NONE)), GONE, false),
                Arguments.of(
                        "the change asked again",
                        steps(posted, new Step(CHANGE, Answer.NONE), new Step(CHANGE, Answer.DONE)),
                        HIGH,
                        false),
                Arguments.of("deleted and gone", steps(posted, new Step(DELETE, Answer.DONE)), GONE, true),
                Arguments.of("deleted and back", steps(posted, new Step(DELETE, Answer.DONE)), HIGH, false),
                Arguments.of("there and not found", steps(posted, new Step(DELETE, Answer.MISSING)), HIGH, false),
                Arguments.of(
                        "a deletion not answered, then not found",
                        steps(posted, new Step(DELETE, Answer.NONE), new Step(FIX, Answer.MISSING)),
                        GONE,
                        true),
                Arguments.of("a fix of nothing done", steps(new Step(FIX, Answer.DONE)), GONE, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void whatIsFoundIsJudged(String name, Step[] steps, Optional<Flaw> found, boolean isKept) {
        Known<Optional<Flaw>> known = new Known<>(name, Optional.empty());
        boolean isBroken = false;
        for (Step step : steps) {
            switch (step.answer) {
                case DONE -> isBroken |= known.done(step.write).isPresent();
                case MISSING -> isBroken |= known.missing(step.write).isPresent();
                case NONE -> known.unknown(step.write, "reset");
            }
        }
        isBroken |= known.compared(found).isPresent();
        assertThat(isBroken).isEqualTo(!isKept);
    }

    private static Step[] steps(Step... steps) {
        return steps;
    }

    private static SortedMap<String, Integer> fixes(String feature, int version) {
        SortedMap<String, Integer> fixes = new TreeMap<>();
        fixes.put(feature, version);
        return fixes;
    }
}
