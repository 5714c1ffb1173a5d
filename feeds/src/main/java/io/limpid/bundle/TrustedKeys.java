package io.limpid.bundle;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where keys are read from: files, folders of files, and texts as a variable of a build machine holds them. */
public final class TrustedKeys {
    private static final int MOST_BYTES = 1 << 16;
    private static final String PUBLIC = "PUBLIC KEY";
    private static final List<String> ENDINGS = List.of(".pem", ".pub");

    private TrustedKeys() {}

    /**
     * The keys that a word names: {@code ed25519:...}, the text of PEM blocks, a file with such, or a folder with files whose names end with
     * {@code .pem} or {@code .pub}.
     *
     * @throws LimpidException when there is none
     */
    public static Set<VerifyingKey> of(String word) throws IOException {
        VerifyingKey named = VerifyingKey.ofId(word);
        if (named != null) {
            return Set.of(named);
        }
        if (isPem(word)) {
            return inText(word, "the text that is given");
        }
        Path path = path(word);
        return Files.isDirectory(path) ? inFolder(path) : inText(text(path), path.toString());
    }

    /** The keys in a folder; none when it is not there. */
    public static Set<VerifyingKey> inFolder(Path folder) throws IOException {
        Set<VerifyingKey> keys = new LinkedHashSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file)) {
                        keys.addAll(inText(text(file), file.toString()));
                    }
                }
            }
        }
        return keys;
    }

    /**
     * The key that a word names: the text of a PEM block, or a file with it.
     *
     * @throws LimpidException when there is none
     */
    public static SigningKey signing(String word) throws IOException {
        boolean pem = isPem(word);
        SigningKey key = SigningKey.ofPem(pem ? word : text(path(word)));
        if (key == null) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    "there is no key to sign with in " + (pem ? "the text that is given" : word),
                    "it is no PEM file of a private Ed25519 key without a password",
                    "limpid db keygen makes one");
        }
        return key;
    }

    private static boolean isPem(String word) {
        return word.stripLeading().startsWith("-----BEGIN ");
    }

    private static Set<VerifyingKey> inText(String text, String where) throws LimpidException {
        Set<VerifyingKey> keys = new LinkedHashSet<>();
        for (byte[] encoded : Pem.all(PUBLIC, text)) {
            VerifyingKey key = VerifyingKey.ofEncoded(encoded);
            if (key != null) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    "there is no key to trust in " + where,
                    SigningKey.ofPem(text) == null
                            ? "it is no PEM file of a public Ed25519 key"
                            : "it is a private key, which is to stay where it was made",
                    "limpid db keygen makes a pair of files: NAME.pub is the one to trust");
        }
        return keys;
    }

    private static Path path(String word) throws LimpidException {
        try {
            return Path.of(word);
        } catch (InvalidPathException _) {
            throw new LimpidException(ErrorCode.NOT_FOUND, "there is no key file of that name", null, null);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
        }
    }
}
