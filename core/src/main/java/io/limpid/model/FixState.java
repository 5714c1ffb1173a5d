package io.limpid.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a publisher says of a vulnerability in a package of a release. */
public enum FixState {
    /** Newer versions are without it. */
    FIXED,
    /** Newer versions are without it, and only who subscribes to the publisher's extended support can install them (Ubuntu Pro). */
    FIXED_IN_PRO,
    /** It is there, and no version without it has been published. */
    AFFECTED,
    /** It is there, and mending it was put off. */
    DEFERRED,
    /** It is there and will stay. */
    WILL_NOT_FIX,
    /** It is there, and the release or package gets no more fixes. */
    END_OF_LIFE,
    /** Nobody has decided yet whether it is there. */
    UNDER_INVESTIGATION,
    /** The publisher could not find out whether it is there and looks no further: nothing is reported for it. */
    UNDETERMINED,
    /** It is not there. Nothing is reported for it, and what others report for the same package is contradicted. */
    NOT_AFFECTED;

    /** The state with this {@link #word}. */
    public static Optional<FixState> ofWord(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst();
    }

    /** The word that reports use: {@code will-not-fix}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
