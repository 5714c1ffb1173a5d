package io.limpid.sbom;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SPDX 2.x JSON format: {@code packages} with package-urls among their {@code externalRefs}.
 *
 * <p>A package that is the only one described by the document, beside others, is the thing the document is about and not a part of it, unless
 * it is an operating system's package. Other relationships are not followed, so circles and dangling references do no harm.
 */
final class Spdx {
    private static final String DOCUMENT = "SPDXRef-DOCUMENT";
    private static final Set<String> NOT_SOFTWARE = Set.of(
            "ARCHIVE", "CONTAINER", "DEVICE", "FILE", "FIRMWARE", "OPERATING-SYSTEM", "OPERATING_SYSTEM", "SOURCE");

    /** The type of a reference, as SPDX itself writes it and in full. */
    private static final Set<String> PURL = Set.of("purl", "http://spdx.org/rdf/references/purl");

    /** {@code built package from: glibc 2.36-9+deb12u4}. */
    private static final Pattern BUILT_FROM = Pattern.compile("built package from: (\\S+) (\\S+)");

    private final PackageCollector collector;
    private final @Nullable String described;

    private Spdx(PackageCollector collector, @Nullable String described) {
        this.collector = collector;
        this.described = described;
    }

    static void read(JsonObject root, PackageCollector collector) throws JsonException {
        List<JsonValue> packages = root.array("packages");
        Spdx reader = new Spdx(collector, packages.size() > 1 ? onlyDescribed(root) : null);
        for (JsonValue value : packages) {
            if (!(value instanceof JsonObject one)) {
                collector.problem("a package is " + value.kind() + ", not an object: it was left out");
                continue;
            }
            try {
                reader.one(one);
            } catch (JsonException e) {
                collector.problem("a package was left out: " + e.getMessage());
            }
        }
    }

    private void one(JsonObject one) throws JsonException {
        String name = one.string("name");
        String version = asserted(one.string("versionInfo"));
        String purpose = one.string("primaryPackagePurpose");
        if (purpose != null && purpose.startsWith("OPERATING")) {
            collector.operatingSystem(name, version, null);
        }
        boolean about = described != null && described.equals(one.string("SPDXID"));
        List<String> purls = purls(one);
        for (String purl : purls) {
            if (!about || collector.isPart(purl)) {
                collector.add(purl, new PackageCollector.Beside(name, version, source(one), ""));
            }
        }
        if (!purls.isEmpty()) {
            return;
        }
        boolean heading = "APPLICATION".equals(purpose) && version == null;
        if (!about && !heading && (purpose == null || !NOT_SOFTWARE.contains(purpose))) {
            collector.withoutPurl(name, version);
        }
    }

    /** What a package was built from, which Trivy says in words and not in the package-url. */
    private static @Nullable String source(JsonObject one) throws JsonException {
        String words = one.string("sourceInfo");
        Matcher built = words == null ? null : BUILT_FROM.matcher(words);
        return built == null || !built.matches() ? null : built.group(1) + "@" + built.group(2);
    }

    /** Every package-url: a package may be there under several names, and each of them may be in an advisory. */
    private static List<String> purls(JsonObject one) throws JsonException {
        List<String> purls = new ArrayList<>();
        for (JsonObject reference : one.objects("externalRefs")) {
            String type = reference.string("referenceType");
            String locator = reference.string("referenceLocator");
            if (type != null && PURL.contains(type) && locator != null) {
                purls.add(locator);
            }
        }
        return purls;
    }

    /** The identifier of the one element that the document describes, null when it describes none or several. */
    private static @Nullable String onlyDescribed(JsonObject root) throws JsonException {
        Set<String> described = new HashSet<>(root.strings("documentDescribes"));
        for (JsonObject relationship : root.objects("relationships")) {
            String from = relationship.string("spdxElementId");
            String to = relationship.string("relatedSpdxElement");
            String type = relationship.string("relationshipType");
            if ("DESCRIBES".equals(type) && DOCUMENT.equals(from) && to != null) {
                described.add(to);
            } else if ("DESCRIBED_BY".equals(type) && DOCUMENT.equals(to) && from != null) {
                described.add(from);
            }
        }
        return described.size() == 1 ? described.iterator().next() : null;
    }

    private static @Nullable String asserted(@Nullable String text) {
        return text == null || text.isEmpty() || text.equals("NOASSERTION") || text.equals("NONE") ? null : text;
    }
}
