package io.limpid.server.chaos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What may be stored of something that one client alone changes: what was acknowledged last, or what was asked after it without an answer.
 *
 * @param <S> all that is stored of it
 */
final class Known<S> {
    private static final int REMEMBERED = 12;

    private final String name;
    private final Deque<String> history = new ArrayDeque<>();
    private Set<S> possible;

    Known(String name, S first) {
        this.name = name;
        this.possible = Set.of(first);
    }

    String name() {
        return name;
    }

    /** Whether all that may be stored is so. */
    boolean always(Predicate<S> predicate) {
        return possible.stream().allMatch(predicate);
    }

    /** What may be stored; the first is what was acknowledged last. */
    S likely() {
        return possible.iterator().next();
    }

    /** Nobody knows whether it was done. */
    void unknown(Write<S> write, String answer) {
        remember(write + " -> " + answer);
        Set<S> after = new LinkedHashSet<>(possible);
        possible.stream().filter(write.finds()).map(write.effect()).forEach(after::add);
        possible = after;
    }

    /** It was done; says what is wrong with that. */
    Optional<String> done(Write<S> write) {
        return narrowed(
                write + " -> done",
                possible.stream().filter(write.finds()).map(write.effect()).toList());
    }

    /** There was nothing to be changed; says what is wrong with that. */
    Optional<String> missing(Write<S> write) {
        return narrowed(
                write + " -> 404",
                possible.stream().filter(write.finds().negate()).toList());
    }

    private Optional<String> narrowed(String event, List<S> after) {
        remember(event);
        if (after.isEmpty()) {
            return Optional.of(name + ": " + event + ", but it was one of " + possible + "; " + history);
        }
        possible = new LinkedHashSet<>(after);
        return Optional.empty();
    }

    /** What is wrong with what a server tells of it. */
    Optional<String> compared(S found) {
        return possible.contains(found)
                ? Optional.empty()
                : Optional.of(name + " is " + found + ", not one of " + possible + "; " + history);
    }

    private void remember(String event) {
        history.add(event);
        if (history.size() > REMEMBERED) {
            history.remove();
        }
    }
}
