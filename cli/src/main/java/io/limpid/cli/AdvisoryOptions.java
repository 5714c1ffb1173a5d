package io.limpid.cli;

import io.limpid.model.Limits;
import io.limpid.snapshot.MirrorFolder;
import io.limpid.snapshot.Origin;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.UpdateRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where a command line wants its advisories from.
 *
 * @param cache the folder that they are kept in
 * @param origin who is asked for them
 * @param offline whether nobody is
 * @param refresh those checked less long ago are used without asking
 * @param caFile certificates that are trusted besides those of the platform, null for those that the environment names
 */
record AdvisoryOptions(
        Path cache,
        Origin origin,
        boolean offline,
        Duration refresh,
        @Nullable Path caFile) {
    private static final String MIRROR = "--feeds-mirror";
    static final String OFFLINE_BY_THE_ENVIRONMENT = "LIMPID_OFFLINE";
    /** What stands for the option where it is not given. */
    static final String MIRROR_OF_THE_ENVIRONMENT = "LIMPID_FEEDS_MIRROR";

    private static final String OFFLINE = "--offline";
    private static final Set<String> NO = Set.of("", "0", "false", "no", "off");
    private static final String REFRESH = "--refresh";
    private static final String CACHE = "--cache";
    private static final String CA_FILE = "--ca-file";

    /** The options of a command that reads advisories. */
    static List<OptionSpec> specs() {
        return List.of(
                value("URL", "Fetch https://X of each feed as URL/X.", MIRROR),
                value("DURATION", "Ask for newer advisories after so long (1h).", REFRESH),
                OptionSpec.builder(OFFLINE)
                        .description("Use no network, only what is kept.")
                        .build(),
                folder(),
                value("FILE", "Trust the certificates in this PEM file too.", CA_FILE));
    }

    /** The options of a command that only looks at what is kept. */
    static List<OptionSpec> kept() {
        return specs().stream()
                .filter(spec -> List.of(MIRROR, CACHE).contains(spec.longestName()))
                .toList();
    }

    /** The option of a command for which only the folder matters. */
    static OptionSpec folder() {
        return value("FOLDER", "Keep data here instead of ~/.cache/limpid.", CACHE);
    }

    /** The folder that data are kept in, as the options of a command say. */
    static Path folder(ParseResult arguments, Map<String, String> environment) {
        Path cache = path(arguments, CACHE);
        return cache == null ? CacheFolder.of(environment) : cache;
    }

    /** Reads the options of a command that has {@link #specs}, or some of them. */
    static AdvisoryOptions of(ParseResult arguments, Map<String, String> environment) {
        Path caFile = path(arguments, CA_FILE);
        if (caFile != null && !Files.isReadable(caFile)) {
            throw UsageError.at(arguments, CA_FILE + " " + caFile + " cannot be read");
        }
        return new AdvisoryOptions(
                folder(arguments, environment),
                origin(arguments, environment),
                offlineBy(arguments, environment) != null,
                duration(arguments, REFRESH, UpdateRules.DEFAULT.refresh()),
                caFile);
    }

    /** Where advisories of this origin are kept. */
    SnapshotStore store() {
        return new SnapshotStore(cache, origin, Limits.DEFAULT);
    }

    /** What forbids to ask anybody: the option or the variable, null when neither does. */
    static @Nullable String offlineBy(ParseResult arguments, Map<String, String> environment) {
        if (arguments.hasMatchedOption(OFFLINE)) {
            return OFFLINE;
        }
        String said = environment.getOrDefault(OFFLINE_BY_THE_ENVIRONMENT, "").strip();
        // Whoever says anything but no wants no network, however that is written.
        return NO.contains(said.toLowerCase(Locale.ROOT)) ? null : OFFLINE_BY_THE_ENVIRONMENT + "=" + said;
    }

    /** The length of time that an option gives. */
    static Duration duration(ParseResult arguments, String option, Duration otherwise) {
        String text = arguments.matchedOptionValue(option, "");
        try {
            return text.isEmpty() ? otherwise : Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw UsageError.at(arguments, option + ": " + e.getMessage());
        }
    }

    private static Origin origin(ParseResult arguments, Map<String, String> environment) {
        boolean typed = arguments.hasMatchedOption(MIRROR);
        String text = typed
                ? arguments.matchedOptionValue(MIRROR, "")
                : environment.getOrDefault(MIRROR_OF_THE_ENVIRONMENT, "");
        if (text.isEmpty() && !typed) {
            return Origin.PUBLISHERS;
        }
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            boolean folder = uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (uri.getRawAuthority() != null && folder && scheme.matches("https?")) {
                return new Origin(uri);
            }
            if (folder && MirrorFolder.isFolder(uri)) {
                return new Origin(Path.of(uri.getPath()).toAbsolutePath().toUri());
            }
        } catch (URISyntaxException | InvalidPathException _) {
            // Told below.
        }
        throw UsageError.at(
                arguments,
                (typed ? MIRROR + " " : MIRROR_OF_THE_ENVIRONMENT + "=") + text.replaceFirst("//[^/]*@", "//")
                        + " is no http or https URL of a folder, nor a file URL of one");
    }

    private static @Nullable Path path(ParseResult arguments, String option) {
        String text = arguments.matchedOptionValue(option, "");
        try {
            return text.isEmpty() ? null : Path.of(text).toAbsolutePath();
        } catch (InvalidPathException _) {
            throw UsageError.at(arguments, option + " names no file: " + text);
        }
    }

    private static OptionSpec value(String label, String description, String name) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }
}
