package io.limpid.feedformat.csaf;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a document's product tree. */
final class ProductTreeReader {
    /** All are held; the largest real documents name some ten thousand. */
    private static final int PRODUCTS = 500_000;

    private final JsonStream json;
    private final CsafProducts products;

    ProductTreeReader(JsonStream json, CsafProducts products) {
        this.json = json;
        this.products = products;
    }

    void read() throws IOException {
        json.object(member -> {
            switch (member) {
                case "branches" ->
                    json.array(() -> branch().forEach(held -> add(held.product, held.outwards.reversed())));
                case "full_product_names" ->
                    json.array(() -> {
                        add(product(), List.of());
                        bound();
                    });
                case "relationships" -> json.array(this::relationship);
                case "product_groups" -> json.array(this::group);
                default -> {}
            }
        });
    }

    /** A branch; its category and name may come after what is in it, so that its products get their path when all of it is read. */
    private List<Held> branch() throws IOException {
        Branch branch = new Branch();
        json.object(member -> {
            switch (member) {
                case "category" -> branch.category = json.string();
                case "name" -> branch.name = json.string();
                case "product" -> branch.held.add(new Held(product(), new ArrayList<>()));
                case "branches" -> json.array(() -> branch.held.addAll(branch()));
                default -> {}
            }
        });
        CsafProduct.Branch own = new CsafProduct.Branch(branch.category, branch.name);
        branch.held.forEach(held -> held.outwards.add(own));
        if (branch.held.size() > PRODUCTS) {
            throw tooMany();
        }
        return branch.held;
    }

    private static final class Branch {
        private String category = "";
        private String name = "";
        private final List<Held> held = new ArrayList<>();
    }

    /**
     * A product while the branches around it are read.
     *
     * @param outwards those that are, the innermost first
     */
    private record Held(CsafProduct product, List<CsafProduct.Branch> outwards) {}

    private void add(CsafProduct product, List<CsafProduct.Branch> branches) {
        products.add(new CsafProduct(product.id(), product.name(), product.cpe(), product.purl(), branches));
    }

    private void bound() throws IOException {
        if (products.size() > PRODUCTS) {
            throw tooMany();
        }
    }

    private JsonException tooMany() {
        return json.error("more than " + PRODUCTS + " products");
    }

    private static final class Parts {
        private @Nullable String id;
        private String name = "";
        private @Nullable String cpe;
        private @Nullable CsafPurl purl;
        private @Nullable String part;
        private @Nullable String whole;
    }

    private CsafProduct product() throws IOException {
        Parts parts = new Parts();
        json.object(member -> member(parts, member));
        if (parts.id == null) {
            throw json.error("a product without \"product_id\"");
        }
        return new CsafProduct(parts.id, parts.name, parts.cpe, parts.purl, List.of());
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

    private static @Nullable CsafPurl purl(@Nullable String text) {
        return text == null ? null : CsafPurl.parse(text);
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
        products.relate(parts.id, parts.part, parts.whole);
        bound();
    }

    private void group() throws IOException {
        List<Integer> members = new ArrayList<>();
        Parts parts = new Parts();
        json.object(member -> {
            switch (member) {
                case "group_id" -> parts.id = json.string();
                case "product_ids" -> json.array(() -> members.add(products.number(json.string())));
                default -> {}
            }
        });
        if (parts.id != null) {
            products.group(parts.id, members.stream().mapToInt(Integer::intValue));
        }
        bound();
    }
}
