package io.limpid.sbom;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import com.github.packageurl.MalformedPackageURLException;
import io.limpid.format.Printable;
import io.limpid.model.Distro;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one document has said so far: packages, each package-url once, what tells of the distribution, and what could not be used. */
final class PackageCollector {
    private static final Comparator<InventoryPackage> ORDER = Comparator.<InventoryPackage, String>comparing(
                    one -> one.value().type())
            .thenComparing(one -> one.value().name())
            .thenComparing(one -> one.value().version())
            .thenComparing(Comparator.<InventoryPackage, @Nullable String>comparing(
                    one -> one.value().arch(), nullsFirst(naturalOrder())))
            .thenComparing(InventoryPackage::purl);

    private static final int SHOWN = 200;

    private final Limits limits;
    private final Map<String, InventoryPackage> packages = new LinkedHashMap<>();
    private final Map<String, Distro> stated = new LinkedHashMap<>();
    private final Map<String, Distro> qualified = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int problemsBeyond;

    PackageCollector(Limits limits) {
        this.limits = limits;
    }

    /** A component with a package-url; its own name is for messages, its version for a package-url without one. */
    void add(String purl, @Nullable String name, @Nullable String version, String location) {
        if (packages.containsKey(purl)) {
            return;
        }
        try {
            PackageUrlText parsed = PackageUrlText.parse(purl);
            Package value = parsed.toPackage(version, withoutSlash(location));
            packages.put(purl, new InventoryPackage(value, purl, null, null, null));
            String distro = parsed.qualifiers().get("distro");
            Distro known = distro == null || !parsed.isOfOperatingSystem() ? null : DistroSpelling.ofQualifier(distro);
            if (known != null) {
                qualified.putIfAbsent(known.namespace(), known);
            }
        } catch (MalformedPackageURLException e) {
            problem("component " + named(name, version) + " was left out: its package-url \"" + shown(purl)
                    + "\" cannot be used: " + shown(e.getMessage()));
        }
    }

    /** A component that may be software and cannot be looked up. */
    void withoutPurl(@Nullable String name, @Nullable String version) {
        problem("component " + named(name, version) + " was left out: it has no package-url");
    }

    /** The document's own word on the distribution. */
    void operatingSystem(@Nullable String name, @Nullable String version, @Nullable String codename) {
        if (name != null && !name.isBlank()) {
            Distro distro = DistroSpelling.of(name, version, codename);
            stated.putIfAbsent(distro.namespace(), distro);
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
        List<Problem> all = new ArrayList<>(problems);
        if (problemsBeyond > 0) {
            all.add(new Problem(
                    null, null, "and " + problemsBeyond + " more of the document's components had problems"));
        }
        Distro distro = distro(all);
        return new Inventory(distro, packages.values().stream().sorted(ORDER).toList(), all);
    }

    private @Nullable Distro distro(List<Problem> all) {
        Distro own = onlyOne(stated, "operating systems", all);
        boolean says = own != null && (own.versionId() != null || own.codename() != null || qualified.isEmpty());
        if (says || stated.size() > 1) {
            return own;
        }
        return onlyOne(qualified, "distributions in package-urls", all);
    }

    private static @Nullable Distro onlyOne(Map<String, Distro> found, String what, List<Problem> all) {
        if (found.size() > 1) {
            String names =
                    shown(String.join(", ", found.keySet().stream().sorted().toList()));
            all.add(new Problem(
                    null, null, "the document names several " + what + " (" + names + "): none was believed"));
        }
        return found.size() == 1 ? found.values().iterator().next() : null;
    }

    private static String named(@Nullable String name, @Nullable String version) {
        return "\"" + (name == null ? "" : shown(name)) + "\"" + (version == null ? "" : " " + shown(version));
    }

    private static String shown(@Nullable String text) {
        return text == null ? "" : Printable.excerpt(text, SHOWN);
    }

    private static String withoutSlash(String location) {
        return location.startsWith("/") ? location.substring(1) : location;
    }
}
