package io.limpid.server;

import io.limpid.model.ServerFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The folder in which a server keeps what is its own: its database, and the token of those who may write.
 *
 * @param path of the folder, which need not be there yet
 */
record DataFolder(Path path) {
    private static final int TOKEN_BYTES = 24;

    /** Where the token of those who may write is. */
    Path tokenFile() {
        return ServerFolder.tokenFile(path);
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
                tokenFile().getFileName().toString(),
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(made, (token + "\n").getBytes(StandardCharsets.US_ASCII));
        Files.move(made, tokenFile(), StandardCopyOption.ATOMIC_MOVE);
        return token;
    }
}
