package io.limpid.bundle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A whole Ed25519 key, which signs bundles; made here or by {@code openssl genpkey -algorithm ed25519}. */
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";
    static final String PEM = "PRIVATE KEY";

    private static final int SEED_BYTES = 32;

    private final PrivateKey secret;
    private final VerifyingKey verifying;

    private SigningKey(PrivateKey secret, VerifyingKey verifying) {
        this.secret = secret;
        this.verifying = verifying;
    }

    /** Makes a new one. */
    public static SigningKey generate() {
        try {
            return of(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private static SigningKey of(KeyPair pair) {
        VerifyingKey verifying = VerifyingKey.ofEncoded(pair.getPublic().getEncoded());
        if (verifying == null) {
            throw new IllegalStateException("a key in a form that is not known");
        }
        return new SigningKey(pair.getPrivate(), verifying);
    }

    /**
     * Reads the text of a PEM file (PKCS 8).
     *
     * @return null when it holds no such key
     */
    public static @Nullable SigningKey ofPem(String text) {
        byte[] encoded = Pem.read(PEM, text);
        // The secret itself is the last string of bytes in it, and all that there is in the form of RFC 8410.
        if (encoded == null || encoded.length < SEED_BYTES) {
            return null;
        }
        try {
            PrivateKey secret = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            byte[] seed = Arrays.copyOfRange(encoded, encoded.length - SEED_BYTES, encoded.length);
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            SigningKey key = of(generator.generateKeyPair());
            return Arrays.equals(secret.getEncoded(), key.secret.getEncoded()) ? key : null;
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    /** The public half. */
    public VerifyingKey verifying() {
        return verifying;
    }

    /** As a PEM file has it: a secret. */
    public String pem() {
        return Pem.write(PEM, secret.getEncoded());
    }

    byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that cannot sign", e);
        }
    }

    /** The JDK works the public half out only when it makes a key: so it is given the secret as if it came by chance. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
