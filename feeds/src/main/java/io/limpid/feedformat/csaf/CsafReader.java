package io.limpid.feedformat.csaf;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSAF 2.0 documents, which say of the products of a publisher which vulnerabilities they have.
 *
 * <p>One document is held as a whole, because what its first part names is only explained by its last; its bytes are bounded. What of it no
 * advisory is made of is passed over.
 */
public final class CsafReader {
    /** The largest real ones, SUSE's of kernels, have a third of it. */
    private static final long DOCUMENT_BYTES = 64L << 20;

    private final JsonStream json;
    private final CsafProducts products = new CsafProducts();
    private final VulnerabilityReader vulnerabilities;
    private @Nullable String category;
    private @Nullable String version;
    private @Nullable String id;
    private @Nullable String severity;
    private @Nullable String released;
    private @Nullable String modified;

    private CsafReader(JsonStream json) {
        this.json = json;
        this.vulnerabilities = new VulnerabilityReader(json, products);
    }

    /**
     * Reads one, such as the member of an archive; the stream is not closed.
     *
     * @throws JsonException when it is none
     * @throws IOException when the stream cannot be read
     */
    public static CsafDocument read(InputStream in, Limits limits) throws IOException {
        List<CsafDocument> read = new ArrayList<>();
        JsonStream.read(
                in,
                Math.min(DOCUMENT_BYTES, limits.feedPlainBytes()),
                limits,
                json -> read.add(new CsafReader(json).document()));
        return read.getFirst();
    }

    private CsafDocument document() throws IOException {
        json.object(member -> {
            switch (member) {
                case "document" -> json.object(this::about);
                case "product_tree" -> new ProductTreeReader(json, products).read();
                case "vulnerabilities" -> vulnerabilities.read();
                default -> {}
            }
        });
        if (category == null || !category.startsWith("csaf_") || version == null || id == null) {
            throw json.error("it is no CSAF document: it has no category, version or id of one");
        }
        if (!version.startsWith("2.")) {
            throw json.error("it is of version " + version + " of CSAF, of which nothing is known");
        }
        return new CsafDocument(
                category, id, severity, released, modified, products, vulnerabilities.vulnerabilities());
    }

    private void about(String member) throws IOException {
        switch (member) {
            case "category" -> category = json.stringOrNull();
            case "csaf_version" -> version = json.stringOrNull();
            case "aggregate_severity" ->
                json.object(inner -> severity = inner.equals("text") ? json.stringOrNull() : severity);
            case "tracking" -> json.object(this::tracking);
            default -> {}
        }
    }

    private void tracking(String member) throws IOException {
        switch (member) {
            case "id" -> id = json.stringOrNull();
            case "initial_release_date" -> released = json.stringOrNull();
            case "current_release_date" -> modified = json.stringOrNull();
            default -> {}
        }
    }
}
