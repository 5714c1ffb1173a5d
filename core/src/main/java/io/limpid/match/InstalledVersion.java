package io.limpid.match;

import io.limpid.model.VersionRange;
import io.limpid.version.Answer;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the two versions of an installed package, as it stands to those that advisories speak of.
 *
 * <p>What an rpm was built from is known by a file name, which has no epoch: it is that of the package where that has the version of its source, else
 * nobody knows it. Nor do all publishers know it of source packages: Azure Linux has {@code 0:} before every version. Where one side has no epoch to
 * compare, both are compared without: a fix and what it mends are of one release, in which an epoch is all but never raised.
 */
final class InstalledVersion {
    private final String text;
    /** What is compared: the text, or the version that it was made from. */
    private final String base;

    private final VersionScheme scheme;
    private final Epoch epoch;
    private final boolean isDebranded;
    /** How it stands to others: thousands of advisories on a kernel were fixed in a few hundred versions. */
    private final Map<String, Order> known = new HashMap<>();

    /** What is known of its epoch. */
    private enum Epoch {
        /** It is what the version says, and so is that of every other version. */
        TOLD,
        /** It is what the version says; one that has none may lack it. */
        LIKELY,
        UNKNOWN,
        /** It is that of another line of builds. */
        FOREIGN
    }

    private InstalledVersion(String text, String base, VersionScheme scheme, Epoch epoch) {
        this.text = text;
        this.base = base;
        this.scheme = scheme;
        this.epoch = epoch;
        isDebranded = DebrandedBuild.is(base);
    }

    private InstalledVersion(String text, VersionScheme scheme, Epoch epoch) {
        this(text, text, scheme, epoch);
    }

    /** One whose epoch, where there are any, is known. */
    static InstalledVersion of(String text, VersionScheme scheme) {
        return new InstalledVersion(text, scheme, Epoch.TOLD);
    }

    /**
     * The same as it stands to the usual builds, where it is of another line that was made from one of those.
     *
     * @param usual the version of that one: what it has is there too, and of what is newer nobody knows
     */
    InstalledVersion madeFrom(String usual) {
        return new InstalledVersion(text, usual, scheme, Epoch.FOREIGN);
    }

    /**
     * That of the source of an rpm.
     *
     * @param source as its file name or another document has it
     * @param binary the package's own
     */
    static InstalledVersion ofSource(String source, String binary, VersionScheme scheme) {
        if (source.indexOf(':') >= 0 || source.equals(binary)) {
            return new InstalledVersion(source, scheme, Epoch.LIKELY);
        }
        return withoutEpoch(binary).equals(source)
                ? new InstalledVersion(binary, scheme, Epoch.LIKELY)
                : new InstalledVersion(source, scheme, Epoch.UNKNOWN);
    }

    String text() {
        return text;
    }

    /** Whether it is in a range. */
    Answer within(VersionRange range) {
        return Answer.within(range, this::order);
    }

    /** How it stands to a bound. */
    Order order(String bound) {
        Order order = known.get(bound);
        if (order == null) {
            order = compare(bound);
            if (epoch == Epoch.FOREIGN && order == Order.BEFORE) {
                order = Order.UNDECIDED;
            }
            known.put(bound, order);
        }
        return order;
    }

    private Order compare(String bound) {
        String left = base;
        String right = bound;
        if (isWithoutEpoch(bound)) {
            left = withoutEpoch(left);
            right = withoutEpoch(right);
        }
        return isDebranded
                ? scheme.compare(DebrandedBuild.beside(left, right), DebrandedBuild.of(right))
                : scheme.compare(left, right);
    }

    /** What is compared with the ends of a range, for people. */
    String comparison(VersionRange range) {
        String introduced = range.introduced();
        String end = end(range);
        StringBuilder comparison = new StringBuilder();
        if (introduced != null) {
            comparison
                    .append(shown(introduced, introduced))
                    .append(from(order(introduced)))
                    .append(shown(text, introduced));
            comparison.append(end == null ? "" : " and ");
        }
        if (end != null) {
            comparison
                    .append(shown(text, end))
                    .append(to(order(end), range.lastAffected() != null))
                    .append(shown(end, end));
        }
        return comparison.isEmpty() ? text + ", as every version" : comparison.toString();
    }

    private static @Nullable String end(VersionRange range) {
        return range.fixed() != null ? range.fixed() : range.lastAffected();
    }

    private String shown(String version, String bound) {
        return epoch != Epoch.FOREIGN && isWithoutEpoch(bound) ? withoutEpoch(version) : version;
    }

    private static String from(Order order) {
        return switch (order) {
            case BEFORE -> " > ";
            case SAME -> " = ";
            case AFTER -> " <= ";
            case UNDECIDED -> " ? ";
        };
    }

    private static String to(Order order, boolean orSame) {
        return switch (order) {
            case BEFORE -> orSame ? " <= " : " < ";
            case SAME -> " = ";
            case AFTER -> " > ";
            case UNDECIDED -> " ? ";
        };
    }

    private boolean isWithoutEpoch(String bound) {
        return switch (epoch) {
            case TOLD -> false;
            case LIKELY -> hasEpoch(text) && !hasEpoch(bound);
            case UNKNOWN -> hasEpoch(bound);
            case FOREIGN -> true;
        };
    }

    /** Whether there is an epoch; rpm does not tell 0 from none. */
    private static boolean hasEpoch(String version) {
        int length = epochLength(version);
        for (int i = 0; i < length; i++) {
            if (version.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private static String withoutEpoch(String version) {
        int length = epochLength(version);
        return length == 0 ? version : version.substring(length + 1);
    }

    /** How many digits stand before a first colon; 0 where something else does. */
    private static int epochLength(String version) {
        int colon = Math.max(version.indexOf(':'), 0);
        for (int i = 0; i < colon; i++) {
            if (version.charAt(i) < '0' || version.charAt(i) > '9') {
                return 0;
            }
        }
        return colon;
    }
}
