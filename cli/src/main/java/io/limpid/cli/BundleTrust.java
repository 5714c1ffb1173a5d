package io.limpid.cli;

import io.limpid.bundle.BundleRules;
import io.limpid.bundle.BundleRules.Allowance;
import io.limpid.bundle.TrustedKeys;
import io.limpid.bundle.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which bundles a command line takes: whose, and what it takes all the same. */
final class BundleTrust {
    private static final String KEYS_OF_THE_ENVIRONMENT = "LIMPID_TRUSTED_KEYS";
    private static final String TRUST = "--trust";

    private BundleTrust() {}

    /** The option of a command that reads bundles. */
    static OptionSpec option() {
        return OptionSpec.builder(TRUST)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("KEY")
                .description("Trust this key: a file, a folder or an id, as $" + KEYS_OF_THE_ENVIRONMENT
                        + "; may be repeated.")
                .build();
    }

    /** The option by which one insists on something. */
    static OptionSpec option(Allowance allowance, String description) {
        return OptionSpec.builder(allowance.option()).description(description).build();
    }

    /** What a command line with these options takes. */
    static BundleRules of(ParseResult arguments, Map<String, String> environment) throws IOException {
        return new BundleRules(trusted(arguments, environment), allowed(arguments));
    }

    private static Set<VerifyingKey> trusted(ParseResult arguments, Map<String, String> environment)
            throws IOException {
        Set<VerifyingKey> keys = new LinkedHashSet<>();
        for (String word : arguments.matchedOptionValue(TRUST, List.<String>of())) {
            keys.addAll(TrustedKeys.of(word));
        }
        String said = environment.getOrDefault(KEYS_OF_THE_ENVIRONMENT, "");
        if (!said.isBlank()) {
            keys.addAll(TrustedKeys.of(said));
        }
        // Who says which keys are meant means no others.
        return keys.isEmpty() ? TrustedKeys.inFolder(folder(environment)) : keys;
    }

    /** {@code $XDG_CONFIG_HOME/limpid/trusted-keys}, or {@code ~/.config/limpid/trusted-keys} where that is not set. */
    private static Path folder(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = xdg.startsWith("/")
                ? Path.of(xdg)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")), ".config");
        return config.resolve("limpid").resolve("trusted-keys");
    }

    private static Set<Allowance> allowed(ParseResult arguments) {
        Set<Allowance> allowed = EnumSet.noneOf(Allowance.class);
        for (Allowance allowance : Allowance.values()) {
            if (arguments.hasMatchedOption(allowance.option())) {
                allowed.add(allowance);
            }
        }
        return allowed;
    }
}
