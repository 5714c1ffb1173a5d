package io.limpid.server.clair;

import io.limpid.model.ClairSeverity;
import io.limpid.model.Correction;
import io.limpid.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What a local correction made of a vulnerability in a feature.
 *
 * @param correction what says so
 * @param isUndecided whether it is added without knowing, for the installed version cannot be compared with those that the correction names
 * @param before what the database says, null where it says nothing of it
 */
public record LocalChange(
        Correction correction,
        boolean isUndecided,
        @Nullable Published before) {

    /** How bad a correction says it is, as Clair says it. */
    public static ClairSeverity severity(Severity severity) {
        return ClairSeverity.of(severity.word()).orElseThrow();
    }

    /**
     * What a correction may change.
     *
     * @param fixedBy empty when no version is known
     */
    public record Published(ClairSeverity severity, String fixedBy) {
        /** What the database says. */
        public static Published of(Vulnerability vulnerability) {
            return new Published(vulnerability.severity(), vulnerability.fixedBy());
        }
    }
}
