package io.limpid.image.daemon;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.image.Sha256;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds where daemons listen, as their own command lines do: by the environment, Docker's contexts, or at the usual places. */
final class Endpoints {
    private static final String CONTEXT = "DOCKER_CONTEXT";
    private static final int DOCKERS_PORT = 2375;
    private static final int DOCKERS_TLS_PORT = 2376;

    private final Map<String, String> environment;
    private final Path home;
    private final Path run;

    /**
     * @param home the user's folder
     * @param run where daemons of the machine have their sockets
     */
    Endpoints(Map<String, String> environment, Path home, Path run) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.run = run;
    }

    static Endpoints ofProcess() {
        return new Endpoints(System.getenv(), Path.of(System.getProperty("user.home", "/")), Path.of("/var/run"));
    }

    /** Where the daemon of a kind listens, if it runs. */
    Endpoint of(String kind, Limits limits) throws IOException {
        if (kind.equals(Endpoint.PODMAN)) {
            String host = variable("CONTAINER_HOST");
            return host == null ? usual(kind, "podman/podman.sock") : parse(kind, host, null, "CONTAINER_HOST");
        }
        String host = variable("DOCKER_HOST");
        if (host != null) {
            return parse(kind, host, tlsOfEnvironment(), "DOCKER_HOST");
        }
        String named = variable(CONTEXT);
        String context = named == null ? currentContext(limits) : named;
        return context == null || context.equals("default") ? usual(kind, "docker.sock") : ofContext(context, limits);
    }

    private @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The socket of the machine's daemon; where there is none, that of the user's own if there is one. */
    private Endpoint usual(String kind, String name) {
        Path shared = run.resolve(name);
        String folder = variable("XDG_RUNTIME_DIR");
        if (!Files.exists(shared) && folder != null) {
            Path own = Path.of(folder).resolve(name);
            if (Files.exists(own)) {
                return Endpoint.ofSocket(kind, own, null);
            }
        }
        return Endpoint.ofSocket(kind, shared, null);
    }

    private Path configFolder() {
        String folder = variable("DOCKER_CONFIG");
        return folder == null ? home.resolve(".docker") : Path.of(folder);
    }

    private @Nullable String currentContext(Limits limits) throws IOException {
        JsonObject config = read(configFolder().resolve("config.json"), limits);
        try {
            String name = config == null ? null : config.string("currentContext");
            return name == null || name.isEmpty() ? null : name;
        } catch (JsonException e) {
            throw unreadable(configFolder().resolve("config.json"), e);
        }
    }

    /** What Docker's variables say of TLS: it is spoken where one of two is set, and the daemon is verified where that is the one. */
    private @Nullable TlsFiles tlsOfEnvironment() {
        boolean verified = variable("DOCKER_TLS_VERIFY") != null;
        if (!verified && variable("DOCKER_TLS") == null) {
            return null;
        }
        String named = variable("DOCKER_CERT_PATH");
        Path folder = named == null ? configFolder() : Path.of(named);
        return tls(folder, verified ? folder.resolve("ca.pem") : null, verified);
    }

    /** The files of a folder; a certificate without its key, or a key without it, is told where it is read. */
    private static TlsFiles tls(Path folder, @Nullable Path authorities, boolean verified) {
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        boolean shown = Files.exists(certificate) || Files.exists(key);
        return new TlsFiles(authorities, shown ? certificate : null, shown ? key : null, null, verified);
    }

    /** What a context says of TLS; null when nothing. */
    private @Nullable TlsFiles tlsOfContext(String folder, JsonObject docker) throws JsonException {
        Path files = configFolder()
                .resolve("contexts")
                .resolve("tls")
                .resolve(folder)
                .resolve(Endpoint.DOCKER);
        Path authority = files.resolve("ca.pem");
        boolean skipped = Boolean.TRUE.equals(docker.bool("SkipTLSVerify"));
        TlsFiles tls = tls(files, Files.exists(authority) ? authority : null, !skipped);
        return skipped || tls.authorities() != null || tls.certificate() != null ? tls : null;
    }

    private Endpoint ofContext(String context, Limits limits) throws IOException {
        String folder = Sha256.of(context.getBytes(StandardCharsets.UTF_8)).hex();
        Path file = configFolder()
                .resolve("contexts")
                .resolve("meta")
                .resolve(folder)
                .resolve("meta.json");
        JsonObject meta = read(file, limits);
        if (meta == null) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "there is no Docker context " + context,
                    "there is no " + file,
                    "'docker context ls' shows those there are; DOCKER_CONTEXT names one");
        }
        try {
            JsonObject endpoints = meta.object("Endpoints");
            JsonObject docker = endpoints == null ? null : endpoints.object("docker");
            String host = docker == null ? null : docker.string("Host");
            return docker == null || host == null || host.isEmpty()
                    ? usual(Endpoint.DOCKER, "docker.sock")
                    : parse(Endpoint.DOCKER, host, tlsOfContext(folder, docker), "context " + context);
        } catch (JsonException e) {
            throw unreadable(file, e);
        }
    }

    private static @Nullable JsonObject read(Path file, Limits limits) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Json.parse(in, limits.documentBytes(), limits) instanceof JsonObject object ? object : null;
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static LimpidException unreadable(Path file, IOException e) {
        return new LimpidException(
                ErrorCode.USAGE,
                "the Docker configuration " + file + " cannot be read",
                e instanceof AccessDeniedException ? "permission denied" : e.getMessage(),
                "mend it, or name another folder with DOCKER_CONFIG");
    }

    private static Endpoint parse(String kind, String host, @Nullable TlsFiles tls, String setting)
            throws LimpidException {
        if (host.startsWith("unix://")) {
            try {
                return Endpoint.ofSocket(kind, Path.of(host.substring("unix://".length())), setting);
            } catch (InvalidPathException e) {
                throw refused(host, setting, "it names no file: " + e.getReason(), "write unix:///PATH");
            }
        }
        String place = place(host);
        boolean https = host.startsWith("https://");
        if (https || host.startsWith("tcp://") || host.startsWith("http://")) {
            if (place.indexOf('@') >= 0) {
                throw refused(
                        host, setting, "it names a user, and daemons know certificates only", "leave the user out");
            }
            boolean secure = https || tls != null;
            try {
                URI named = URI.create((secure ? "https://" : "http://") + (place.endsWith("/") ? place : place + "/"));
                return new Endpoint(kind, null, withPort(named, secure), tls, setting);
            } catch (IllegalArgumentException _) {
                throw refused(host, setting, "it is no address", "write tcp://HOST:PORT");
            }
        }
        throw notSpoken(host, setting);
    }

    /** What follows the scheme. */
    private static String place(String host) {
        int scheme = host.indexOf("://");
        return scheme < 0 ? "" : host.substring(scheme + 3);
    }

    /** Where no port is named it is the one that Docker takes. */
    private static URI withPort(URI named, boolean secure) {
        if (named.getHost() == null) {
            throw new IllegalArgumentException("no host");
        }
        int usual = secure ? DOCKERS_TLS_PORT : DOCKERS_PORT;
        return named.getPort() >= 0
                ? named
                : URI.create(named.getScheme() + "://" + named.getHost() + ":" + usual + named.getRawPath());
    }

    private static LimpidException notSpoken(String host, String setting) {
        return refused(
                host,
                setting,
                "only unix:// and tcp:// are spoken here",
                host.startsWith("ssh://")
                        ? "let the other machine send the image: ssh HOST docker save IMAGE | limpid scan -"
                        : "write unix:///PATH or tcp://HOST:PORT");
    }

    private static LimpidException refused(String host, String setting, String reason, String hint) {
        // A user may have a password.
        String place = place(host);
        String shown = host.substring(0, host.length() - place.length()) + place.substring(place.lastIndexOf('@') + 1);
        return new LimpidException(
                ErrorCode.USAGE, "cannot ask the daemon at " + shown + " (" + setting + ")", reason, hint);
    }
}
