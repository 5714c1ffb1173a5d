package io.limpid.cli;

import io.limpid.correction.CorrectionFile;
import io.limpid.detect.Detectors;
import io.limpid.facts.FactsFolder;
import io.limpid.facts.FactsStore;
import io.limpid.facts.LayerScan;
import io.limpid.format.Nearest;
import io.limpid.format.Printable;
import io.limpid.image.ImageSource;
import io.limpid.image.ImageSources;
import io.limpid.image.RegistrySource;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisorySupply;
import io.limpid.match.Corrector;
import io.limpid.match.Matcher;
import io.limpid.model.Correction;
import io.limpid.model.LimitNames;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.model.Report;
import io.limpid.scan.Scan;
import io.limpid.scan.ScanRequest;
import io.limpid.scan.Targets;
import io.limpid.scan.VerdictPolicy;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A scan as the options of a command say, put together from its parts.
 *
 * @param image the name or digest of the image where the target holds several, null when none was asked for
 * @param platform the platform, null for this machine's where there is a choice
 * @param verifyAll whether large uncompressed layers are verified too
 * @param policy what must hold before a result may be "clean"
 * @param corrections what is known here better than by the publishers
 * @param limits how much of foreign input is read
 * @param advisories where advisories come from
 * @param registries how registries are asked
 */
record Scanning(
        @Nullable String image,
        @Nullable Platform platform,
        boolean verifyAll,
        VerdictPolicy policy,
        List<Correction> corrections,
        Limits limits,
        AdvisoryOptions advisories,
        RegistryOptions registries) {
    private static final String LIMIT = "--limit";
    private static final String MAX_AGE = "--max-age";
    private static final String ACCEPT_END_OF_LIFE = "--accept-end-of-life";
    private static final String OVERRIDES = "--overrides";
    /** What stands for the option where it is not given. */
    private static final String OVERRIDES_OF_THE_ENVIRONMENT = "LIMPID_OVERRIDES";

    /** The options of a command that scans. */
    static List<OptionSpec> specs() {
        List<OptionSpec> specs = new ArrayList<>(List.of(
                value("NAME", "Which image of TARGET: a tag or digest.", "--image"),
                value("PLATFORM", "OS/ARCHITECTURE[/VARIANT], where there is a choice.", "--platform"),
                OptionSpec.builder("--verify")
                        .description("Compute the digests of layers over 64 MiB too.")
                        .build()));
        specs.addAll(RegistryOptions.specs());
        specs.addAll(AdvisoryOptions.specs());
        specs.add(OptionSpec.builder(LIMIT)
                .type(String[].class)
                .paramLabel("NAME=NUMBER")
                .description("Change a limit that a message names.")
                .build());
        specs.add(value("DURATION", "Believe advisories fetched so long ago (5d).", MAX_AGE));
        specs.add(OptionSpec.builder(ACCEPT_END_OF_LIFE)
                .description("Let a release that gets no more fixes be clean.")
                .build());
        specs.add(value("FILE", "Correct the advisories as FILE says.", OVERRIDES));
        return specs;
    }

    /** Reads the options of a command that has {@link #specs}. */
    static Scanning of(ParseResult arguments, Console console) throws LimpidException {
        return new Scanning(
                arguments.matchedOptionValue("--image", null),
                platform(arguments),
                arguments.hasMatchedOption("--verify"),
                new VerdictPolicy(
                        Instant.now(),
                        AdvisoryOptions.duration(arguments, MAX_AGE, VerdictPolicy.DEFAULT_MAX_AGE),
                        arguments.hasMatchedOption(ACCEPT_END_OF_LIFE)),
                corrections(arguments, console),
                limits(arguments),
                AdvisoryOptions.of(arguments, console.environment()),
                RegistryOptions.of(arguments, console.environment()));
    }

    /** Read before anything is scanned, so that a flaw costs no time. */
    private static List<Correction> corrections(ParseResult arguments, Console console) throws LimpidException {
        if (arguments.commandSpec().findOption(OVERRIDES) == null) {
            return List.of();
        }
        String file = arguments.matchedOptionValue(
                OVERRIDES, console.environment().getOrDefault(OVERRIDES_OF_THE_ENVIRONMENT, ""));
        if (file.isEmpty()) {
            if (arguments.hasMatchedOption(OVERRIDES)) {
                throw UsageError.at(arguments, OVERRIDES + " names no file");
            }
            return List.of();
        }
        try {
            return CorrectionFile.read(Path.of(file));
        } catch (InvalidPathException _) {
            throw UsageError.at(arguments, OVERRIDES + " names no file: " + Printable.of(file));
        }
    }

    private static Limits limits(ParseResult arguments) {
        Limits limits = Limits.DEFAULT;
        for (String word : arguments.matchedOptionValue(LIMIT, new String[0])) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            try {
                limits = LimitNames.with(limits, name, Long.parseLong(word.substring(equals + 1)));
            } catch (NumberFormatException _) {
                throw UsageError.at(arguments, LIMIT + " " + word + ": NAME=NUMBER is expected");
            } catch (IllegalArgumentException e) {
                List<String> near = Nearest.to(name, LimitNames.all());
                throw UsageError.at(
                        arguments,
                        LIMIT + ": " + e.getMessage()
                                + (near.isEmpty() || near.contains(name)
                                        ? ""
                                        : " (did you mean " + String.join(" or ", near) + "?)"));
            }
        }
        return limits;
    }

    /** Scans; progress is shown to who watches unless quiet is asked for. */
    Report scan(String target, Console console, boolean quiet) throws IOException, InterruptedException {
        FactsFolder facts = new FactsFolder(advisories.cache(), FactsFolder.DEFAULT_BOUND);
        try {
            return scan(target, facts, console, quiet);
        } finally {
            facts.close();
            if (!quiet) {
                tell(facts, console);
            }
        }
    }

    /** Tells once why a scan took longer than it need have, or the next one will. */
    static void tell(FactsFolder facts, Console console) {
        IOException failure = facts.failure();
        if (failure != null) {
            console.stderr()
                    .println("warning: layers are read again, their facts in "
                            + Printable.of(
                                    facts.folder() + " could not be used or kept: " + ErrorText.causeOf(failure)));
        }
    }

    private Report scan(String target, FactsStore facts, Console console, boolean quiet)
            throws IOException, InterruptedException {
        try (Progress progress = Progress.of(console, quiet);
                AdvisoryAccess access = new AdvisoryAccess(advisories, limits, console.environment(), progress)) {
            progress.phase("reading " + target);
            RegistryReach reach = new RegistryReach(
                    registries, access, advisories.offline(), console.environment(), limits, progress);
            return scan(
                            ImageSources.with(new RegistrySource(reach)),
                            access.supply(),
                            policy,
                            corrections,
                            verifyAll,
                            limits,
                            facts)
                    .scan(new ScanRequest(target, image, platform, verifyAll, console.stdin()));
        }
    }

    /** Puts a scan together from its parts; nothing is kept where it is not known which build this is. */
    static Scan scan(
            List<ImageSource> sources,
            AdvisorySupply supply,
            VerdictPolicy policy,
            List<Correction> corrections,
            boolean verifyAll,
            Limits limits,
            FactsStore facts) {
        // The digest of the jar, as the launcher tells.
        String build = System.getProperty("limpid.build", "");
        return new Scan(
                new Targets(sources, limits),
                new LayerScan(
                        new LayerReader(limits, verifyAll),
                        Detectors.all(limits),
                        build.isEmpty() ? FactsStore.NONE : facts,
                        build),
                new Matcher(VersionSchemes.all()),
                supply,
                policy,
                limits,
                new Corrector(
                        corrections,
                        VersionSchemes.all(),
                        policy.now().atZone(ZoneOffset.UTC).toLocalDate()));
    }

    private static @Nullable Platform platform(ParseResult arguments) {
        String text = arguments.matchedOptionValue("--platform", "");
        try {
            return text.isEmpty() ? null : Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw UsageError.at(arguments, e.getMessage() + " (as in linux/arm64)");
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
