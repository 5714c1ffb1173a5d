package io.limpid.version;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever two texts are compared, every scheme has an answer, the other way round the opposite one, and one hash for what is the same. */
final class VersionFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyTwo(byte[] pair) {
        // The batch command reads bytes as these characters too.
        String text = new String(pair, StandardCharsets.ISO_8859_1);
        int tab = Math.max(text.indexOf('\t'), 0);
        String left = text.substring(0, tab);
        String right = text.substring(Math.min(tab + 1, text.length()));
        for (VersionScheme scheme : VersionSchemes.all()) {
            Order order = scheme.compare(left, right);
            if (scheme.compare(right, left) != opposite(order)) {
                throw new AssertionError(scheme.id() + " has no opposite of " + order);
            }
            try {
                compare(scheme.parse(left), scheme.parse(right), scheme.id());
            } catch (InvalidVersionException e) {
                if (order != Order.UNDECIDED) {
                    throw new AssertionError(scheme.id() + " decides what it cannot read", e);
                }
            }
        }
    }

    private static void compare(Version left, Version right, String id) {
        int order = left.compareTo(right);
        if (Integer.signum(order) != -Integer.signum(right.compareTo(left))) {
            throw new AssertionError(id + ": the order depends on the side");
        }
        boolean same = left.equals(right);
        if (same != (order == 0) || (same && left.hashCode() != right.hashCode())) {
            throw new AssertionError(id + ": equals and hashCode do not go with the order");
        }
    }

    private static Order opposite(Order order) {
        return switch (order) {
            case BEFORE -> Order.AFTER;
            case AFTER -> Order.BEFORE;
            case SAME, UNDECIDED -> order;
        };
    }
}
