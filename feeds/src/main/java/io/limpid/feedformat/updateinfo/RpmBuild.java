package io.limpid.feedformat.updateinfo;

import io.limpid.version.Order;
import io.limpid.version.RpmVersions;
import io.limpid.version.VersionScheme;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A build of a package that has what an erratum fixes.
 *
 * @param name the package's name
 * @param version {@code [epoch:]version-release}, without an epoch that is 0
 * @param arch its architecture, empty when it is not said
 * @param module the module stream, {@code nodejs:18}; null for a build of no module, or of one that is not said
 * @param certain whether the module stream is said or follows from what is said
 */
public record RpmBuild(
        String name, String version, String arch, @Nullable String module, boolean certain) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}");
    private static final Pattern ARCH = Pattern.compile("[a-z0-9_]{0,40}");
    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,10}");
    private static final Pattern PART = Pattern.compile("[\\x21-\\x7e&&[^-:]]{1,200}");
    /** {@code nodejs:18:8060020220523160029:ad008a3a:x86_64}; only name and stream tell which module is meant. */
    private static final Pattern MODULE = Pattern.compile("([^:\\s]{1,200}:[^:\\s]{1,200})(?::.{0,200})?");
    /** {@code .module+el8.5.0+673+10283621}, with {@code _} in AlmaLinux's builds. */
    private static final Pattern TAG = Pattern.compile("\\.module[+_]el[^+-]{0,40}\\+[0-9]{1,20}\\+[0-9a-f]{1,40}");

    private static final VersionScheme RPM = new RpmVersions();
    private static final String MODULAR = ".module";

    /** The arch of what is built into packages, and never installed itself. */
    public static final String SOURCE = "src";

    /**
     * A build whose name, version and release are told apart.
     *
     * @param epoch null, empty or {@code 0} for none
     * @param module all that is said of its module, name and stream first; null or empty when nothing is
     * @return null when one of them is none
     */
    public static @Nullable RpmBuild of(
            @Nullable String name,
            @Nullable String epoch,
            @Nullable String version,
            @Nullable String release,
            @Nullable String arch,
            @Nullable String module) {
        if (name == null || version == null || release == null) {
            return null;
        }
        boolean isOne = NAME.matcher(name).matches()
                && PART.matcher(version).matches()
                && PART.matcher(release).matches();
        String number = epoch == null || epoch.isEmpty() ? "0" : epoch;
        String built = arch == null ? "" : arch;
        if (!isOne || !EPOCH.matcher(number).matches() || !ARCH.matcher(built).matches()) {
            return null;
        }
        String stream = null;
        if (module != null && !module.isEmpty()) {
            Matcher said = MODULE.matcher(module);
            if (!said.matches()) {
                return null;
            }
            stream = said.group(1);
        }
        boolean none = number.chars().allMatch(c -> c == '0');
        return new RpmBuild(name, (none ? "" : number + ":") + version + "-" + release, built, stream, true);
    }

    /**
     * A build by its whole name, {@code name-[epoch:]version-release[.arch[.rpm]]}.
     *
     * @param epoch one that stands elsewhere, null when it stands in the name or there is none
     * @param hasArch whether the name ends in an architecture
     * @return null when it is no such name
     */
    public static @Nullable RpmBuild named(String whole, @Nullable String epoch, boolean hasArch) {
        String rest = whole.endsWith(".rpm") ? whole.substring(0, whole.length() - ".rpm".length()) : whole;
        int arch = hasArch ? rest.lastIndexOf('.') : rest.length();
        int release = rest.lastIndexOf('-', arch - 1);
        int version = rest.lastIndexOf('-', release - 1);
        if (version <= 0 || arch < 0) {
            return null;
        }
        String number = epoch;
        int from = version + 1;
        int colon = rest.indexOf(':', from);
        if (colon >= 0 && colon < release) {
            number = rest.substring(from, colon);
            from = colon + 1;
        }
        return of(
                rest.substring(0, version),
                number,
                rest.substring(from, release),
                rest.substring(release + 1, arch),
                hasArch ? rest.substring(arch + 1) : null,
                null);
    }

    /** The higher of two versions. */
    static String higher(String one, String other) {
        return RPM.compare(one, other) == Order.BEFORE ? other : one;
    }

    /** Whether it is what others are built from. */
    public boolean isSource() {
        return arch.equals(SOURCE) || arch.equals("nosrc");
    }

    /** Whether it was built in a module, whichever. */
    public boolean isModular() {
        return module != null || version.contains(MODULAR);
    }

    /** What the release says of the build of the module, null when it says nothing. */
    @Nullable
    String moduleTag() {
        int at = version.indexOf(MODULAR);
        if (at < 0) {
            return null;
        }
        Matcher tag = TAG.matcher(version);
        return tag.find(at) ? tag.group() : null;
    }

    /** The same for this architecture. */
    public RpmBuild on(String other) {
        return new RpmBuild(name, version, other, module, certain);
    }

    /** The same in this module stream. */
    RpmBuild in(String stream, boolean isCertain) {
        return new RpmBuild(name, version, arch, stream, isCertain);
    }
}
