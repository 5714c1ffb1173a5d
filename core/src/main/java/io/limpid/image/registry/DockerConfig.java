package io.limpid.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonString;
import io.limpid.format.json.JsonValue;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code docker login}, podman and skopeo keep: {@code auths}, and the programs of {@code credHelpers} and {@code credsStore}.
 *
 * <p>An entry is for the host that it names, to the letter and with its port, or for a part of that registry where it names one; nothing is
 * matched by a part of a host. The file is read when somebody is asked for credentials, and no sooner.
 */
public final class DockerConfig implements CredentialSource {
    private static final List<String> DOCKER_HUB_NAMES =
            List.of(Endpoint.DOCKER_HUB, Endpoint.OLD_DOCKER_HUB, Endpoint.DOCKER_HUB_REGISTRY);

    /** What Docker calls its hub where it keeps credentials. */
    private static final String DOCKER_HUB_SERVER = "https://index.docker.io/v1/";

    private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String TOKEN_USER = "<token>";

    private final Path file;
    private final boolean required;
    private final HelperProgram helper;
    private final Limits limits;

    /**
     * The configuration in a file.
     *
     * @param required whether it is an error when there is none
     */
    public DockerConfig(Path file, boolean required, HelperProgram helper, Limits limits) {
        this.file = file;
        this.required = required;
        this.helper = helper;
        this.limits = limits;
    }

    /**
     * The configuration that the environment names: {@code REGISTRY_AUTH_FILE}, else {@code DOCKER_CONFIG/config.json}, else
     * {@code ~/.docker/config.json}.
     */
    public static DockerConfig ofEnvironment(Map<String, String> environment, HelperProgram helper, Limits limits) {
        String named = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        if (!named.isEmpty()) {
            return new DockerConfig(Path.of(named), true, helper, limits);
        }
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        String home = environment.getOrDefault("HOME", "");
        Path path = folder.isEmpty()
                ? Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home, ".docker")
                : Path.of(folder);
        return new DockerConfig(path.resolve("config.json"), false, helper, limits);
    }

    @Override
    public Credentials find(String host, String repository) throws IOException {
        JsonObject config = read();
        if (config == null) {
            return new Credentials.Anonymous();
        }
        try {
            String program = program(config, host);
            Credentials kept = program == null ? null : ask(program, host);
            return kept == null ? entry(config, host, repository) : kept;
        } catch (JsonException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable JsonObject read() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(limits.documentBytes() + 1);
        } catch (NoSuchFileException e) {
            if (required) {
                throw unusable("there is no such file");
            }
            return null;
        } catch (IOException e) {
            throw unusable("it cannot be read: " + e.getClass().getSimpleName());
        }
        try {
            if (Json.parse(bytes, limits.documentBytes(), limits) instanceof JsonObject config) {
                return config;
            }
            throw unusable("it is no JSON object");
        } catch (JsonException e) {
            throw unusable("it is no JSON");
        }
    }

    /** The program that keeps the credentials of a host; null when none does. */
    private @Nullable String program(JsonObject config, String host) throws JsonException, LimpidException {
        String program = config.string("credsStore");
        JsonObject helpers = config.object("credHelpers");
        if (helpers != null) {
            for (String key : helpers.members().keySet()) {
                if (Key.of(key).isFor(host, "")) {
                    program = helpers.string(key);
                }
            }
        }
        if (program == null || program.isEmpty()) {
            return null;
        }
        if (!PROGRAM.matcher(program).matches()) {
            throw unusable("it names a credential helper that is no plain word");
        }
        return program;
    }

    private @Nullable Credentials ask(String program, String host) throws IOException {
        String server = host.equals(Endpoint.DOCKER_HUB) ? DOCKER_HUB_SERVER : host;
        String answer = helper.get(program, server);
        if (answer == null) {
            return null;
        }
        String source = "docker-credential-" + program;
        String reason = "its answer is no JSON object with Username and Secret";
        try {
            if (Json.parse(answer.getBytes(UTF_8), limits.documentBytes(), limits) instanceof JsonObject json) {
                String of = json.string("ServerURL");
                String user = json.string("Username");
                String secret = json.string("Secret");
                boolean other = of != null && !of.isEmpty() && !Key.of(of).isFor(host, "");
                if (user != null && secret != null && !other) {
                    return user.equals(TOKEN_USER)
                            ? new Credentials.IdentityToken(secret, source)
                            : new Credentials.Login(user, secret, source);
                }
                reason = other ? "it answered with the credentials of another server" : reason;
            }
        } catch (JsonException _) {
            // Told below; what is wrong with it may be the secret.
        }
        throw new LimpidException(
                ErrorCode.IO,
                "cannot get credentials for " + host + " from " + source,
                reason,
                "see what 'echo " + server + " | " + source + " get' says");
    }

    /** The credentials that stand in the file itself. */
    private Credentials entry(JsonObject config, String host, String repository) throws JsonException, LimpidException {
        JsonObject auths = config.object("auths");
        Credentials best = new Credentials.Anonymous();
        int longest = -1;
        if (auths != null) {
            for (Map.Entry<String, JsonValue> member : auths.members().entrySet()) {
                Key key = Key.of(member.getKey());
                if (key.isFor(host, repository)
                        && key.part().length() > longest
                        && member.getValue() instanceof JsonObject json) {
                    Credentials found = credentials(json);
                    if (!(found instanceof Credentials.Anonymous)) {
                        best = found;
                        longest = key.part().length();
                    }
                }
            }
        }
        return best;
    }

    private Credentials credentials(JsonObject json) throws LimpidException {
        String token = text(json, "registrytoken");
        if (!token.isEmpty()) {
            return new Credentials.RegistryToken(token, file.toString());
        }
        token = text(json, "identitytoken");
        if (!token.isEmpty()) {
            return new Credentials.IdentityToken(token, file.toString());
        }
        String auth = text(json, "auth");
        if (auth.isEmpty()) {
            String user = text(json, "username");
            return user.isEmpty()
                    ? new Credentials.Anonymous()
                    : new Credentials.Login(user, text(json, "password"), file.toString());
        }
        try {
            String both = new String(Base64.getDecoder().decode(auth), UTF_8);
            int colon = both.indexOf(':');
            if (colon > 0) {
                // Docker once padded with zeros.
                return new Credentials.Login(
                        both.substring(0, colon), both.substring(colon + 1).replaceAll("\0+$", ""), file.toString());
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw unusable("an auth in it is not the base64 of user:password");
    }

    /** A text that may be a secret, so that no message repeats what else stands there. */
    private String text(JsonObject json, String name) throws LimpidException {
        JsonValue value = json.value(name);
        if (value == null) {
            return "";
        }
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw unusable("an " + name + " in it is no text");
    }

    private LimpidException unusable(String reason) {
        return new LimpidException(
                ErrorCode.IO,
                "the credentials in " + file + " cannot be used",
                reason,
                "'docker login HOST' writes it; DOCKER_CONFIG or REGISTRY_AUTH_FILE names another one");
    }

    /**
     * What an entry is for.
     *
     * @param host with its port, in lower case
     * @param part the repositories in it, all of them when it is empty
     */
    private record Key(String host, String part) {

        static Key of(String text) {
            String place = text.replaceFirst("^https?://", "");
            int slash = place.indexOf('/');
            String host = slash < 0 ? place : place.substring(0, slash);
            String part = slash < 0 ? "" : place.substring(slash + 1).replaceAll("/+$", "");
            boolean version = part.equals("v1") || part.equals("v2");
            return new Key(host.toLowerCase(Locale.ROOT), version ? "" : part);
        }

        boolean isFor(String registry, String repository) {
            boolean same = host.equalsIgnoreCase(registry)
                    || (registry.equals(Endpoint.DOCKER_HUB) && DOCKER_HUB_NAMES.contains(host));
            return same && (part.isEmpty() || repository.equals(part) || repository.startsWith(part + "/"));
        }
    }
}
