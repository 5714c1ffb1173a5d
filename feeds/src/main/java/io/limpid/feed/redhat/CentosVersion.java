package io.limpid.feed.redhat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version in which CentOS Linux has a fix of RHEL.
 *
 * <p>CentOS built RHEL's sources anew, with the same versions but for what has Red Hat's marks, which is seen to when versions are compared, and modules:
 * {@code 1.module+el8.4.0+10648+db557d1e} is
 * {@code 1.module_el8.4.0+575+63b40ad7} there, and its counters are always lower. What stands before is the source's own and is compared. A fix
 * that only the end tells ({@code ...+db557d1e.1}) is compared as a whole, so that an older build is never taken for it.
 */
final class CentosVersion {
    private static final String MODULE = ".module+el";
    private static final Pattern MODULAR =
            Pattern.compile("(.+)" + Pattern.quote(MODULE) + "[0-9.]+\\+[0-9]+\\+[0-9a-f]+");

    private CentosVersion() {}

    /** The same statement about CentOS. */
    static Statements.Statement of(Statements.Statement rhel) {
        String version = rhel.version();
        Matcher modular = version == null || !version.contains(MODULE) ? null : MODULAR.matcher(version);
        return modular == null || !modular.matches()
                ? rhel
                : new Statements.Statement(
                        rhel.name(),
                        rhel.named(),
                        rhel.module(),
                        rhel.state(),
                        modular.group(1),
                        rhel.word(),
                        rhel.vector(),
                        rhel.note(),
                        rhel.bulletin(),
                        rhel.link());
    }
}
