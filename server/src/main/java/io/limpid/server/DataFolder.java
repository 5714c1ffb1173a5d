package io.limpid.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The folder in which a server keeps what is its own: its database, and the token of those who may write.
 *
 * @param path of the folder, which need not be there yet
 */
record DataFolder(Path path) {
    private static final Path OF_ROOT = Path.of("/var/lib/limpid");
    private static final String TOKEN = "write-token";
    private static final int TOKEN_BYTES = 24;

    /** The usual place: of root {@code /var/lib/limpid}, of others below {@code XDG_DATA_HOME}. */
    static DataFolder usual(boolean isRoot, Path home, Map<String, String> environment) {
        if (isRoot) {
            return new DataFolder(OF_ROOT);
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        return new DataFolder((data.isEmpty() ? home.resolve(".local/share") : Path.of(data)).resolve("limpid"));
    }

    /** Where the token of those who may write is. */
    Path tokenFile() {
        return path.resolve(TOKEN);
    }

    /** The token of those who may write, made when there is none yet; only the user of the server can read its file. */
    String writeToken() throws IOException {
        try {
            String kept = Files.readString(tokenFile()).strip();
            if (!kept.isEmpty()) {
                return kept;
            }
        } catch (NoSuchFileException _) {
            Files.createDirectories(path);
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        Path made = Files.createTempFile(
                path,
                TOKEN,
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(made, (token + "\n").getBytes(StandardCharsets.US_ASCII));
        Files.move(made, tokenFile(), StandardCopyOption.ATOMIC_MOVE);
        return token;
    }
}
