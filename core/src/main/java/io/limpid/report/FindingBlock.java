package io.limpid.report;

import static java.util.Comparator.comparing;

import io.limpid.model.Corrected;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.Package;
import io.limpid.model.Severity;
import io.limpid.model.SourcePackage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The findings in what was built from one source package in one version, which one update mends together.
 *
 * @param source the source package; the package itself where it was built from no other
 * @param type the package-url type
 * @param worst the worst of its findings
 * @param places the packages by the layer that they are in, those in no layer under -1
 * @param rows what was found, the worst first
 */
record FindingBlock(
        SourcePackage source, String type, Severity worst, Map<Integer, SortedSet<String>> places, List<Row> rows) {
    static final int NO_LAYER = -1;

    /**
     * One vulnerability in one or more of the packages.
     *
     * @param id its name
     * @param severity how bad it is
     * @param state what is known of it and what mends it, a few words of which some are foreign
     * @param exploited whether it is known to be exploited
     * @param only the packages that have it; null for all of the block
     */
    record Row(
            String id,
            Severity severity,
            String state,
            boolean exploited,
            @Nullable SortedSet<String> only) {}

    private record Key(String type, SourcePackage source) {}

    private record Said(Severity severity, String id, String state, boolean exploited) {}

    /** Findings in a report's order; the block with the worst comes first. */
    static List<FindingBlock> of(List<Finding> findings) {
        Map<Key, List<Finding>> bySource = findings.stream()
                .collect(Collectors.groupingBy(
                        finding -> new Key(finding.affected().value().type(), sourceOf(finding)),
                        LinkedHashMap::new,
                        Collectors.toCollection(ArrayList::new)));
        return bySource.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .sorted(comparing(FindingBlock::worst)
                        .thenComparing(block -> block.source.name())
                        .thenComparing(block -> block.source.version())
                        .thenComparing(FindingBlock::type))
                .toList();
    }

    private static FindingBlock of(Key key, List<Finding> findings) {
        Map<Integer, SortedSet<String>> places = new TreeMap<>();
        Map<Said, SortedSet<String>> said = new LinkedHashMap<>();
        for (Finding finding : findings) {
            String name = nameIn(key.source, finding.affected().value());
            Integer layer = finding.affected().layer();
            places.computeIfAbsent(layer == null ? NO_LAYER : layer, _ -> new TreeSet<>())
                    .add(name);
            said.computeIfAbsent(
                            new Said(
                                    finding.severity(),
                                    finding.id(),
                                    words(finding),
                                    finding.knownExploitation() != null),
                            _ -> new TreeSet<>())
                    .add(name);
        }
        int all = distinct(places.values());
        List<Row> rows = said.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), all))
                .sorted(comparing(Row::severity).thenComparing(Row::id).thenComparing(Row::state))
                .toList();
        return new FindingBlock(key.source, key.type, rows.getFirst().severity, places, rows);
    }

    private static int distinct(Collection<SortedSet<String>> names) {
        return (int) names.stream().flatMap(Collection::stream).distinct().count();
    }

    private static Row row(Said said, SortedSet<String> names, int all) {
        return new Row(said.id, said.severity, said.state, said.exploited, names.size() == all ? null : names);
    }

    private static SourcePackage sourceOf(Finding finding) {
        Package affected = finding.affected().value();
        SourcePackage source = affected.source();
        return source != null ? source : new SourcePackage(affected.name(), affected.version());
    }

    /** Its version is only told where it is another than that of the source package. */
    private static String nameIn(SourcePackage source, Package affected) {
        return affected.version().equals(source.version())
                ? affected.name()
                : affected.name() + " " + affected.version();
    }

    /** What is known of a finding and what mends it. */
    static String words(Finding finding) {
        String words = words(finding.state(), finding.fixedVersion());
        if (finding.state() == FindingState.UNDECIDED) {
            words += ": " + finding.comparison();
        }
        Corrected corrected = finding.corrected();
        if (corrected == null) {
            return words;
        }
        Corrected.Before before = corrected.before();
        return words
                + (before == null
                        ? "; only by an override"
                        : "; by an override, was " + before.severity().word() + ", "
                                + words(before.state(), before.fixedVersion()));
    }

    private static String words(FindingState state, @Nullable String fixedVersion) {
        if (state == FindingState.UNDECIDED || fixedVersion == null) {
            return state.word();
        }
        return switch (state) {
            case FIXED -> "fixed in " + fixedVersion;
            case FIXED_IN_PRO -> "fixed in " + fixedVersion + ", Ubuntu Pro only";
            default -> state.word() + ", " + fixedVersion + " is announced";
        };
    }
}
