package io.limpid.feedformat.csaf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of products in one respect: of several things that are said of one, the first counts.
 *
 * <p>Everything may be said of each of very many products one by one; so it is sorted by product, once somebody asks.
 *
 * @param <T> what is said
 */
public final class ByProduct<T> {
    private static final int NUMBER_BITS = 32;

    private final List<T> said = new ArrayList<>();
    private final List<ProductSet> products = new ArrayList<>();
    /** What is said of which product: the product's number, and below it the place in the list. */
    private long @Nullable [] sorted;

    private int ofAll = Integer.MAX_VALUE;

    /** Adds something that is said of some products. */
    public void add(ProductSet of, T what) {
        said.add(what);
        products.add(of);
        sorted = null;
    }

    /** What is said of a product, null when nothing is. */
    public @Nullable T of(int product) {
        long[] all = sorted == null ? sort() : sorted;
        long least = (long) product << NUMBER_BITS;
        int at = Arrays.binarySearch(all, least);
        at = at < 0 ? -at - 1 : at;
        boolean found = at < all.length && all[at] >> NUMBER_BITS == product;
        int place = Math.min(found ? (int) all[at] : Integer.MAX_VALUE, ofAll);
        return place == Integer.MAX_VALUE ? null : said.get(place);
    }

    private long[] sort() {
        int pairs = 0;
        for (ProductSet of : products) {
            pairs += of.size();
        }
        long[] all = new long[pairs];
        int count = 0;
        for (int place = 0; place < products.size(); place++) {
            if (products.get(place).isAll()) {
                ofAll = Math.min(ofAll, place);
            }
            for (int product : products.get(place).stream().toArray()) {
                all[count++] = ((long) product << NUMBER_BITS) | place;
            }
        }
        Arrays.sort(all);
        sorted = all;
        return all;
    }
}
