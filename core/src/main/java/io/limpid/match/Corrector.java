package io.limpid.match;

import io.limpid.model.AppliedCorrection;
import io.limpid.model.AppliedCorrection.Effect;
import io.limpid.model.Corrected;
import io.limpid.model.Correction;
import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.version.Answer;
import io.limpid.version.Standing;
import io.limpid.version.VersionScheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies local corrections to what the publishers' advisories say of an inventory.
 *
 * <p>Of several corrections on one vulnerability in one package the first counts. One whose versions cannot be compared with the installed one changes and denies
 * nothing; where it states a vulnerability, that is undecided.
 */
public final class Corrector {
    /** What stands for the feed of a finding that no publisher states, and for who rates one anew. */
    public static final String SOURCE = "overrides";

    private final List<Correction> corrections;
    private final ComparedPackages compared;
    private final LocalDate today;

    /**
     * Applies these corrections.
     *
     * @param schemes compare versions, each those of the packages whose types it names
     * @param today the day on which they must still hold
     */
    public Corrector(List<Correction> corrections, List<VersionScheme> schemes, LocalDate today) {
        this.corrections = List.copyOf(corrections);
        compared = new ComparedPackages(schemes);
        this.today = today;
    }

    /** One that changes nothing. */
    public static Corrector none() {
        return new Corrector(List.of(), List.of(), LocalDate.EPOCH);
    }

    /** The findings as the corrections leave them, and what became of each correction. */
    public CorrectedFindings correct(Inventory inventory, List<Finding> findings) {
        return corrections.isEmpty()
                ? new CorrectedFindings(findings, List.of())
                : new Correcting(inventory, findings).correct();
    }

    /** A vulnerability in a package, by one of its names. */
    private record Place(InventoryPackage installed, String id) {}

    /** A correction while it is applied. */
    private static final class Trace {
        private final Correction correction;
        private final @Nullable Effect put;
        private final List<Finding> denied = new ArrayList<>();
        private int changed;
        private int added;
        private boolean undecided;
        private boolean matched;

        Trace(Correction correction, @Nullable Effect put) {
            this.correction = correction;
            this.put = put;
        }

        AppliedCorrection told() {
            Effect effect = Effect.NO_MATCH;
            if (put != null) {
                effect = put;
            } else if (changed + added + denied.size() > 0) {
                effect = Effect.APPLIED;
            } else if (undecided) {
                effect = Effect.UNDECIDED;
            } else if (matched) {
                effect = Effect.NO_CHANGE;
            }
            return new AppliedCorrection(correction, effect, changed, added, denied);
        }
    }

    /** One application. */
    private final class Correcting {
        private final Inventory inventory;
        private final List<Finding> before;
        private final CorrectionScope scope = new CorrectionScope(compared);
        private final List<Finding> after = new ArrayList<>();
        private final List<Trace> traces = new ArrayList<>();
        private final Map<String, List<Trace>> byId = new HashMap<>();

        Correcting(Inventory inventory, List<Finding> before) {
            this.inventory = inventory;
            this.before = before;
            for (Correction correction : corrections) {
                Trace trace = new Trace(correction, setAside(correction));
                traces.add(trace);
                if (trace.put == null) {
                    byId.computeIfAbsent(Correction.key(correction.id()), _ -> new ArrayList<>())
                            .add(trace);
                }
            }
        }

        /** Why a correction is not for this inventory or day, null when it is. */
        private @Nullable Effect setAside(Correction correction) {
            Distro distro = inventory.distro();
            if (correction.namespace() != null
                    && (distro == null || !correction.namespace().equals(distro.namespace()))) {
                return Effect.OTHER_RELEASE;
            }
            return correction.holdsOn(today) ? null : Effect.EXPIRED;
        }

        CorrectedFindings correct() {
            for (Finding finding : before) {
                correct(finding);
            }
            add();
            return new CorrectedFindings(after, traces.stream().map(Trace::told).toList());
        }

        private void correct(Finding finding) {
            boolean claimed = false;
            for (Trace trace : about(finding)) {
                Standing standing = scope.standing(trace.correction, finding.affected());
                if (standing == null || standing.within() == Answer.NO) {
                    continue;
                }
                trace.matched = true;
                if (claimed) {
                    continue;
                }
                if (standing.isUndecided()) {
                    trace.undecided = true;
                    continue;
                }
                claimed = true;
                apply(trace, finding, standing.denies() == Answer.YES);
            }
            if (!claimed) {
                after.add(finding);
            }
        }

        /** The corrections on any of its names, in the order of the file. */
        private List<Trace> about(Finding finding) {
            if (finding.aliases().isEmpty()) {
                return byId.getOrDefault(Correction.key(finding.id()), List.of());
            }
            Set<Trace> some = new HashSet<>(byId.getOrDefault(Correction.key(finding.id()), List.of()));
            finding.aliases().forEach(alias -> some.addAll(byId.getOrDefault(Correction.key(alias), List.of())));
            return some.size() < 2
                    ? List.copyOf(some)
                    : traces.stream().filter(some::contains).toList();
        }

        private void apply(Trace trace, Finding finding, boolean isDenied) {
            if (isDenied) {
                trace.denied.add(finding);
                return;
            }
            Finding now = changed(trace.correction, finding, scope);
            if (now.severity() == finding.severity()
                    && now.state() == finding.state()
                    && Objects.equals(now.fixedVersion(), finding.fixedVersion())) {
                after.add(finding);
                return;
            }
            trace.changed++;
            after.add(now);
        }

        /** States what no publisher does. */
        private void add() {
            List<Trace> adding = traces.stream()
                    .filter(trace -> trace.put == null && trace.correction.adds())
                    .toList();
            if (adding.isEmpty()) {
                return;
            }
            Set<Place> known = new HashSet<>();
            for (Finding finding : before) {
                known.add(new Place(finding.affected(), Correction.key(finding.id())));
                finding.aliases().forEach(alias -> known.add(new Place(finding.affected(), Correction.key(alias))));
            }
            Map<String, List<InventoryPackage>> named = named();
            for (Trace trace : adding) {
                List<Trace> earlier = claiming(trace);
                for (InventoryPackage one : named.getOrDefault(trace.correction.packageName(), List.of())) {
                    if (!known.contains(new Place(one, Correction.key(trace.correction.id())))) {
                        add(trace, one, earlier);
                    }
                }
            }
        }

        /** Those packages of the distribution that are installed, by the names of binary and source packages. */
        private Map<String, List<InventoryPackage>> named() {
            Map<String, List<InventoryPackage>> named = new HashMap<>();
            for (InventoryPackage one : inventory.packages()) {
                if (one.removedInLayer() == null && compared.scheme(one, inventory.distro()) != null) {
                    for (String name : scope.names(one)) {
                        named.computeIfAbsent(name, _ -> new ArrayList<>()).add(one);
                    }
                }
            }
            return named;
        }

        /** What stands before a correction and says, by any name of its vulnerability, whether that is there. */
        private List<Trace> claiming(Trace trace) {
            Set<String> ids = names(Correction.key(trace.correction.id()));
            return traces.subList(0, traces.indexOf(trace)).stream()
                    .filter(earlier -> earlier.put == null
                            && earlier.correction.status() != null
                            && ids.contains(Correction.key(earlier.correction.id())))
                    .toList();
        }

        /** All names of a vulnerability, as far as the findings in other packages tell. */
        private Set<String> names(String id) {
            Set<String> names = new HashSet<>(Set.of(id));
            for (Finding finding : before) {
                if (Correction.key(finding.id()).equals(id)
                        || finding.aliases().stream()
                                .anyMatch(alias -> Correction.key(alias).equals(id))) {
                    names.add(Correction.key(finding.id()));
                    finding.aliases().forEach(alias -> names.add(Correction.key(alias)));
                }
            }
            return names;
        }

        private void add(Trace trace, InventoryPackage one, List<Trace> earlier) {
            Standing standing = scope.standing(trace.correction, one);
            if (standing == null || standing.within() == Answer.NO) {
                return;
            }
            if (earlier.stream().anyMatch(other -> speaksOf(other.correction, one))) {
                trace.matched = true;
                return;
            }
            if (standing.isUndecided() || standing.denies() == Answer.NO) {
                after.add(added(trace.correction, one, standing.isUndecided(), scope));
                trace.added++;
            }
        }

        private boolean speaksOf(Correction correction, InventoryPackage one) {
            Standing standing = scope.standing(correction, one);
            return standing != null && standing.within() == Answer.YES;
        }
    }

    private static Finding changed(Correction correction, Finding finding, CorrectionScope scope) {
        boolean stated = correction.status() != null;
        boolean rated = correction.severity() != null;
        List<SeverityRating> severities = new ArrayList<>(finding.severities());
        if (correction.severity() != null) {
            severities.addFirst(rating(correction.severity()));
        }
        FindingState state = stated ? state(correction) : finding.state();
        return new Finding(
                finding.id(),
                finding.aliases(),
                finding.affected(),
                correction.severity() != null ? correction.severity() : finding.severity(),
                rated ? SOURCE : finding.severitySource(),
                severities,
                state,
                stated ? correction.fixedVersion() : finding.fixedVersion(),
                finding.feed(),
                finding.url(),
                correction.fixedVersion() == null
                        ? finding.comparison()
                        : scope.comparison(correction, finding.affected()),
                finding.note(),
                finding.description(),
                finding.exploitPrediction(),
                finding.knownExploitation(),
                Corrected.by(correction, finding));
    }

    private static Finding added(
            Correction correction, InventoryPackage one, boolean isUndecided, CorrectionScope scope) {
        Severity severity = correction.severity() == null ? Severity.UNKNOWN : correction.severity();
        return new Finding(
                correction.shownId(),
                List.of(),
                one,
                severity,
                correction.severity() == null ? null : SOURCE,
                correction.severity() == null ? List.of() : List.of(rating(severity)),
                isUndecided ? FindingState.UNDECIDED : state(correction),
                correction.fixedVersion(),
                SOURCE,
                null,
                scope.comparison(correction, one),
                correction.reason(),
                null,
                null,
                null,
                Corrected.by(correction, null));
    }

    private static FindingState state(Correction correction) {
        FixState status = correction.status();
        return FindingState.of(status == null ? FixState.UNDETERMINED : status).orElseThrow();
    }

    private static SeverityRating rating(Severity severity) {
        return new SeverityRating(SOURCE, severity, null, null);
    }
}
