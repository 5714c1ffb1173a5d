package io.limpid.feedformat.csaf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a document says of a vulnerability in a product; the words of CSAF's {@code product_status}. */
public enum CsafStatus {
    FIRST_AFFECTED,
    FIRST_FIXED,
    FIXED,
    KNOWN_AFFECTED,
    KNOWN_NOT_AFFECTED,
    LAST_AFFECTED,
    RECOMMENDED,
    UNDER_INVESTIGATION;

    static Optional<CsafStatus> ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
