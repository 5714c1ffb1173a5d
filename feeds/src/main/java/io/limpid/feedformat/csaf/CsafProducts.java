package io.limpid.feedformat.csaf;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The products that a document names: those of its tree, and those that it makes of two by a relationship.
 *
 * <p>Every id has a number from where it is first met on, so that the document's parts may come in any order.
 */
public final class CsafProducts {
    /** How deep a part may be in others: package, module, platform are three. */
    private static final int DEPTH = 10;

    /** All are held; the largest real documents name some ten thousand. */
    private static final int MOST = 500_000;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final Map<Integer, CsafProduct> products = new HashMap<>();
    private final Map<Integer, Relationship> relationships = new HashMap<>();
    private final Map<String, ProductSet> groups = new HashMap<>();

    private record Relationship(int part, int whole) {}

    /** What the reader fills. */
    CsafProducts() {}

    /**
     * The number of an id, a new one where it was not met before.
     *
     * @param at where it is, for the message
     * @throws JsonException when there are more than any document has
     */
    int number(String id, JsonStream at) throws JsonException {
        Integer known = numbers.putIfAbsent(id, ids.size());
        if (known != null) {
            return known;
        }
        ids.add(id);
        if (ids.size() > MOST) {
            throw at.error("more than " + MOST + " products");
        }
        return ids.size() - 1;
    }

    /** Of two products with one id the first counts: real documents repeat them. */
    void add(CsafProduct product, JsonStream at) throws JsonException {
        products.putIfAbsent(number(product.id(), at), product);
    }

    void relate(String id, String part, String whole, JsonStream at) throws JsonException {
        relationships.putIfAbsent(number(id, at), new Relationship(number(part, at), number(whole, at)));
    }

    void group(String name, IntStream members) {
        groups.putIfAbsent(name, ProductSet.of(members));
    }

    ProductSet group(String name) {
        return groups.getOrDefault(name, ProductSet.NONE);
    }

    /** The id of the product with this number. */
    public String id(int number) {
        return ids.get(number);
    }

    /** What the product with this number is; null when the document does not say it. */
    public @Nullable CsafComponent component(int number) {
        CsafProduct part = innermost(number);
        if (part == null) {
            return null;
        }
        List<CsafProduct> around = new ArrayList<>();
        int at = number;
        for (int depth = 0; depth < DEPTH; depth++) {
            Relationship relationship = relationships.get(at);
            if (relationship == null) {
                CsafProduct platform = at == number ? null : products.get(at);
                return at != number && platform == null ? null : new CsafComponent(id(number), part, around, platform);
            }
            if (at != number) {
                CsafProduct module = innermost(relationship.part);
                if (module == null) {
                    return null;
                }
                around.add(module);
            }
            at = relationship.whole;
        }
        return null;
    }

    private @Nullable CsafProduct innermost(int number) {
        int at = number;
        for (int depth = 0; depth < DEPTH; depth++) {
            Relationship relationship = relationships.get(at);
            if (relationship == null) {
                return products.get(at);
            }
            at = relationship.part;
        }
        return null;
    }
}
