package io.limpid.feedformat.csaf;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Some of a document's products, by their numbers in {@link CsafProducts}; each once, in the order of the numbers. */
public final class ProductSet {
    /** What is said without naming products is said of all. */
    static final ProductSet ALL = new ProductSet(new int[0], true);

    static final ProductSet NONE = new ProductSet(new int[0], false);

    private final int[] sorted;
    private final boolean all;

    private ProductSet(int[] sorted, boolean all) {
        this.sorted = sorted;
        this.all = all;
    }

    static ProductSet of(IntStream numbers) {
        return new ProductSet(numbers.sorted().distinct().toArray(), false);
    }

    /** Whether all are meant, without being named. */
    boolean isAll() {
        return all;
    }

    /** How many are named. */
    int size() {
        return sorted.length;
    }

    /** Those that are named. */
    public IntStream stream() {
        return Arrays.stream(sorted);
    }
}
