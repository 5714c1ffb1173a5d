package io.limpid.sbom;

import io.limpid.format.Printable;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonValue;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads SBOMs: CycloneDX JSON 1.2 to 1.7 and SPDX JSON 2.x.
 *
 * <p>What a component is follows from its package-url; what that leaves open, its version and source package, from what the document says besides. A component that could be software and has none, or a broken one, is a problem of
 * the inventory and the others are still read.
 */
public final class SbomReader {
    private static final Set<String> CYCLONE_DX = Set.of("1.2", "1.3", "1.4", "1.5", "1.6", "1.7");
    private static final String READABLE = "give it CycloneDX JSON 1.2 to 1.7 or SPDX JSON 2.x";
    private static final int SHOWN = 40;

    private SbomReader() {}

    /**
     * Reads one document to the end of the stream, which is not closed.
     *
     * @throws LimpidException when it is no such document, contradicts itself or is larger than {@link Limits#sbomBytes}
     * @throws IOException when the stream cannot be read
     */
    public static SbomDocument read(InputStream in, Limits limits) throws IOException {
        try {
            return read(Json.parse(in, limits.sbomBytes(), limits), new PackageCollector(limits, false), limits);
        } catch (JsonException e) {
            throw unreadable(e.getMessage(), READABLE);
        }
    }

    /**
     * Reads one that lies in an image: then what it describes is installed like its parts.
     *
     * @throws LimpidException when it is no such document, contradicts itself or is larger than {@link Limits#documentBytes}
     */
    public static SbomDocument read(byte[] document, Limits limits) throws LimpidException {
        try {
            return read(
                    Json.parse(document, limits.documentBytes(), limits), new PackageCollector(limits, true), limits);
        } catch (JsonException e) {
            throw unreadable(e.getMessage(), READABLE);
        }
    }

    private static SbomDocument read(JsonValue document, PackageCollector collector, Limits limits)
            throws LimpidException, JsonException {
        if (!(document instanceof JsonObject root)) {
            throw unreadable("it is " + document.kind() + ", not an object", READABLE);
        }
        return read(root, collector, limits);
    }

    private static SbomDocument read(JsonObject root, PackageCollector collector, Limits limits)
            throws LimpidException, JsonException {
        if ("CycloneDX".equals(root.string("bomFormat"))) {
            String version = version(root.string("specVersion"));
            if (!CYCLONE_DX.contains(version)) {
                throw unreadable("its CycloneDX version is " + version, READABLE);
            }
            CycloneDx.read(root, collector, limits);
            return new SbomDocument("CycloneDX " + version, collector.layers(), collector.inventory());
        }
        String spdx = root.string("spdxVersion");
        if (spdx != null && spdx.startsWith("SPDX-2.")) {
            Spdx.read(root, collector);
            return new SbomDocument(
                    "SPDX " + version(spdx.substring("SPDX-".length())), List.of(), collector.inventory());
        }
        if (spdx != null || root.value("@graph") != null) {
            throw unreadable(
                    "it is " + (spdx == null ? "SPDX 3 (JSON-LD)" : version(spdx)),
                    "convert it to SPDX 2.3 or CycloneDX JSON");
        }
        throw unreadable("it is neither CycloneDX nor SPDX", READABLE);
    }

    private static String version(@Nullable String text) {
        return text == null ? "unknown" : Printable.cut(text, SHOWN);
    }

    private static LimpidException unreadable(@Nullable String cause, String hint) {
        return new LimpidException(ErrorCode.NOT_AN_IMAGE, "cannot read the SBOM", cause, hint);
    }
}
