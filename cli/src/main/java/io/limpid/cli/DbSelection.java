package io.limpid.cli;

import io.limpid.format.Nearest;
import io.limpid.snapshot.SnapshotCatalog;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which of the parts a command line means: {@code FEED} for all of a feed, or {@code FEED/PART}. */
final class DbSelection {
    static final String ONLY = "--only";
    static final String LABEL = "FEED[/PART]";

    private DbSelection() {}

    /** The option of a command that may be for some parts only. */
    static OptionSpec only(String description) {
        return OptionSpec.builder(ONLY)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(LABEL)
                .description(description)
                .build();
    }

    /** What a command line with {@link #only} names; none where all are meant. */
    static List<String> only(ParseResult arguments) {
        return arguments.matchedOptionValue(ONLY, List.of());
    }

    /** The parts that are kept and have one of the names; all where none is given. */
    static List<Named> kept(List<String> names, SnapshotCatalog catalog, ParseResult arguments) throws IOException {
        List<String> kept = catalog.names();
        Set<Named> found = new LinkedHashSet<>();
        for (String name : names) {
            boolean part = name.contains("/");
            List<Named> matching = kept.stream()
                    .map(Named::of)
                    .filter(one -> name.equals(one.toString()) || name.equals(one.feed()))
                    .toList();
            if (matching.isEmpty()) {
                List<String> known = kept.stream()
                        .map(one -> part ? one : Named.of(one).feed())
                        .distinct()
                        .toList();
                throw UsageError.at(
                        arguments,
                        known.isEmpty() ? "nothing is kept" : Nearest.unknown(part ? "part" : "feed", name, known));
            }
            found.addAll(matching);
        }
        return names.isEmpty() ? kept.stream().map(Named::of).toList() : List.copyOf(found);
    }

    /** A part of a feed. */
    record Named(String feed, String part) {
        private static Named of(String name) {
            int slash = name.indexOf('/');
            return new Named(name.substring(0, slash), name.substring(slash + 1));
        }

        @Override
        public String toString() {
            return feed + "/" + part;
        }
    }
}
