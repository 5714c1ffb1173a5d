package io.limpid.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a local correction made of a finding.
 *
 * @param place where the correction is written
 * @param status what it says, null where it only says how bad it is
 * @param reason why
 * @param author who says so, null when nobody is named
 * @param expires the last day on which it holds, null for ever
 * @param before what the publishers say, null where they say nothing of it
 */
public record Corrected(
        String place,
        @Nullable FixState status,
        String reason,
        @Nullable String author,
        @Nullable LocalDate expires,
        @Nullable Before before) {

    /** What a finding was before it was corrected. */
    public record Before(
            Severity severity, FindingState state, @Nullable String fixedVersion) {}

    /** What a correction makes of a finding, or of none. */
    public static Corrected by(Correction correction, @Nullable Finding finding) {
        return new Corrected(
                correction.place(),
                correction.status(),
                correction.reason(),
                correction.author(),
                correction.expires(),
                finding == null ? null : new Before(finding.severity(), finding.state(), finding.fixedVersion()));
    }
}
