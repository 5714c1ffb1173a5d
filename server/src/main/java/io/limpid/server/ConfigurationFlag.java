package io.limpid.server;

import io.limpid.model.LimpidException;
import io.limpid.server.Flags.Flag;
import io.limpid.server.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The flag that names the configuration file, the same for all commands that need one. */
final class ConfigurationFlag {
    static final Flag FLAG = new Flag(
            "config",
            "FILE",
            "Clair's configuration file (default /etc/clair/config.yaml, and none where that is not there)");

    private static final Path USUAL = Path.of("/etc/clair/config.yaml");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([^}]*)}|(\\w+))");

    private ConfigurationFlag() {}

    /** Reads the file that the flags name, with variables of the environment in its name as Clair has it; an empty name is none. */
    static Configuration read(Flags flags, Map<String, String> environment) throws LimpidException {
        Optional<String> named = flags.value(FLAG.name());
        if (named.isEmpty()) {
            return Files.exists(USUAL) ? Configuration.read(USUAL) : Configuration.standard();
        }
        if (named.get().isEmpty()) {
            return Configuration.standard();
        }
        Matcher variable = VARIABLE.matcher(named.get());
        String file = variable.replaceAll(found -> Matcher.quoteReplacement(
                environment.getOrDefault(found.group(1) == null ? found.group(2) : found.group(1), "")));
        return Configuration.read(Path.of(file));
    }
}
