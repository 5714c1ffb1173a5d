package io.limpid.match;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.InventoryPackage;
import io.limpid.model.KeyOrder;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.version.Answer;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes one answer of all that is said of one vulnerability in one package. */
final class Judgements {
    private static final int DAY_LENGTH = 10;
    private static final List<VersionRange> EVERY_VERSION = List.of(VersionRange.ALL);

    /** Which of two counts that agree on the fix, so that it is the same in whatever order they come. */
    private static final Comparator<Advisory> BY_STATE = KeyOrder.by(Advisory::state)
            .then(Advisory::feed)
            .then(Advisory::fixedVersion)
            .then(Advisory::url)
            .then(Advisory::note)
            .then(one -> one.affected().toString())
            .then(one -> one.subject().toString());

    /** Feeds that the publisher of another has too, by its name: of Chainguard's packages and Wolfi's one may be made from the other. */
    private static final Map<String, String> SAME_PUBLISHER = Map.of("wolfi", "chainguard");

    private Judgements() {}

    /**
     * The finding; empty when the package does not have the vulnerability.
     *
     * <p>A publisher that says that a package is not affected contradicts others, never itself: where its own documents differ, the worse counts.
     * But what it says of every version, that there is no fix, was said before it knew one, or before it found out that the package is not
     * affected: it does not count beside a fix, nor beside a newer denial, as long as these are about the same architectures.
     */
    static Optional<Finding> finding(
            InventoryPackage one,
            Installed installed,
            List<Judgement> said,
            Architectures architectures,
            VersionScheme scheme) {
        List<Judgement> counting = counting(current(said, architectures), architectures);
        Judgement worst = worst(counting, Answer.YES, scheme);
        if (worst == null) {
            worst = worst(counting, Answer.UNDECIDED, scheme);
        }
        return worst == null ? Optional.empty() : Optional.of(finding(one, installed, worst, said));
    }

    /** What is said and was not overtaken by what the same feed says of the same packages. */
    private static List<Judgement> current(List<Judgement> said, Architectures architectures) {
        if (said.size() == 1) {
            return said;
        }
        List<Judgement> current = new ArrayList<>();
        for (Judgement judgement : said) {
            List<AdvisorySubject> later = new ArrayList<>();
            for (Judgement other : said) {
                if (overtakes(other.advisory(), judgement.advisory())) {
                    later.add(other.advisory().subject());
                }
            }
            if (!architectures.cover(later, judgement.advisory().subject())) {
                current.add(judgement);
            }
        }
        return current;
    }

    private static boolean overtakes(Advisory later, Advisory earlier) {
        return earlier.fixedVersion() == null
                && earlier.affected().equals(EVERY_VERSION)
                && later.feed().equals(earlier.feed())
                && Objects.equals(later.subject().module(), earlier.subject().module())
                && Objects.equals(later.subject().builtFrom(), earlier.subject().builtFrom())
                && ((later.state() == FixState.FIXED && later.fixedVersion() != null)
                        || (later.state() == FixState.NOT_AFFECTED && isNewer(later.modified(), earlier.modified())));
    }

    /** Of days and moments, which both begin with the day: of two of one day neither is known to be newer. */
    private static boolean isNewer(@Nullable String one, @Nullable String other) {
        return one != null && other != null && day(one).compareTo(day(other)) > 0;
    }

    private static String day(String moment) {
        return moment.substring(0, Math.min(moment.length(), DAY_LENGTH));
    }

    /** What a finding may rest on: where a publisher denies it, only what that one says. */
    private static List<Judgement> counting(List<Judgement> said, Architectures architectures) {
        if (said.size() == 1) {
            // As nearly always: nobody is there to deny it.
            return FindingState.of(said.getFirst().advisory().state()).isPresent() ? said : List.of();
        }
        Set<String> affecting = new HashSet<>();
        for (Judgement judgement : said) {
            if (judgement.answer() == Answer.YES) {
                affecting.add(publisher(judgement.advisory()));
            }
        }
        Set<String> denying = new HashSet<>();
        for (Judgement judgement : said) {
            Advisory advisory = judgement.advisory();
            if (advisory.state() == FixState.NOT_AFFECTED
                    && architectures.cover(advisory.subject())
                    && !affecting.contains(publisher(advisory))) {
                denying.add(publisher(advisory));
            }
        }
        List<Judgement> counting = new ArrayList<>();
        for (Judgement judgement : said) {
            Advisory advisory = judgement.advisory();
            if ((denying.isEmpty() || denying.contains(publisher(advisory)))
                    && FindingState.of(advisory.state()).isPresent()) {
                counting.add(judgement);
            }
        }
        return counting;
    }

    private static String publisher(Advisory advisory) {
        return SAME_PUBLISHER.getOrDefault(advisory.feed(), advisory.feed());
    }

    /** Of those with this answer the one with the newest fix; one without a fix only where no other has one; of equals the worse state. */
    private static @Nullable Judgement worst(List<Judgement> said, Answer answer, VersionScheme scheme) {
        Judgement worst = null;
        for (Judgement judgement : said) {
            if (judgement.answer() == answer
                    && (worst == null || isWorse(judgement.advisory(), worst.advisory(), scheme))) {
                worst = judgement;
            }
        }
        return worst;
    }

    private static boolean isWorse(Advisory one, Advisory other, VersionScheme scheme) {
        String fixed = one.fixedVersion();
        String before = other.fixedVersion();
        Order order;
        if (fixed == null) {
            order = before == null ? Order.SAME : Order.BEFORE;
        } else {
            order = before == null ? Order.AFTER : scheme.compare(fixed, before);
        }
        return order == Order.AFTER || (order != Order.BEFORE && BY_STATE.compare(one, other) < 0);
    }

    private static Finding finding(
            InventoryPackage one, Installed installed, Judgement judgement, List<Judgement> said) {
        Advisory advisory = judgement.advisory();
        Set<String> aliases = new TreeSet<>();
        for (Judgement each : said) {
            aliases.addAll(each.advisory().aliases());
        }
        List<SeverityRating> severities = severities(judgement, said);
        SeverityRating rating = Finding.counting(severities);
        FindingState state = judgement.answer() == Answer.UNDECIDED
                ? FindingState.UNDECIDED
                : FindingState.of(advisory.state()).orElseThrow();
        return new Finding(
                advisory.id(),
                List.copyOf(aliases),
                one,
                rating == null ? Severity.UNKNOWN : rating.severity(),
                rating == null ? null : rating.source(),
                severities,
                state,
                advisory.fixedVersion(),
                advisory.feed(),
                advisory.url(),
                installed.comparison(judgement),
                advisory.note(),
                null);
    }

    /** How bad it is: what decided says it first, then what is about the installed version, then the rest. */
    private static List<SeverityRating> severities(Judgement deciding, List<Judgement> said) {
        Set<SeverityRating> rated = new LinkedHashSet<>(deciding.advisory().severities());
        for (Answer answer : List.of(Answer.YES, Answer.UNDECIDED, Answer.NO)) {
            for (Judgement each : said) {
                if (each.answer() == answer) {
                    rated.addAll(each.advisory().severities());
                }
            }
        }
        return List.copyOf(rated);
    }
}
