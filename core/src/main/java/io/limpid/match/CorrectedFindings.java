package io.limpid.match;

import io.limpid.model.AppliedCorrection;
import io.limpid.model.Finding;
import java.util.List;

/**
 * Findings as local corrections leave them.
 *
 * @param findings those that there are, in no order that matters
 * @param corrections what became of each correction, in their own order
 */
public record CorrectedFindings(List<Finding> findings, List<AppliedCorrection> corrections) {
    public CorrectedFindings {
        findings = List.copyOf(findings);
        corrections = List.copyOf(corrections);
    }
}
