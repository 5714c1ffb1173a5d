package io.limpid.feedformat.oval;

import io.limpid.feedformat.oval.OvalStatement.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one test asks of a machine. */
sealed interface Fact {

    /** What is taken for granted: that a package is signed by its publisher, that the machine is of the family of Unix. */
    record Granted() implements Fact {}

    /** A product is installed. */
    record Product(Platform platform) implements Fact {}

    /** Another product is installed than this document is about, or none; what is never so. */
    record Elsewhere() implements Fact {}

    /** The machine has one of these architectures. */
    record Machine(List<String> arches) implements Fact {}

    /** A module stream is enabled: {@code nodejs:18}. */
    record Module(String stream) implements Fact {}

    /** The running kernel, or the one to be booted next, is of a certain version. */
    record Kernel() implements Fact {}

    /**
     * A package is installed, of one of these architectures and with a version between the bounds.
     *
     * @param from the lowest version, null for every one
     * @param after whether {@code from} itself is not meant
     * @param before the first version that is too high, null when there is none
     * @param last the highest version, null when there is none or {@code before} says it
     * @param release what its release must contain, null when nothing is asked for
     * @param impossible whether no version can be so
     * @param orAbsent whether it need not be installed at all
     */
    record Installed(
            String name,
            List<String> arches,
            @Nullable String from,
            boolean after,
            @Nullable String before,
            @Nullable String last,
            @Nullable String release,
            boolean impossible,
            boolean orAbsent)
            implements Fact {

        /** Any version of a package. */
        static Installed any(String name) {
            return new Installed(name, List.of(), null, false, null, null, null, false, false);
        }

        /** Whether it is a kernel of exactly one version. */
        boolean isOneKernel() {
            return (name.equals("kernel") || name.startsWith("kernel-")) && from != null && from.equals(last);
        }

        Installed between(@Nullable String lowest, boolean above, @Nullable String tooHigh, @Nullable String highest) {
            return new Installed(name, arches, lowest, above, tooHigh, highest, release, impossible, orAbsent);
        }

        Installed with(List<String> someArches, @Nullable String inRelease) {
            return new Installed(name, someArches, from, after, before, last, inRelease, impossible, orAbsent);
        }

        Installed never() {
            return new Installed(name, arches, from, after, before, last, release, true, orAbsent);
        }

        Installed maybe() {
            return new Installed(name, arches, from, after, before, last, release, impossible, true);
        }
    }

    /** A package is not installed. */
    record Absent(String name) implements Fact {}

    /** What is not understood, and why. */
    record Unknown(String why) implements Fact {}
}
