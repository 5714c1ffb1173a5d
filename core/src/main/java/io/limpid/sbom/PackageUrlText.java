package io.limpid.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    /** Types whose namespace is a vendor and not a part of the name. */
    private static final Set<String> OF_VENDORS = Set.of("alpm", "apk", "deb", "rpm");

    private static final String SCHEME = "pkg:";
    private static final String GO = "pkg:golang/";
    private static final String SOURCE_RPM = ".src.rpm";
    private static final String ILLEGAL_IN_URI = " \"<>[]\\^`{|}";

    /** Whether it names a package that an operating system's package manager installs: deb, apk or rpm. */
    static boolean isOfOperatingSystem(String purl) {
        String text = encoded(purl).toLowerCase(Locale.ROOT);
        return OPERATING_SYSTEM.stream().anyMatch(type -> text.startsWith(SCHEME + type + "/"));
    }

    /**
     * Reads one.
     *
     * @throws MalformedPackageURLException when it is none; the message says why
     */
    static PackageUrlText parse(String purl) throws MalformedPackageURLException {
        String text = encoded(purl);
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
     * @throws MalformedPackageURLException when there is no version at all, or a control character in a part
     */
    Package toPackage(@Nullable String otherwise, String location) throws MalformedPackageURLException {
        String found = version == null || version.isEmpty() ? otherwise : version;
        if (found == null || found.isEmpty()) {
            throw new MalformedPackageURLException("it has no version");
        }
        if (hasControls(name) || hasControls(found)) {
            throw new MalformedPackageURLException("its name or version has a control character");
        }
        String whole = withEpoch(found);
        SourcePackage source = isOfOperatingSystem() ? source(whole) : null;
        return new Package(type, fullName(), whole, qualifiers.get("arch"), source, null, location);
    }

    /** npm's {@code @scope/name}, Maven's {@code group:artifact}, a Go module's path; packages of operating systems have no such parts. */
    private String fullName() {
        if (namespace == null || OF_VENDORS.contains(type)) {
            return name;
        }
        return namespace + (type.equals("maven") ? ":" : "/") + name;
    }

    private String withEpoch(String found) {
        String epoch = qualifiers.get("epoch");
        boolean there = epoch == null || epoch.equals("0") || found.indexOf(':') >= 0;
        return there || !isOfOperatingSystem() ? found : epoch + ":" + found;
    }

    private SourcePackage source(String whole) {
        String upstream = Objects.requireNonNullElse(qualifiers.get("upstream"), "");
        if (upstream.isEmpty()) {
            return new SourcePackage(name, whole);
        }
        if (upstream.endsWith(SOURCE_RPM)) {
            return sourceRpm(upstream.substring(0, upstream.length() - SOURCE_RPM.length()), whole);
        }
        int at = upstream.indexOf('@');
        if (at <= 0 || at == upstream.length() - 1) {
            return new SourcePackage(at > 0 ? upstream.substring(0, at) : upstream, whole);
        }
        return new SourcePackage(upstream.substring(0, at), upstream.substring(at + 1));
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
