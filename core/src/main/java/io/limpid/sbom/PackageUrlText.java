package io.limpid.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import io.limpid.model.DebianSyntax;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A package-url as documents really spell it: what the specification wants encoded may stand as it is, the scheme may be upper case.
 *
 * @param type the package-url type, lower case
 * @param namespace what stands before the name, null when nothing does
 * @param name the name, decoded
 * @param version the version, decoded, null when it has none
 * @param qualifiers the qualifiers that have a value, decoded
 */
record PackageUrlText(
        String type,
        @Nullable String namespace,
        String name,
        @Nullable String version,
        Map<String, String> qualifiers) {
    private static final Set<String> OPERATING_SYSTEM = Set.of("apk", "deb", "rpm");
    private static final Set<String> IMAGES = Set.of("docker", "oci");
    /** Types whose namespace is a vendor and not a part of the name. */
    private static final Set<String> OF_VENDORS = Set.of("alpm", "apk", "deb", "rpm");

    private static final String SCHEME = "pkg:";
    private static final String GO = "pkg:golang/";
    private static final Pattern SOURCE_RPM = Pattern.compile("\\.(?:no)?src\\.rpm$");
    private static final Pattern EPOCH = Pattern.compile("\\d{1,10}");
    private static final String ILLEGAL_IN_URI = " \"<>[]\\^`{|}";

    /**
     * What a package-url turned out to be.
     *
     * @param problem what of it could not be believed and was left out, null when nothing was
     */
    record Reading(Package value, @Nullable String problem) {}

    /** Whether it names a package that an operating system's package manager installs: deb, apk or rpm. */
    static boolean isOfOperatingSystem(String purl) {
        return isOf(OPERATING_SYSTEM, purl);
    }

    /** Whether it names a container image. */
    static boolean isOfImage(String purl) {
        return isOf(IMAGES, purl);
    }

    private static boolean isOf(Set<String> types, String purl) {
        String text = encoded(purl).toLowerCase(Locale.ROOT);
        return types.stream().anyMatch(type -> text.startsWith(SCHEME + type + "/"));
    }

    /**
     * Reads one.
     *
     * @throws MalformedPackageURLException when it is none; the message says why
     */
    static PackageUrlText parse(String purl) throws MalformedPackageURLException {
        String text = withoutEmptySegments(encoded(purl));
        boolean go = text.regionMatches(true, 0, GO, 0, GO.length());
        // Module paths are case sensitive and may be written with encoded slashes; the library lowers and refuses them.
        // It has no rules for
        // the generic type.
        PackageURL parsed = new PackageURL(
                go ? SCHEME + "generic/" + text.substring(GO.length()).replaceAll("(?i)%2f", "/") : text);
        String namespace = parsed.getNamespace();
        requireNoDots(namespace);
        Map<String, String> qualifiers = parsed.getQualifiers();
        return new PackageUrlText(
                go ? "golang" : parsed.getType(),
                namespace,
                parsed.getName(),
                parsed.getVersion(),
                qualifiers == null ? Map.of() : Map.copyOf(qualifiers));
    }

    boolean isOfOperatingSystem() {
        return OPERATING_SYSTEM.contains(type);
    }

    /**
     * The package that it names.
     *
     * @param otherwise the version to take when it has none itself
     * @param otherSource the {@code upstream} to take when it has none itself, null when there is none
     * @throws MalformedPackageURLException when there is no version at all, or no package of the type can have such a name
     */
    Reading toPackage(@Nullable String otherwise, @Nullable String otherSource, String location)
            throws MalformedPackageURLException {
        String found = version == null || version.isEmpty() ? otherwise : version;
        if (found == null || found.isEmpty()) {
            throw new MalformedPackageURLException("it has no version");
        }
        if (!isOfOperatingSystem()) {
            if (hasControls(name) || hasControls(found)) {
                throw new MalformedPackageURLException("its name or version has a control character");
            }
            return new Reading(new Package(type, fullName(), found, arch(), null, null, location), null);
        }
        // dpkg itself writes the architecture behind a name that is there for several.
        int colon = type.equals("deb") ? name.indexOf(':') : -1;
        String own = colon < 0 ? name : name.substring(0, colon);
        String ownArch = colon < 0 ? arch() : name.substring(colon + 1);
        String whole = withEpoch(found);
        if (!isName(own)) {
            throw new MalformedPackageURLException("no " + type + " package has such a name");
        }
        if (hasControls(whole)) {
            throw new MalformedPackageURLException("its version has a control character");
        }
        if (colon >= 0 && (!DebianSyntax.isName(name.substring(colon + 1)) || contradicts(ownArch, arch()))) {
            throw new MalformedPackageURLException("no " + type + " package has such a name");
        }
        SourcePackage source = source(own, whole, otherSource);
        String problem = source == null ? "its upstream names no source package; it counts as its own source" : null;
        String fault = versionFault(whole);
        if (fault != null) {
            // Something is installed: to leave it out would hide what it may have.
            problem = "its version " + fault + "; what it has cannot be decided";
        }
        SourcePackage builtFrom = source == null ? new SourcePackage(own, whole) : source;
        return new Reading(new Package(type, own, whole, ownArch, builtFrom, null, location), problem);
    }

    /** npm's {@code @scope/name}, Maven's {@code group:artifact}, a Go module's path; packages of operating systems have no such parts. */
    private String fullName() {
        if (namespace == null || OF_VENDORS.contains(type)) {
            return name;
        }
        return namespace + (type.equals("maven") ? ":" : "/") + name;
    }

    private @Nullable String arch() {
        String arch = qualifiers.get("arch");
        return arch == null || hasControls(arch) ? null : arch;
    }

    private static boolean contradicts(@Nullable String one, @Nullable String other) {
        return one != null && other != null && !one.equals(other);
    }

    private String withEpoch(String found) throws MalformedPackageURLException {
        String epoch = qualifiers.get("epoch");
        if (epoch == null) {
            return found;
        }
        int colon = found.indexOf(':');
        boolean agrees = colon < 0 || found.substring(0, colon).equals(epoch);
        if (!EPOCH.matcher(epoch).matches() || !agrees) {
            throw new MalformedPackageURLException(
                    agrees ? "its epoch is no number" : "its epoch is not that of its version");
        }
        return colon >= 0 || epoch.equals("0") ? found : epoch + ":" + found;
    }

    /** Whether a package or source package of the type may be called so; apk's virtual packages start with a dot. */
    private boolean isName(String text) {
        boolean virtual = type.equals("apk") && (text.startsWith(".") || text.startsWith("_"));
        return DebianSyntax.isName(virtual ? text.substring(1) : text);
    }

    private @Nullable String versionFault(String text) {
        if (type.equals("deb")) {
            return DebianSyntax.versionFault(text);
        }
        boolean isWord = !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return isWord ? null : "has spaces or other characters that no version has";
    }

    /** The source package that {@code upstream} names: a name, a name with a version behind @ or in brackets, an rpm's file; null for anything else. */
    private @Nullable SourcePackage source(String own, String whole, @Nullable String otherwise) {
        String upstream = qualifiers.getOrDefault("upstream", otherwise == null ? "" : otherwise);
        if (upstream.isEmpty()) {
            return new SourcePackage(own, whole);
        }
        Matcher rpm = SOURCE_RPM.matcher(upstream);
        int at = upstream.indexOf('@');
        SourcePackage source;
        if (rpm.find()) {
            source = sourceRpm(upstream.substring(0, rpm.start()), whole);
        } else if (at >= 0) {
            String version = upstream.substring(at + 1);
            source = new SourcePackage(upstream.substring(0, at), version.isEmpty() ? whole : version);
        } else {
            // As in a Source field of dpkg's: glibc (2.36-9).
            source = DebianSyntax.source(own, whole, upstream);
        }
        boolean sane = source != null
                && isName(source.name())
                && (source.version().equals(whole) || versionFault(source.version()) == null);
        return sane ? source : null;
    }

    /** A source rpm's file is called name-version-release; its epoch is the package's. */
    private static SourcePackage sourceRpm(String file, String whole) {
        int version = file.lastIndexOf('-', file.lastIndexOf('-') - 1);
        if (version <= 0) {
            return new SourcePackage(file, whole);
        }
        int colon = whole.indexOf(':');
        return new SourcePackage(
                file.substring(0, version), whole.substring(0, colon + 1) + file.substring(version + 1));
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static void requireNoDots(@Nullable String namespace) throws MalformedPackageURLException {
        if (namespace == null) {
            return;
        }
        for (String segment : namespace.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new MalformedPackageURLException("a part of its namespace is " + segment);
            }
        }
    }

    /** The text without slashes that separate nothing; those of a version or of qualifiers stay. */
    private static String withoutEmptySegments(String text) {
        int qualifiers = firstOf(text, '?', '#');
        int at = text.lastIndexOf('@', qualifiers);
        // Behind a slash it starts a name: npm's @scope.
        int end = at > 0 && text.charAt(at - 1) != '/' ? at : qualifiers;
        return text.substring(0, end).replaceAll("/{2,}", "/") + text.substring(end);
    }

    private static int firstOf(String text, char one, char other) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != one && text.charAt(at) != other) {
            at++;
        }
        return at;
    }

    /** The text with a lower-case scheme and with those characters encoded that documents forget and a URI must not have. */
    private static String encoded(String purl) {
        String stripped = purl.strip();
        StringBuilder text = new StringBuilder(stripped.length() + 8);
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (ILLEGAL_IN_URI.indexOf(c) >= 0) {
                text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                text.append(c);
            }
        }
        if (stripped.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            text.replace(0, SCHEME.length(), SCHEME);
        }
        return text.toString();
    }
}
