package io.limpid.image;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses among images for several platforms as containerd does: a processor also runs what is made for its forerunners. */
final class Platforms {
    private static final int NO_FIT = Integer.MAX_VALUE;

    private Platforms() {}

    /**
     * The candidate that fits best; a single candidate fits when no platform was asked for.
     *
     * @throws LimpidException when none fits
     */
    static <T> T choose(
            List<T> candidates, Function<T, @Nullable Platform> platformOf, ImageRequest request, String description)
            throws LimpidException {
        if (candidates.size() == 1 && request.platform() == null) {
            return candidates.getFirst();
        }
        Platform asked = request.platform();
        Platform wanted = asked == null ? Platform.ofThisMachine() : asked;
        T best = candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(wanted, platformOf.apply(candidate))))
                .orElseThrow();
        // A lone candidate that does not say what it runs on is judged by its configuration later.
        boolean silent = candidates.size() == 1 && platformOf.apply(best) == null;
        if (!silent && distance(wanted, platformOf.apply(best)) == NO_FIT) {
            String there = candidates.stream()
                    .map(candidate -> String.valueOf(platformOf.apply(candidate)))
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new LimpidException(
                    ErrorCode.AMBIGUOUS,
                    description + " has no image for " + wanted,
                    "it has images for " + there,
                    "choose one with --platform");
        }
        return best;
    }

    /** Whether an image for {@code offered} is what was asked for. */
    static boolean fits(Platform wanted, @Nullable Platform offered) {
        return offered == null || distance(wanted, offered) != NO_FIT;
    }

    private static int distance(Platform wanted, @Nullable Platform offered) {
        if (offered == null
                || !wanted.os().equals(offered.os())
                || !wanted.architecture().equals(offered.architecture())) {
            return NO_FIT;
        }
        int want = variant(wanted);
        // An image that names no variant is one for all, or older than the variants.
        int have = offered.variant() == null ? Math.min(variant(offered), want) : variant(offered);
        // Without a wish for a variant the plainest is taken; with one, the highest that it can run.
        if (wanted.variant() == null) {
            return have;
        }
        return have > want ? NO_FIT : want - have;
    }

    private static int variant(Platform platform) {
        String variant = platform.variant();
        if (variant != null && variant.length() == 2 && variant.charAt(0) == 'v') {
            return variant.charAt(1) - '0';
        }
        return switch (platform.architecture()) {
            case "arm64" -> 8;
            case "arm" -> 7;
            default -> 1;
        };
    }
}
