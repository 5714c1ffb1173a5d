package io.limpid.match;

import io.limpid.match.Judgement.Answer;
import io.limpid.model.Advisory;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes one answer of all that is said of one vulnerability in one package. */
final class Judgements {
    private Judgements() {}

    /**
     * The finding; empty when the package does not have the vulnerability.
     *
     * <p>A feed that says that a package is not affected contradicts other feeds, never itself: where its own documents differ, the worse counts.
     */
    static Optional<Finding> finding(InventoryPackage one, List<Judgement> said, VersionScheme scheme) {
        Set<String> affecting = said.stream()
                .filter(judgement -> judgement.answer() == Answer.YES)
                .map(judgement -> judgement.advisory().feed())
                .collect(Collectors.toSet());
        Set<String> denying = said.stream()
                .filter(judgement -> judgement.advisory().state() == FixState.NOT_AFFECTED)
                .map(judgement -> judgement.advisory().feed())
                .filter(feed -> !affecting.contains(feed))
                .collect(Collectors.toSet());
        List<Judgement> counting = said.stream()
                .filter(judgement -> denying.isEmpty()
                        || denying.contains(judgement.advisory().feed()))
                .filter(judgement ->
                        FindingState.of(judgement.advisory().state()).isPresent())
                .toList();
        return worst(counting, Answer.YES, scheme)
                .or(() -> worst(counting, Answer.UNDECIDED, scheme))
                .map(judgement -> finding(one, judgement, said));
    }

    /** Of those with this answer the one with the newest fix; one without a fix only where no other has one. */
    private static Optional<Judgement> worst(List<Judgement> said, Answer answer, VersionScheme scheme) {
        return said.stream()
                .filter(judgement -> judgement.answer() == answer)
                .reduce((first, second) -> isWorse(second.advisory(), first.advisory(), scheme) ? second : first);
    }

    private static boolean isWorse(Advisory one, Advisory other, VersionScheme scheme) {
        String fixed = one.fixedVersion();
        String before = other.fixedVersion();
        if (fixed == null || before == null) {
            return fixed != null && before == null;
        }
        return scheme.compare(fixed, before) == Order.AFTER;
    }

    private static Finding finding(InventoryPackage one, Judgement judgement, List<Judgement> said) {
        Advisory advisory = judgement.advisory();
        List<SeverityRating> severities = said.stream()
                .flatMap(each -> each.advisory().severities().stream())
                .distinct()
                .toList();
        SeverityRating rating = rating(severities);
        Set<String> aliases = said.stream()
                .flatMap(each -> each.advisory().aliases().stream())
                .collect(Collectors.toCollection(TreeSet::new));
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
                judgement.comparison(),
                advisory.note(),
                null);
    }

    /** The first that says something, the publisher's own standing first; else the first. */
    private static @Nullable SeverityRating rating(List<SeverityRating> severities) {
        return severities.stream()
                .filter(rating -> rating.severity() != Severity.UNKNOWN)
                .findFirst()
                .orElse(severities.isEmpty() ? null : severities.getFirst());
    }
}
