package io.limpid.image;

import io.limpid.model.Digest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image as registries and Docker understand it, completed as Docker completes it: {@code alpine} is
 * {@code docker.io/library/alpine:latest}.
 *
 * @param host the registry, {@code docker.io} where none is named; with its port where one is named
 * @param repository the repository in it
 * @param tag the tag; null when there is none, which is only where there is a digest
 * @param digest the digest of the manifest or index that is meant; null when none is named
 */
public record Reference(
        String host,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    /** The registry that is meant where none is named. */
    public static final String DOCKER_HUB = "docker.io";

    private static final String OLD_DOCKER_HUB = "index.docker.io";
    private static final String OFFICIAL = "library/";
    private static final String LATEST = "latest";
    private static final int LONGEST_NAME = 255;
    private static final int LAST_PORT = 65_535;

    private static final Pattern HOST = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9_-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9_-]*[a-zA-Z0-9])?)*"
                    + "|\\[[0-9a-fA-F:.]+])(?::[0-9]{1,5})?");

    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");

    /**
     * Reads {@code [HOST[:PORT]/]REPOSITORY[:TAG][@sha256:HEX]}.
     *
     * <p>The first word is a host when it has a dot, a colon or a capital, or is {@code localhost}; else it belongs to the repository.
     *
     * @throws IllegalArgumentException when it is no reference, with a message that says why
     */
    public static Reference parse(String text) {
        int at = text.indexOf('@');
        Digest digest = at < 0 ? null : digest(text.substring(at + 1));
        String named = at < 0 ? text : text.substring(0, at);
        int slash = named.indexOf('/');
        String first = slash < 0 ? "" : named.substring(0, slash);
        boolean hosted = isHost(first);
        String host = hosted ? host(first) : DOCKER_HUB;
        String rest = hosted ? named.substring(slash + 1) : named;
        int colon = rest.lastIndexOf(':');
        // A colon before a slash would be a port's.
        String tag = colon > rest.lastIndexOf('/') ? tag(rest.substring(colon + 1)) : null;
        String repository = repository(tag == null ? rest : rest.substring(0, colon), text);
        if (host.equals(DOCKER_HUB) && repository.indexOf('/') < 0) {
            if (Digest.isHex(repository) && !hosted) {
                throw new IllegalArgumentException("64 hex digits are an image's id, which no registry knows");
            }
            repository = OFFICIAL + repository;
        }
        if (host.length() + 1 + repository.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a name has at most " + LONGEST_NAME + " characters");
        }
        return new Reference(host, repository, tag == null && digest == null ? LATEST : tag, digest);
    }

    private static boolean isHost(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
    }

    private static String host(String first) {
        if (!HOST.matcher(first).matches() || (first.startsWith("[") && !isAddress(first))) {
            throw new IllegalArgumentException("\"" + first + "\" is no host of a registry");
        }
        int colon = first.lastIndexOf(':');
        if (colon > first.lastIndexOf(']')) {
            int port = Integer.parseInt(first.substring(colon + 1));
            if (port < 1 || port > LAST_PORT) {
                throw new IllegalArgumentException("\"" + first + "\" has no port that there can be");
            }
        }
        String lower = first.toLowerCase(Locale.ROOT);
        // What is a host for its capitals only keeps them.
        String host = isHost(lower) ? lower : first;
        return host.equals(OLD_DOCKER_HUB) ? DOCKER_HUB : host;
    }

    private static boolean isAddress(String inBrackets) {
        try {
            return new URI("http://" + inBrackets).getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static String repository(String repository, String text) {
        if (repository.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" names no repository");
        }
        // One after the other, each in linear time.
        for (String component : repository.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) {
                throw new IllegalArgumentException(
                        repository.equals(repository.toLowerCase(Locale.ROOT))
                                ? "\"" + repository + "\" is no name of a repository"
                                : "the name of a repository has no capitals: \"" + repository + "\"");
            }
        }
        return repository;
    }

    private static String tag(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("\"" + tag + "\" is no tag");
        }
        return tag;
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    reason.startsWith("its ") ? reason : "\"" + text + "\" is no digest of the form sha256:HEX");
        }
    }

    /** What the registry is asked for: the digest where there is one, else the tag. */
    public String manifest() {
        if (digest != null) {
            return digest.toString();
        }
        return tag == null ? LATEST : tag;
    }

    /** The whole name, with all that Docker lets people leave out. */
    @Override
    public String toString() {
        return host + "/" + repository + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
