package io.limpid.bundle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public half of an Ed25519 key (RFC 8032), by which a bundle's maker is known.
 *
 * @param hex its 32 bytes, 64 lower-case hex digits
 */
public record VerifyingKey(String hex) {
    static final int BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    private static final String ID = "ed25519:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String PEM = "PUBLIC KEY";

    /** What stands before the 32 bytes in the form of RFC 8410. */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    public VerifyingKey {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not an Ed25519 key: " + hex);
        }
    }

    /** As it is told to people and may be given instead of a file: {@code ed25519:} and the digits. */
    public String id() {
        return ID + hex;
    }

    /** Reads what {@link #id} gives; null when a text is something else. */
    public static @Nullable VerifyingKey ofId(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith(ID) && HEX.matcher(lower.substring(ID.length())).matches()
                ? new VerifyingKey(lower.substring(ID.length()))
                : null;
    }

    static VerifyingKey of(byte[] bytes) {
        return new VerifyingKey(HexFormat.of().formatHex(bytes));
    }

    /** Reads a key in the form of RFC 8410 (X.509). */
    static @Nullable VerifyingKey ofEncoded(byte[] encoded) {
        return encoded.length == PREFIX.length + BYTES
                        && Arrays.equals(encoded, 0, PREFIX.length, PREFIX, 0, PREFIX.length)
                ? of(Arrays.copyOfRange(encoded, PREFIX.length, encoded.length))
                : null;
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    private byte[] encoded() {
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + BYTES);
        System.arraycopy(bytes(), 0, encoded, PREFIX.length, BYTES);
        return encoded;
    }

    /** As a PEM file has it. */
    public String pem() {
        return Pem.write(PEM, encoded());
    }

    /** Whether the owner of the key has signed these bytes. */
    boolean hasSigned(byte[] message, byte[] signature) {
        try {
            PublicKey key =
                    KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded()));
            Signature verifier = Signature.getInstance(SigningKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            // Bytes that are no key, or no signature: nobody has signed so.
            return false;
        }
    }
}
