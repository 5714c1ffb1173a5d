package io.limpid.feedformat.csaf;

import io.limpid.feedformat.purl.Purl;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a document's product tree. */
final class ProductTreeReader {
    private final JsonStream json;
    private final CsafProducts products;

    ProductTreeReader(JsonStream json, CsafProducts products) {
        this.json = json;
        this.products = products;
    }

    void read() throws IOException {
        json.object(member -> {
            switch (member) {
                case "branches" -> json.array(this::branch);
                case "full_product_names" -> json.array(() -> products.add(product(), json));
                case "relationships" -> json.array(this::relationship);
                case "product_groups" -> json.array(this::group);
                default -> {}
            }
        });
    }

    /** A branch: of its products nobody asks on which path they are. */
    private void branch() throws IOException {
        json.object(member -> {
            switch (member) {
                case "product" -> products.add(product(), json);
                case "branches" -> json.array(this::branch);
                default -> {}
            }
        });
    }

    private static final class Parts {
        private @Nullable String id;
        private String name = "";
        private @Nullable String cpe;
        private @Nullable Purl purl;
        private @Nullable String part;
        private @Nullable String whole;
    }

    private CsafProduct product() throws IOException {
        Parts parts = new Parts();
        json.object(member -> member(parts, member));
        if (parts.id == null) {
            throw json.error("a product without \"product_id\"");
        }
        return new CsafProduct(parts.id, parts.name, parts.cpe, parts.purl);
    }

    private void member(Parts parts, String member) throws IOException {
        switch (member) {
            case "product_id" -> parts.id = json.string();
            case "name" -> parts.name = json.string();
            case "product_identification_helper" ->
                json.object(helper -> {
                    switch (helper) {
                        case "cpe" -> parts.cpe = json.stringOrNull();
                        case "purl" -> parts.purl = purl(json.stringOrNull());
                        default -> {}
                    }
                });
            default -> {}
        }
    }

    private static @Nullable Purl purl(@Nullable String text) {
        return text == null ? null : Purl.parse(text);
    }

    private void relationship() throws IOException {
        Parts parts = new Parts();
        json.object(member -> {
            switch (member) {
                case "product_reference" -> parts.part = json.string();
                case "relates_to_product_reference" -> parts.whole = json.string();
                case "full_product_name" -> json.object(inner -> member(parts, inner));
                default -> {}
            }
        });
        if (parts.id == null || parts.part == null || parts.whole == null) {
            throw json.error("a relationship that does not say of which products");
        }
        products.relate(parts.id, parts.part, parts.whole, json);
    }

    private void group() throws IOException {
        List<Integer> members = new ArrayList<>();
        Parts parts = new Parts();
        json.object(member -> {
            switch (member) {
                case "group_id" -> parts.id = json.string();
                case "product_ids" -> json.array(() -> members.add(products.number(json.string(), json)));
                default -> {}
            }
        });
        if (parts.id != null) {
            products.group(parts.id, members.stream().mapToInt(Integer::intValue));
        }
    }
}
