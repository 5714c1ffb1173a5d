package io.limpid.image;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses among images for several platforms as containerd does: a processor also runs what is made for its older variants. */
final class Platforms {
    private static final int NO_FIT = Integer.MAX_VALUE;
    /** Fits, but anything else that fits is better. */
    private static final int LAST = NO_FIT - 1;

    private static final int MAJOR = 1000;
    private static final Pattern VARIANT = Pattern.compile("v(\\d{1,2})(?:\\.(\\d{1,2}))?");
    /** Version 9.0 of Arm's architecture grew out of 8.5. */
    private static final int ARM_9_IS_8 = 5;

    private Platforms() {}

    /**
     * What the choice is among.
     *
     * @param what one of it is called, for messages: a digest
     * @param platforms what it runs on, several where it is listed several times; none when nothing says it
     */
    record Candidate<T>(T item, String what, Collection<Platform> platforms) {}

    /**
     * The candidate that fits best; a single candidate fits when no platform was asked for.
     *
     * @throws LimpidException when none fits, or two fit alike: programs differ in which of them they take
     */
    static <T> T choose(List<Candidate<T>> candidates, @Nullable Platform asked, String description)
            throws LimpidException {
        if (candidates.size() == 1
                && (asked == null || candidates.getFirst().platforms().isEmpty())) {
            return candidates.getFirst().item();
        }
        Platform wanted = asked == null ? Platform.ofThisMachine() : asked;
        int least = candidates.stream()
                .mapToInt(candidate -> distance(wanted, candidate))
                .min()
                .orElse(NO_FIT);
        if (least == NO_FIT) {
            throw noneFits(candidates, wanted, description);
        }
        List<Candidate<T>> best = candidates.stream()
                .filter(candidate -> distance(wanted, candidate) == least)
                .toList();
        if (best.size() > 1) {
            throw new LimpidException(
                    ErrorCode.AMBIGUOUS,
                    description + " holds " + best.size() + " images for " + wanted,
                    joined(best, Candidate::what),
                    "choose one with --image DIGEST");
        }
        return best.getFirst().item();
    }

    /** Whether an image for {@code offered} is what was asked for. */
    static boolean fits(Platform wanted, @Nullable Platform offered) {
        return offered == null || distance(wanted, offered) != NO_FIT;
    }

    /** Whether two platforms are one, or may be because something does not say what it runs on. */
    static boolean maybeSame(@Nullable Platform one, @Nullable Platform other) {
        return one == null || other == null || one.normalized().equals(other.normalized());
    }

    private static <T> LimpidException noneFits(List<Candidate<T>> candidates, Platform wanted, String description) {
        boolean lone = candidates.size() == 1;
        String there = joined(
                candidates,
                candidate -> candidate.platforms().isEmpty()
                        ? "one that does not say"
                        : candidate.platforms().stream().map(Platform::toString).collect(Collectors.joining(", ")));
        return new LimpidException(
                lone ? ErrorCode.NOT_FOUND : ErrorCode.AMBIGUOUS,
                description + " has no image for " + wanted,
                lone ? "its image is for " + there : "it has images for " + there,
                lone ? null : "choose one with --platform");
    }

    private static <T> String joined(List<Candidate<T>> candidates, Function<Candidate<T>, String> word) {
        return candidates.stream().map(word).distinct().collect(Collectors.joining(", "));
    }

    private static int distance(Platform wanted, Candidate<?> candidate) {
        return candidate.platforms().stream()
                .mapToInt(offered -> distance(wanted, offered))
                .min()
                .orElse(NO_FIT);
    }

    private static int distance(Platform wanted, Platform offered) {
        Platform want = wanted.normalized();
        Platform have = offered.normalized();
        if (!want.os().equals(have.os()) || !want.architecture().equals(have.architecture())) {
            return NO_FIT;
        }
        if (Objects.equals(want.variant(), have.variant())) {
            return 0;
        }
        int distance = distance(want.architecture(), variant(want), variant(have));
        // An image that names no variant may be older than the variants.
        return distance == NO_FIT && offered.variant() == null ? LAST : distance;
    }

    private static int distance(String architecture, int want, int have) {
        if (want < 0 || have < 0) {
            return NO_FIT;
        }
        int distance = want - have;
        if (!architecture.equals("arm64")) {
            return distance < 0 ? NO_FIT : distance;
        }
        boolean sameLine = want / MAJOR == have / MAJOR;
        boolean older = want / MAJOR == 9 && have / MAJOR == 8 && have % MAJOR <= want % MAJOR + ARM_9_IS_8;
        return distance >= 0 && (sameLine || older) ? distance : NO_FIT;
    }

    /** A number that grows with the variants, -1 where they have no order. */
    private static int variant(Platform normalized) {
        String variant = normalized.variant();
        if (variant == null) {
            return switch (normalized.architecture()) {
                case "arm64" -> 8 * MAJOR;
                case "amd64" -> MAJOR;
                default -> -1;
            };
        }
        Matcher matcher = VARIANT.matcher(variant);
        if (!matcher.matches()) {
            return -1;
        }
        String minor = matcher.group(2);
        return Integer.parseInt(matcher.group(1)) * MAJOR + (minor == null ? 0 : Integer.parseInt(minor));
    }
}
