package io.limpid.sbom;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonString;
import io.limpid.format.json.JsonValue;
import io.limpid.model.Distro;
import io.limpid.model.Limits;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The CycloneDX JSON format (ECMA-424): {@code components}, nested to any depth.
 *
 * <p>{@code metadata.component} is what the document describes, not a part of it; only when its package-url is an operating system's package
 * is it listed, because then it is installed like any other. {@code dependencies} are not followed, so their circles do no harm.
 */
final class CycloneDx {
    /** What a component of these types says without a package-url is not the name of software that advisories are about. */
    private static final Set<String> NOT_SOFTWARE = Set.of(
            "container",
            "cryptographic-asset",
            "data",
            "device",
            "device-driver",
            "file",
            "firmware",
            "machine-learning-model",
            "operating-system",
            "platform");

    private static final String TRIVY = "aquasecurity:trivy:";

    /** And, behind it, of what: {@code incomplete_first_party_only}. */
    private static final String INCOMPLETE = "incomplete";

    private final PackageCollector collector;
    private final Queue<JsonValue> waiting = new ArrayDeque<>();

    private ScannedImage image = ScannedImage.NONE;

    private CycloneDx(PackageCollector collector) {
        this.collector = collector;
    }

    static void read(JsonObject root, PackageCollector collector, Limits limits) throws JsonException {
        CycloneDx reader = new CycloneDx(collector);
        JsonObject metadata = root.object("metadata");
        JsonObject described = metadata == null ? null : metadata.object("component");
        if (described != null && collector.mayTellOfImage()) {
            reader.scanned(described, limits);
        }
        if (described != null) {
            reader.described(described);
        }
        reader.waiting.addAll(root.array("components"));
        for (JsonValue next = reader.waiting.poll(); next != null; next = reader.waiting.poll()) {
            reader.component(next);
        }
        if (reader.image.known()) {
            for (JsonObject formula : root.objects("formulation")) {
                for (JsonObject removed : formula.objects("components")) {
                    reader.removed(removed);
                }
            }
        }
        // A document of ours is incomplete for its problems, which say more.
        if (isIncomplete(root) && reader.image.problems().isEmpty()) {
            collector.problem(
                    "the document says of itself that it is incomplete: what it leaves out was not looked at");
        }
    }

    /** Whether the document itself says that it does not list everything; that it does not know whether it does is no more than every other leaves open. */
    private static boolean isIncomplete(JsonObject root) throws JsonException {
        for (JsonValue value : root.array("compositions")) {
            if (value instanceof JsonObject composition
                    && composition.value("aggregate") instanceof JsonString(String aggregate)
                    && aggregate.startsWith(INCOMPLETE)) {
                return true;
            }
        }
        return false;
    }

    /** What a document of ours says of its image; where that cannot be used it is a document like any other, with a problem. */
    private void scanned(JsonObject described, Limits limits) {
        try {
            image = ScannedImage.of(OwnProperties.of(described), limits);
            collector.image(image);
        } catch (JsonException e) {
            collector.problem("limpid's properties of the image were not used: " + e.getMessage());
        }
    }

    /** What was removed is in no other list, and of any other document is nothing that was installed. */
    private void removed(JsonObject component) {
        try {
            String purl = component.string("purl");
            if (purl == null) {
                throw new JsonException("it has no package-url");
            }
            collector.add(OwnPackage.read(component, purl, OwnProperties.of(component), image, true));
        } catch (JsonException e) {
            collector.problem("a package that was removed was left out: " + e.getMessage());
        }
    }

    private void described(JsonObject component) throws JsonException {
        waiting.addAll(component.array("components"));
        String type = component.string("type");
        if ("operating-system".equals(type)) {
            operatingSystem(component);
        }
        String purl = component.string("purl");
        if (purl != null && collector.isPart(purl)) {
            listed(component, purl);
        }
    }

    private void component(JsonValue value) {
        if (!(value instanceof JsonObject component)) {
            collector.problem("a component is " + value.kind() + ", not an object: it was left out");
            return;
        }
        try {
            waiting.addAll(component.array("components"));
            one(component);
        } catch (JsonException e) {
            collector.problem("a component was left out: " + e.getMessage());
        }
    }

    private void one(JsonObject component) throws JsonException {
        String type = component.string("type");
        String version = component.string("version");
        if ("operating-system".equals(type)) {
            operatingSystem(component);
        }
        String purl = component.string("purl");
        if (purl != null) {
            listed(component, purl);
            return;
        }
        // A lock file or a program without a version is a heading over other components, not something that was
        // released.
        boolean heading = "application".equals(type) && version == null;
        if (!heading && (type == null || !NOT_SOFTWARE.contains(type))) {
            collector.withoutPurl(component.string("name"), version);
        }
    }

    private void listed(JsonObject component, String purl) throws JsonException {
        if (image.known()) {
            try {
                OwnProperties properties = OwnProperties.of(component);
                if (!properties.isEmpty()) {
                    collector.add(OwnPackage.read(component, purl, properties, image, false));
                    return;
                }
            } catch (JsonException e) {
                collector.problem("limpid's properties of a package were not used: " + e.getMessage());
            }
        }
        Map<String, String> properties = properties(component);
        String location = first(properties, "syft:location:0:path", TRIVY + "FilePath");
        collector.add(
                purl,
                new PackageCollector.Beside(
                        component.string("name"),
                        component.string("version"),
                        source(properties),
                        location == null ? "" : location));
    }

    /** What a package was built from, which Trivy says here and not in the package-url. */
    private static @Nullable String source(Map<String, String> properties) {
        String name = properties.get(TRIVY + "SrcName");
        String version = properties.get(TRIVY + "SrcVersion");
        if (name == null || version == null) {
            return name;
        }
        String epoch = properties.getOrDefault(TRIVY + "SrcEpoch", "0");
        String release = properties.get(TRIVY + "SrcRelease");
        return name + "@" + (epoch.equals("0") ? "" : epoch + ":") + version + (release == null ? "" : "-" + release);
    }

    private void operatingSystem(JsonObject component) throws JsonException {
        Distro known = image.distro();
        String told = component.string("version");
        if (known != null
                && known.id().equals(component.string("name"))
                && Objects.equals(known.versionId() == null ? known.codename() : known.versionId(), told)) {
            return;
        }
        Map<String, String> properties = properties(component);
        String id = first(properties, "syft:distro:id", TRIVY + "Type");
        String version = first(properties, "syft:distro:versionID");
        collector.operatingSystem(
                id == null ? component.string("name") : id,
                version == null ? told : version,
                first(properties, "syft:distro:versionCodename"));
    }

    private static Map<String, String> properties(JsonObject component) throws JsonException {
        Map<String, String> properties = new HashMap<>();
        for (JsonObject property : component.objects("properties")) {
            String name = property.string("name");
            String value = property.string("value");
            if (name != null && value != null && !value.isEmpty()) {
                properties.putIfAbsent(name, value);
            }
        }
        return properties;
    }

    private static @Nullable String first(Map<String, String> properties, String... names) {
        for (String name : names) {
            String value = properties.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
