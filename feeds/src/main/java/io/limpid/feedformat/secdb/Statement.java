package io.limpid.feedformat.secdb;

import io.limpid.model.FixState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says, outside of its database, of one vulnerability in one source package.
 *
 * @param origin the source package
 * @param names of the vulnerability, its own among them; at least one
 * @param state what is said
 * @param fixedVersion the version that fixed it; there exactly when the state is {@link FixState#FIXED}
 * @param note why the state is as it is, null when nothing is said
 * @param published when it was first said (ISO 8601), null when not told
 * @param modified when it was last said, null when not told
 */
public record Statement(
        String origin,
        List<String> names,
        FixState state,
        @Nullable String fixedVersion,
        @Nullable String note,
        @Nullable String published,
        @Nullable String modified) {
    private static final String CVE = "CVE-";

    public Statement {
        names = List.copyOf(names);
        if (names.isEmpty() || (fixedVersion != null) != (state == FixState.FIXED)) {
            throw new IllegalArgumentException(origin + " " + names + " is " + state + " in " + fixedVersion);
        }
    }

    /** The vulnerabilities: every CVE; without one the first name. */
    public List<String> ids() {
        List<String> cves = names.stream().filter(name -> name.startsWith(CVE)).toList();
        return cves.isEmpty() ? List.of(names.getFirst()) : cves;
    }

    /** The names that are no CVE. */
    public List<String> others() {
        return names.stream().filter(name -> !name.startsWith(CVE)).toList();
    }
}
