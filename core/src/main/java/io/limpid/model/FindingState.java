package io.limpid.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a finding says of a vulnerability in a package that is installed. */
public enum FindingState {
    /** The installed version has it, a newer one is without it. */
    FIXED,
    /** The installed version has it, a newer one is without it, and only subscribers of Ubuntu Pro can install that. */
    FIXED_IN_PRO,
    /** The installed version has it, and no version without it has been published. */
    AFFECTED,
    /** The installed version has it, and mending it was put off. */
    DEFERRED,
    /** The installed version has it, and it will stay. */
    WILL_NOT_FIX,
    /** The installed version has it, and the release or package gets no more fixes. */
    END_OF_LIFE,
    /** The publisher names the package and has not decided yet whether it has it. */
    UNDER_INVESTIGATION,
    /** The installed version cannot be compared with those that have it: nobody can tell, so no verdict of "vulnerable" rests on it. */
    UNDECIDED;

    /**
     * The state of a package whose installed version is one of those that an advisory is about.
     *
     * @return empty where nothing is reported for what the publisher says
     */
    public static Optional<FindingState> of(FixState said) {
        return switch (said) {
            case FIXED -> Optional.of(FIXED);
            case FIXED_IN_PRO -> Optional.of(FIXED_IN_PRO);
            case AFFECTED -> Optional.of(AFFECTED);
            case DEFERRED -> Optional.of(DEFERRED);
            case WILL_NOT_FIX -> Optional.of(WILL_NOT_FIX);
            case END_OF_LIFE -> Optional.of(END_OF_LIFE);
            case UNDER_INVESTIGATION -> Optional.of(UNDER_INVESTIGATION);
            case UNDETERMINED, NOT_AFFECTED -> Optional.empty();
        };
    }

    /** The state with this {@link #word}. */
    public static Optional<FindingState> ofWord(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst();
    }

    /** The word that reports use: {@code will-not-fix}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a verdict of "vulnerable" may rest on it. */
    public boolean definite() {
        return this != UNDECIDED;
    }
}
