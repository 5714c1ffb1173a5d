package io.limpid.feed.ubuntu;

import io.limpid.model.SeverityRating;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OVAL definition of a vulnerability: what it is, and which tests tell that a machine has it.
 *
 * @param id its name: {@code CVE-2019-11091}
 * @param bulletins the bulletins about it, sorted: {@code USN-3977-1}
 */
record Definition(
        String id,
        List<String> bulletins,
        List<SeverityRating> severities,
        @Nullable String description,
        List<String> links,
        @Nullable String published,
        Criterion criteria) {}
