package io.limpid.bundle;

import java.util.Set;

/**
 * Which bundles are taken.
 *
 * @param trusted the keys whose owners are believed
 * @param allowed what is taken all the same
 */
public record BundleRules(Set<VerifyingKey> trusted, Set<Allowance> allowed) {

    /** Something for which a bundle is refused unless one insists. */
    public enum Allowance {
        /** Nobody has signed it. */
        UNSIGNED("--allow-unsigned"),
        /** It was signed by somebody who is not trusted. */
        UNKNOWN_KEY("--allow-unknown-key"),
        /** Its time is over. */
        EXPIRED("--allow-expired"),
        /** What is kept is newer. */
        OLDER("--allow-older");

        private final String option;

        Allowance(String option) {
            this.option = option;
        }

        /** The option that says it. */
        public String option() {
            return option;
        }
    }

    public BundleRules {
        trusted = Set.copyOf(trusted);
        allowed = Set.copyOf(allowed);
    }

    boolean allows(Allowance allowance) {
        return allowed.contains(allowance);
    }
}
