package io.limpid.match;

import io.limpid.model.AdvisorySubject;
import io.limpid.model.Package;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The architectures that a package may be of.
 *
 * <p>Mostly that is one, and what concerns the package at all is about it. Where nothing tells, or the package was built for all and may be replaced by a
 * build for one, what is said of some architectures may be about others than those that matter.
 */
final class Architectures {
    static final String NOARCH = "noarch";

    /** Whether it is one. */
    private final boolean known;

    private final List<AdvisorySubject> subjects;

    /**
     * @param said all that is said of the package, of whatever vulnerability
     */
    Architectures(Package value, List<Judgement> said) {
        known = value.arch() != null && !value.arch().equals(NOARCH);
        List<AdvisorySubject> all = new ArrayList<>();
        if (!known) {
            said.forEach(judgement -> all.add(judgement.advisory().subject()));
        }
        subjects = all;
    }

    /**
     * Whether some statements together are about all architectures that another is about.
     *
     * <p>One that names none is about those that the publisher has the package for, where the others are from: it has said so some time.
     */
    boolean cover(List<AdvisorySubject> some, AdvisorySubject other) {
        if (known || some.stream().anyMatch(one -> one.arches().isEmpty())) {
            return !some.isEmpty();
        }
        Set<String> covered = named(some);
        return !covered.isEmpty() && covered.containsAll(other.arches().isEmpty() ? all(some) : named(List.of(other)));
    }

    /** Whether a statement is about the package, whichever of the architectures it is of. */
    boolean cover(AdvisorySubject one) {
        return known || one.arches().isEmpty();
    }

    private Set<String> all(List<AdvisorySubject> some) {
        Set<List<String>> places = new HashSet<>();
        some.forEach(one -> places.add(one.repositories()));
        return named(subjects.stream()
                .filter(one -> places.contains(one.repositories()))
                .toList());
    }

    private static Set<String> named(List<AdvisorySubject> some) {
        Set<String> named = new HashSet<>();
        some.forEach(one -> named.addAll(one.arches()));
        // Builds for none are named beside those that may replace them.
        named.remove(NOARCH);
        return named;
    }
}
