package io.limpid.server.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PEM file of a private key, in the forms that Go reads; those of elliptic curves (SEC 1) the framework does not. */
final class KeyFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern SEC1 =
            Pattern.compile("-----BEGIN EC PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END EC PRIVATE KEY-----");
    private static final byte[] VERSION = {2, 1, 0};
    private static final byte[] EC_PUBLIC_KEY = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final int PARAMETERS = 0xa0;
    private static final int LONG_FORM = 0x80;

    private final byte[] der;
    private int at;

    private KeyFile(byte[] der) {
        this.der = der;
    }

    /** The file's bytes, a key of an elliptic curve as PKCS #8. */
    static byte[] read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        Matcher sec1 = SEC1.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!sec1.find()) {
            return bytes;
        }
        try {
            byte[] key = Base64.getMimeDecoder().decode(sec1.group(1));
            String text = Base64.getMimeEncoder().encodeToString(pkcs8(key));
            return ("-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new IOException(file + " has an EC PRIVATE KEY that is none", e);
        }
    }

    private static byte[] pkcs8(byte[] key) throws IOException {
        byte[] algorithm = part(SEQUENCE, EC_PUBLIC_KEY, new KeyFile(key).curve());
        return part(SEQUENCE, VERSION, algorithm, part(OCTETS, key));
    }

    /** The object identifier of the curve, which stands in the key behind its number. */
    private byte[] curve() throws IOException {
        int tag = der[at++] & 0xff;
        int end = length() + at;
        while (tag == SEQUENCE && at < end) {
            int inner = der[at++] & 0xff;
            int length = length();
            if (inner == PARAMETERS) {
                return Arrays.copyOfRange(der, at, at + length);
            }
            at += length;
        }
        throw new IOException("the key does not name its curve");
    }

    private int length() {
        int first = der[at++] & 0xff;
        if (first < LONG_FORM) {
            return first;
        }
        int length = 0;
        for (int i = first - LONG_FORM; i > 0; i--) {
            length = Math.addExact(Math.multiplyExact(length, 256), der[at++] & 0xff);
        }
        return length;
    }

    private static byte[] part(int tag, byte[]... contents) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            inside.writeBytes(content);
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.write(tag);
        int length = inside.size();
        if (length >= LONG_FORM) {
            part.write(LONG_FORM + 2);
            part.write(length >> 8);
        }
        part.write(length);
        part.writeBytes(inside.toByteArray());
        return part.toByteArray();
    }
}
