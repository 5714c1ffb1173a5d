package io.limpid.sbom;

import com.github.packageurl.MalformedPackageURLException;
import io.limpid.format.Printable;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.LayerSummary;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one document has said so far: packages, each package-url and version once, what tells of the distribution, and what could not be used. */
final class PackageCollector {
    private static final int SHOWN = 200;

    /** What is listed once: a package-url without a version may stand for several. */
    private record Key(String purl, String version) {}

    /**
     * What a document says of a package besides its package-url.
     *
     * @param name its name, for messages
     * @param version its version, for a package-url without one
     * @param source what it was built from in the words of a package-url ({@code openssl@3.0.11-1}), for a package-url without that
     * @param location where it is listed, empty when that is not said
     */
    record Beside(
            @Nullable String name,
            @Nullable String version,
            @Nullable String source,
            String location) {}

    private final Limits limits;
    private final boolean inImage;
    private final Map<Key, InventoryPackage> packages = new LinkedHashMap<>();
    private final Map<String, Distro> stated = new LinkedHashMap<>();
    private final Map<String, Distro> qualified = new LinkedHashMap<>();
    private final Set<String> unknown = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<InventoryPackage> ours = new LinkedHashSet<>();
    private ScannedImage image = ScannedImage.NONE;
    private int problemsBeyond;

    /**
     * @param inImage whether the document lies in an image, which then also has what it describes
     */
    PackageCollector(Limits limits, boolean inImage) {
        this.limits = limits;
        this.inImage = inImage;
    }

    /** Whether what the document describes is a package like its parts: an image or a folder is none. */
    boolean isPart(String described) {
        return PackageUrlText.isOfOperatingSystem(described) || (inImage && !PackageUrlText.isOfImage(described));
    }

    /** A component with a package-url. */
    void add(String purl, Beside said) {
        String name = said.name();
        String version = said.version();
        try {
            PackageUrlText parsed = PackageUrlText.parse(purl);
            PackageUrlText.Reading reading = parsed.toPackage(version, said.source(), withoutSlash(said.location()));
            Package value = reading.value();
            InventoryPackage one = new InventoryPackage(value, purl, null, null, null);
            if (packages.putIfAbsent(new Key(purl, value.version()), one) != null) {
                return;
            }
            if (reading.problem() != null) {
                problem("component " + named(name, version) + " with the package-url " + quoted(purl) + ": "
                        + reading.problem());
            }
            if (parsed.isOfOperatingSystem()) {
                qualifier(parsed.qualifiers().getOrDefault("distro", ""), parsed.namespace());
            }
        } catch (MalformedPackageURLException e) {
            problem("component " + named(name, version) + " was left out: its package-url " + quoted(purl)
                    + " cannot be used: " + shown(e.getMessage()));
        }
    }

    /** Whether the document may speak for an image that was scanned: not where it lies in one, whose layers are others. */
    boolean mayTellOfImage() {
        return !inImage;
    }

    /** What a document of ours says of the image that it was made from. */
    void image(ScannedImage scanned) {
        image = scanned;
        if (scanned.distro() != null) {
            stated.putIfAbsent(scanned.distro().namespace(), scanned.distro());
        }
    }

    /** A package as a document of ours describes it. */
    void add(InventoryPackage described) {
        ours.add(described);
    }

    List<LayerSummary> layers() {
        return image.layers();
    }

    private void qualifier(String text, @Nullable String vendor) {
        if (text.isBlank()) {
            return;
        }
        Distro known = DistroSpelling.ofQualifier(text, vendor);
        if (known != null) {
            qualified.putIfAbsent(known.namespace(), known);
        } else if (unknown.add(text)) {
            problem("the distribution " + quoted(text) + " of a package-url is not known");
        }
    }

    /** A component that may be software and cannot be looked up. */
    void withoutPurl(@Nullable String name, @Nullable String version) {
        problem("component " + named(name, version) + " was left out: it has no package-url");
    }

    /** The document's own word on the distribution. */
    void operatingSystem(@Nullable String name, @Nullable String version, @Nullable String codename) {
        Distro distro = name == null || name.isBlank() ? null : DistroSpelling.of(name, version, codename);
        if (distro != null) {
            stated.putIfAbsent(distro.namespace(), distro);
        } else {
            problem("the operating system " + named(name, version) + " is not known");
        }
    }

    void problem(String what) {
        if (problems.size() < limits.problems()) {
            problems.add(new Problem(null, null, what));
        } else {
            problemsBeyond++;
        }
    }

    Inventory inventory() {
        List<Problem> all = new ArrayList<>(image.problems());
        all.addAll(problems);
        if (problemsBeyond > 0) {
            all.add(new Problem(
                    null, null, "and " + problemsBeyond + " more of the document's components had problems"));
        }
        Distro distro = distro(all);
        return new Inventory(
                distro,
                Stream.concat(ours.stream(), packages.values().stream())
                        .sorted(InventoryPackage.ORDER)
                        .toList(),
                image.origin(),
                all);
    }

    /** What all that the document says of the distribution agrees on; null, with a problem, when it contradicts itself. */
    private @Nullable Distro distro(List<Problem> all) {
        List<Distro> systems = mostExact(stated.values());
        List<Distro> urls = mostExact(qualified.values());
        if (systems.size() > 1) {
            all.add(disbelieved("names several operating systems (" + names(systems) + ")"));
            return null;
        }
        if (urls.size() > 1) {
            all.add(disbelieved("names several distributions in package-urls (" + names(urls) + ")"));
            return null;
        }
        List<Distro> both =
                mostExact(Stream.concat(systems.stream(), urls.stream()).toList());
        if (both.size() > 1) {
            all.add(disbelieved(
                    "has the operating system " + names(systems) + ", but its package-urls say " + names(urls)));
            return null;
        }
        return both.isEmpty() ? null : both.getFirst();
    }

    /** One for each release; a distribution without one ({@code debian}) only where no release of it is there. */
    private static List<Distro> mostExact(Collection<Distro> told) {
        Map<String, Distro> byRelease = new LinkedHashMap<>();
        for (Distro one : told) {
            boolean covered = !isRelease(one)
                    && told.stream()
                            .anyMatch(other -> isRelease(other) && other.id().equals(one.id()));
            if (!covered) {
                byRelease.putIfAbsent(one.namespace(), one);
            }
        }
        return List.copyOf(byRelease.values());
    }

    private static boolean isRelease(Distro distro) {
        return distro.namespace().indexOf(':') >= 0 || !Distros.hasReleases(distro.id());
    }

    private static Problem disbelieved(String what) {
        return new Problem(null, null, "the document " + what + ": none was believed");
    }

    private static String names(List<Distro> distros) {
        return distros.stream().map(Distro::namespace).sorted().collect(Collectors.joining(", "));
    }

    private static String named(@Nullable String name, @Nullable String version) {
        return quoted(name == null ? "" : name) + (version == null ? "" : " " + shown(version));
    }

    private static String quoted(String text) {
        return "\"" + shown(text) + "\"";
    }

    private static String shown(@Nullable String text) {
        return text == null ? "" : Printable.cut(text, SHOWN);
    }

    private static String withoutSlash(String location) {
        return location.startsWith("/") ? location.substring(1) : location;
    }
}
