package io.limpid.net;

import io.limpid.model.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A PEM file (RFC 7468): certificates, or a private key as PKCS #8, PKCS #1 (RSA) or SEC 1 (EC), whatever else stands between them.
 *
 * @param path where it is
 * @param hint what to do when it cannot be used
 */
record Pem(Path path, String hint) {
    private static final int LARGEST_FILE = 16 << 20;
    private static final Pattern CERTIFICATE = Pattern.compile(
            "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED )?CERTIFICATE-----");

    /** A body of base64 has no colon; headers that tell of an encrypted key have (RFC 1421). */
    private static final Pattern KEY =
            Pattern.compile("(?s)-----BEGIN (RSA |EC |ENCRYPTED |)PRIVATE KEY-----(.*?)-----END ");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {0x02, 1, 0};

    /** The certificates, in the file's order; at least one. */
    List<X509Certificate> certificates() throws NetFailure {
        List<X509Certificate> certificates = new ArrayList<>();
        String text = text();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (MatchResult block : CERTIFICATE.matcher(text).results().toList()) {
                byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw unusable("certificate " + (certificates.size() + 1) + " of it is none")
                    .because(e);
        }
        if (certificates.isEmpty()) {
            throw unusable("there is no certificate in it");
        }
        return certificates;
    }

    /** The private key of a certificate. */
    PrivateKey key(X509Certificate certificate) throws NetFailure {
        MatchResult block = KEY.matcher(text()).results().findFirst().orElse(null);
        if (block == null) {
            throw unusable("there is no private key in it");
        }
        if (block.group(1).startsWith("ENCRYPTED") || block.group(2).indexOf(':') >= 0) {
            throw unusable("the key in it is encrypted, and nobody can be asked for the password");
        }
        PublicKey half = certificate.getPublicKey();
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
            byte[] pkcs8 = block.group(1).isEmpty() ? encoded : wrapped(encoded, half.getEncoded());
            PrivateKey key =
                    KeyFactory.getInstance(half.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (isOf(key, half)) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable("the key in it cannot be read, or is not of the kind of its certificate's ("
                            + half.getAlgorithm() + ")")
                    .because(e);
        }
        throw unusable("the key in it is not that of the certificate that belongs to it");
    }

    /**
     * The older forms as PKCS #8 (RFC 5958), which is the same bytes with the algorithm before them: the one that the certificate has
     * in its SubjectPublicKeyInfo, curve included.
     */
    private static byte[] wrapped(byte[] key, byte[] publicKeyInfo) throws GeneralSecurityException {
        int algorithm = contentOffset(publicKeyInfo, 0);
        int end = contentOffset(publicKeyInfo, algorithm) + contentLength(publicKeyInfo, algorithm);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(VERSION_0);
        parts.write(publicKeyInfo, algorithm, end - algorithm);
        parts.writeBytes(element(OCTETS, key));
        return element(SEQUENCE, parts.toByteArray());
    }

    /** Where what an element of DER holds begins; its length may be of one to three bytes. */
    private static int contentOffset(byte[] der, int at) throws GeneralSecurityException {
        int first = der[at + 1] & 0xff;
        if (first > 0x82) {
            throw new GeneralSecurityException("a public key of megabytes");
        }
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int contentLength(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = 0; first >= 0x80 && i < (first & 0x7f); i++) {
            length = (length << Byte.SIZE) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + Byte.SIZE - 1) / Byte.SIZE;
        if (content.length >= 0x80) {
            element.write(0x80 | bytes);
        }
        for (int i = Math.max(bytes, 1) - 1; i >= 0; i--) {
            element.write(content.length >> (i * Byte.SIZE));
        }
        element.writeBytes(content);
        return element.toByteArray();
    }

    /** Whether what the one signs the other recognizes. */
    private static boolean isOf(PrivateKey key, PublicKey half) throws GeneralSecurityException {
        String algorithm = half.getAlgorithm();
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        signature.initSign(key);
        signature.update(VERSION_0);
        byte[] signed = signature.sign();
        signature.initVerify(half);
        signature.update(VERSION_0);
        return signature.verify(signed);
    }

    private String text() throws NetFailure {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw unusable("it is larger than " + Amounts.bytes(LARGEST_FILE));
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NetFailure e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw unusable("no such file").because(e);
        } catch (IOException e) {
            throw unusable("it cannot be read").because(e);
        }
    }

    private NetFailure unusable(String reason) {
        return NetFailure.of(ErrorCode.IO, path + " cannot be used for TLS: " + reason, hint);
    }
}
