package io.limpid.match;

import java.util.regex.Pattern;

/**
 * A build of CentOS Linux from whose source Red Hat's marks were taken.
 *
 * <p>All that is in the release of RHEL's build is in its own, but for the minor release, in whose place there is a word: {@code 97.el7.centos.5} is
 * {@code 97.el7_9.5}. To rpm every word is older than every number, so that a fix is written in the same way before it is compared. Where CentOS changed more,
 * it counts that before: {@code 0.87.0.2.el7.centos.14} is {@code 0.87.el7_9.14}.
 */
final class DebrandedBuild {
    private static final Pattern OWN = Pattern.compile("[.]el[0-9]+[.]centos");
    private static final Pattern RELEASE = Pattern.compile("([.]el[0-9]+)(?:_[0-9]+)?(?=[.]|$)");
    private static final Pattern CHANGES = Pattern.compile("[.]0[.][0-9]+(?=[.]el[0-9])");

    private DebrandedBuild() {}

    static boolean is(String version) {
        return OWN.matcher(version).find();
    }

    /** The version that such a build of RHEL's build has. */
    static String of(String rhel) {
        return is(rhel) ? rhel : RELEASE.matcher(rhel).replaceFirst("$1.centos");
    }

    /** The version of such a build as it is compared with one of RHEL. */
    static String beside(String own, String rhel) {
        return is(rhel) || CHANGES.matcher(rhel).find()
                ? own
                : CHANGES.matcher(own).replaceFirst("");
    }
}
