package io.limpid.version;

import io.limpid.model.Correction;
import io.limpid.model.FixState;
import java.util.function.Function;

/**
 * How a local correction stands to an installed version of the package that it names.
 *
 * @param within whether the version is one that it is about
 * @param denies whether it says that the vulnerability is not in that version
 */
public record Standing(Answer within, Answer denies) {

    /**
     * How one stands to a version.
     *
     * @param installed how that version stands to another
     */
    public static Standing of(Correction correction, Function<String, Order> installed) {
        return new Standing(Answer.within(correction.versions(), installed), denies(correction, installed));
    }

    private static Answer denies(Correction correction, Function<String, Order> installed) {
        String fixed = correction.fixedVersion();
        if (fixed == null) {
            return correction.status() == FixState.NOT_AFFECTED ? Answer.YES : Answer.NO;
        }
        return switch (installed.apply(fixed)) {
            case BEFORE -> Answer.NO;
            case SAME, AFTER -> Answer.YES;
            case UNDECIDED -> Answer.UNDECIDED;
        };
    }

    /** Whether versions that cannot be compared keep it from saying anything. */
    public boolean isUndecided() {
        return within == Answer.UNDECIDED || denies == Answer.UNDECIDED;
    }
}
