package io.limpid.cli.push;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.ServerFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token that a server may want to see of who changes something.
 *
 * @param given by the user, null when none is
 * @param origin who gave it, for messages
 * @param kept the file in which a server on this machine keeps its own, null where that is nobody's business
 */
public record WriteToken(
        @Nullable String given, String origin, @Nullable Path kept) {
    /** The variable that has one. */
    public static final String VARIABLE = "LIMPID_TOKEN";
    /** The option that names a file that has one. */
    public static final String OPTION = "--token-file";

    private static final int LONGEST = 4096;
    private static final char FIRST_VISIBLE = '!';
    private static final char LAST_VISIBLE = '~';

    /**
     * The token for a server.
     *
     * <p>A login in the URL is what the user wants shown there instead. The file of a server on this machine is looked at only for a URL that
     * nobody else decides where it leads, and only when the server asks.
     *
     * @param file that the option names, null when it is not given
     */
    public static WriteToken of(URI endpoint, @Nullable Path file, Map<String, String> environment)
            throws LimpidException {
        if (file != null) {
            String origin = OPTION + " " + file;
            return new WriteToken(checked(read(file), origin), origin, null);
        }
        if (endpoint.getRawUserInfo() != null) {
            return new WriteToken(null, "", null);
        }
        String said = environment.getOrDefault(VARIABLE, "").strip();
        if (!said.isEmpty()) {
            return new WriteToken(checked(said, VARIABLE), VARIABLE, null);
        }
        Path kept = Reach.isThisMachine(endpoint.getHost())
                ? ServerFolder.tokenFile(ServerFolder.usual(environment))
                : null;
        return new WriteToken(null, "", kept);
    }

    /** The token that a server on this machine keeps, when there is one and it may be read. */
    Optional<String> ofThisMachine() {
        if (kept == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(checked(read(kept), kept.toString()));
        } catch (LimpidException _) {
            // Whoever may not read it has to be given it: the answer of the server says so.
            return Optional.empty();
        }
    }

    private static String read(Path file) throws LimpidException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST + 2), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new LimpidException(
                    ErrorCode.IO,
                    "the token cannot be read from " + file,
                    e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage()),
                    "the log of a limpid server names the file that has its token");
        }
    }

    /** What is wrong is said without showing the token. */
    private static String checked(String token, String origin) throws LimpidException {
        boolean visible = token.chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE);
        if (visible && !token.isEmpty() && token.length() <= LONGEST) {
            return token;
        }
        throw new LimpidException(
                ErrorCode.USAGE,
                origin + " has no token",
                token.isEmpty() ? "it is empty" : "a token is one word of at most " + LONGEST + " visible characters",
                null);
    }

    /** Where the token is from, never the token. */
    @Override
    public String toString() {
        return given == null ? "no token" : "token of " + origin;
    }
}
