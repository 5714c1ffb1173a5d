package io.limpid.feed.rocky;

import io.limpid.feedformat.updateinfo.ErratumAdvisories.Scope;
import io.limpid.feedformat.updateinfo.ModularErrata;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The products that errata are about, each with the errata of its own. */
final class Products {
    /** {@code Rocky Linux 8}, {@code Rocky Linux SIG Cloud 9}. */
    private static final Pattern PRODUCT = Pattern.compile(
            "Rocky Linux (?:SIG ([A-Za-z]{1,30}) )?([1-9][0-9]?)(?:\\.[0-9]{1,3})?(?: [a-z0-9_]{1,20})?");

    private final Function<Product, ModularErrata> errata;
    private final Map<Product, ModularErrata> known = new LinkedHashMap<>();

    /**
     * A product.
     *
     * @param release the release: {@code 8}
     * @param group the special interest group whose builds are meant, as their release strings have it ({@code cloud}); empty for the distribution's own
     */
    record Product(String release, String group) {

        /** Which packages its builds replace: a group's only builds of the same group. */
        Scope scope() {
            return new Scope(RockyFeed.ID + ":" + release, List.of(), group.isEmpty() ? "" : "." + group);
        }
    }

    /** Products whose errata go where this says. */
    Products(Function<Product, ModularErrata> errata) {
        this.errata = errata;
    }

    /** The errata of the product that is called so; null when there is no such product. */
    @Nullable
    ModularErrata errata(String name) {
        Matcher product = PRODUCT.matcher(name);
        if (!product.matches()) {
            return null;
        }
        String group = product.group(1) == null ? "" : product.group(1).toLowerCase(Locale.ROOT);
        return known.computeIfAbsent(new Product(product.group(2), group), errata);
    }

    /** The errata of all products that there were, in their order. */
    Collection<ModularErrata> all() {
        return known.values();
    }
}
