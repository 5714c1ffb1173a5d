package io.limpid.match;

import io.limpid.model.Advisory;
import io.limpid.model.VersionRange;
import io.limpid.version.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What comparing versions says of one advisory and one package.
 *
 * @param advisory the advisory
 * @param answer whether the installed version is one that it is about
 * @param range the range that decided it, null when the advisory has none
 */
record Judgement(Advisory advisory, Answer answer, @Nullable VersionRange range) {

    boolean isSuspicion() {
        return answer != Answer.NO;
    }
}
