package io.limpid.cli;

import io.limpid.image.registry.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * How a command line wants registries to be asked; what it says is read when one is.
 *
 * @param plainHttp whether by HTTP
 * @param mirrors who is asked before them, as it was written
 * @param setting what said so, for messages
 */
record RegistryOptions(boolean plainHttp, List<String> mirrors, String setting) {
    private static final String PLAIN_HTTP = "--plain-http";
    private static final String MIRROR = "--registry-mirror";
    /** What stands for the option where it is not given: mirrors, separated by blanks. */
    static final String MIRRORS_OF_THE_ENVIRONMENT = "LIMPID_REGISTRY_MIRROR";

    RegistryOptions {
        mirrors = List.copyOf(mirrors);
    }

    /** The options of a command that scans. */
    static List<OptionSpec> specs() {
        return List.of(
                OptionSpec.builder(MIRROR)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("URL")
                        .description("Ask it before docker.io; HOST=URL: before HOST.")
                        .build(),
                OptionSpec.builder(PLAIN_HTTP)
                        .description("Ask the registry by HTTP, without TLS.")
                        .build());
    }

    /** Reads the options of a command that has {@link #specs}. */
    static RegistryOptions of(ParseResult arguments, Map<String, String> environment) {
        List<String> typed = arguments.matchedOptionValue(MIRROR, List.of());
        boolean http = arguments.hasMatchedOption(PLAIN_HTTP);
        String said = environment.getOrDefault(MIRRORS_OF_THE_ENVIRONMENT, "").strip();
        if (!typed.isEmpty() || said.isEmpty()) {
            RegistryOptions options = new RegistryOptions(http, typed, MIRROR);
            if (!typed.isEmpty()) {
                try {
                    options.parsed();
                } catch (IllegalArgumentException e) {
                    throw UsageError.at(arguments, String.valueOf(e.getMessage()));
                }
            }
            return options;
        }
        return new RegistryOptions(http, List.of(said.split("\\s+")), MIRRORS_OF_THE_ENVIRONMENT);
    }

    /**
     * The mirrors.
     *
     * @throws IllegalArgumentException when one is none
     */
    List<Mirror> parsed() {
        List<Mirror> parsed = new ArrayList<>();
        for (String mirror : mirrors) {
            try {
                parsed.add(Mirror.parse(mirror));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        setting + " " + mirror.replaceFirst("//[^/]*@", "//") + ": " + e.getMessage());
            }
        }
        return parsed;
    }
}
