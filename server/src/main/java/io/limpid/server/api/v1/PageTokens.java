package io.limpid.server.api.v1;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a page token holds as Fernet does (AES-128-CBC, then HMAC-SHA256), so that servers with one key understand each other's, Clair's own
 * too.
 */
public final class PageTokens {
    private static final Duration LIFE = Duration.ofHours(1);
    /** What the clock of another server may be ahead. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final byte VERSION = (byte) 0x80;
    private static final int KEY_BYTES = 32;
    private static final int HALF = KEY_BYTES / 2;
    private static final int BLOCK = 16;
    private static final int HEAD = 1 + Long.BYTES + BLOCK;
    private static final int SIGNATURE = 32;
    private static final int LONGEST = 4096;

    private final SecretKeySpec signing;
    private final SecretKeySpec encrypting;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private PageTokens(byte[] key, InstantSource clock) {
        this.signing = new SecretKeySpec(key, 0, HALF, "HmacSHA256");
        this.encrypting = new SecretKeySpec(key, HALF, HALF, "AES");
        this.clock = clock;
    }

    /**
     * Tokens sealed by the key of the configuration.
     *
     * @param paginationKey 32 bytes in base64 of either alphabet, or in hex; null for a key of this process only
     * @throws LimpidException when it is none
     */
    public static PageTokens of(@Nullable String paginationKey, InstantSource clock) throws LimpidException {
        if (paginationKey == null || paginationKey.isEmpty()) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return new PageTokens(key, clock);
        }
        byte[] key = key(paginationKey);
        if (key.length != KEY_BYTES) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "reading the configuration",
                    "Invalid Pagination key; must be 32-bit URL-safe base64",
                    "api.paginationkey is 32 bytes: take the output of openssl rand -base64 32, or leave it out");
        }
        return new PageTokens(key, clock);
    }

    private static byte[] key(String text) {
        try {
            if (text.length() == 2 * KEY_BYTES) {
                return HexFormat.of().parseHex(text);
            }
            return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    /** A token that holds a text. */
    String seal(String text) {
        byte[] vector = new byte[BLOCK];
        random.nextBytes(vector);
        return seal(text.getBytes(StandardCharsets.UTF_8), clock.instant().getEpochSecond(), vector);
    }

    /** The token of a moment and an initialization vector: what the test vectors name. */
    String seal(byte[] text, long seconds, byte[] vector) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, encrypting, new IvParameterSpec(vector));
            ByteArrayOutputStream token = new ByteArrayOutputStream();
            token.writeBytes(ByteBuffer.allocate(HEAD)
                    .put(VERSION)
                    .putLong(seconds)
                    .put(vector)
                    .array());
            token.writeBytes(cipher.doFinal(text));
            token.writeBytes(signature(token.toByteArray()));
            return Base64.getUrlEncoder().encodeToString(token.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java platform without AES or HMAC", e);
        }
    }

    /** What a token holds; nothing for one that is broken, too old, or sealed by another key. */
    Optional<String> open(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] bytes = decoded(token);
            int end = bytes.length - SIGNATURE;
            if (end < HEAD + BLOCK || (end - HEAD) % BLOCK != 0 || bytes[0] != VERSION) {
                return Optional.empty();
            }
            byte[] signed = Arrays.copyOf(bytes, end);
            if (!MessageDigest.isEqual(signature(signed), Arrays.copyOfRange(bytes, end, bytes.length))) {
                return Optional.empty();
            }
            Instant made = Instant.ofEpochSecond(ByteBuffer.wrap(bytes).getLong(1));
            Instant now = clock.instant();
            if (now.isAfter(made.plus(LIFE)) || made.isAfter(now.plus(SKEW))) {
                return Optional.empty();
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, encrypting, new IvParameterSpec(bytes, 1 + Long.BYTES, BLOCK));
            return Optional.of(new String(cipher.doFinal(bytes, HEAD, end - HEAD), StandardCharsets.UTF_8));
        } catch (DateTimeException | GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    /** As Go decodes when nobody looks at its error: line breaks are passed over, and what stands before the first fault counts. */
    private static byte[] decoded(String token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = token.replace("\r", "").replace("\n", "");
        for (int at = 0; at + 4 <= text.length(); at += 4) {
            String four = text.substring(at, at + 4);
            try {
                bytes.writeBytes(Base64.getUrlDecoder().decode(four));
            } catch (IllegalArgumentException _) {
                break;
            }
            if (four.endsWith("=")) {
                break;
            }
        }
        return bytes.toByteArray();
    }

    private byte[] signature(byte[] of) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(signing);
        return mac.doFinal(of);
    }
}
