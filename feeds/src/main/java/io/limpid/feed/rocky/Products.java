package io.limpid.feed.rocky;

import io.limpid.feed.PartReading;
import io.limpid.feedformat.updateinfo.Erratum;
import io.limpid.feedformat.updateinfo.ErratumAdvisories.Scope;
import io.limpid.feedformat.updateinfo.ModularErrata;
import io.limpid.feedformat.updateinfo.RpmBuild;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The products that errata are about, each with the errata of its own. */
final class Products {
    /** {@code Rocky Linux 8}, {@code Rocky Linux SIG Cloud 9}. */
    private static final Pattern PRODUCT = Pattern.compile(
            "Rocky Linux (?:SIG ([A-Za-z]{1,30}) )?([1-9][0-9]?)(?:\\.[0-9]{1,3})?(?: [a-z0-9_]{1,20})?");

    private static final Set<String> TOLD = Set.of("cloud", "security");

    private static final String OF_A_GROUP = "RXSA-";
    /** {@code 4.18.0-425.10.1.el8_7.cloud.0.1}. */
    private static final Pattern GROUP = Pattern.compile("\\.el[0-9]{1,2}(?:_[0-9]{1,3})?\\.([a-z]{3,30})");

    private final Function<Product, ModularErrata> errata;
    private final Map<Product, ModularErrata> known = new LinkedHashMap<>();
    private final Covered covered = new Covered();
    /** What others have said already. */
    private @Nullable Covered before;

    /**
     * A product.
     *
     * @param release the release: {@code 8}
     * @param group the special interest group whose builds are meant, as their release strings have it ({@code cloud}); empty for the distribution's own
     */
    record Product(String release, String group) {

        /** Which packages its builds replace: where their release strings tell a group's from others, only those of the group. */
        Scope scope() {
            return new Scope(RockyFeed.ID + ":" + release, List.of(), TOLD.contains(group) ? group : "");
        }
    }

    /** Products whose errata go where this says. */
    Products(Function<Product, ModularErrata> errata) {
        this.errata = errata;
    }

    /** Hands an erratum on to the product that is called so. */
    void take(String name, Erratum erratum, String document, PartReading reading) throws IOException {
        Matcher product = PRODUCT.matcher(name);
        if (!product.matches()) {
            reading.skip(document + ", " + erratum.id(), "not a product of Rocky Linux: " + name);
            return;
        }
        String group = product.group(1) == null ? group(erratum) : product.group(1);
        take(new Product(product.group(2), group.toLowerCase(Locale.ROOT)), erratum);
    }

    private void take(Product product, Erratum erratum) throws IOException {
        covered.add(product, erratum);
        Erratum told = before == null ? erratum : before.rest(product, erratum);
        if (told != null) {
            known.computeIfAbsent(product, errata).take(told);
        }
    }

    /** The group whose erratum names no group, by its builds. */
    private static String group(Erratum erratum) {
        if (erratum.id().startsWith(OF_A_GROUP)) {
            for (RpmBuild build : erratum.builds()) {
                Matcher group = GROUP.matcher(build.version());
                if (group.find()) {
                    return group.group(1);
                }
            }
        }
        return "";
    }

    /** Leaves out what others have said, and learns from them of which module streams builds are. */
    void follow(Products others) {
        before = others.covered;
        others.known.forEach(
                (product, of) -> known.put(product, errata.apply(product).knowing(of)));
    }

    /** All errata were read. */
    void end() throws IOException {
        for (ModularErrata of : known.values()) {
            of.end();
        }
    }
}
