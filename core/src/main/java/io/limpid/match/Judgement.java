package io.limpid.match;

import io.limpid.model.Advisory;

/**
 * What comparing versions says of one advisory and one package.
 *
 * @param advisory the advisory
 * @param answer whether the installed version is one that it is about
 * @param comparison the comparison that was made, for people
 */
record Judgement(Advisory advisory, Answer answer, String comparison) {

    /** Whether a version is one of those that an advisory is about. */
    enum Answer {
        YES,
        NO,
        /** At least one of the versions is none of the scheme, so that nobody can tell. */
        UNDECIDED
    }
}
