package io.limpid.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Certificates of an authority that nobody trusts but who is told to; made by {@code tls/make.sh}. */
public final class TestCertificates {
    private static final char[] PASSWORD = "limpid".toCharArray();

    private TestCertificates() {}

    /** For {@code localhost}, {@code registry.example} and 127.0.0.1. */
    public static SSLContext server() {
        return context("server");
    }

    /** For {@code other.example} only. */
    public static SSLContext otherName() {
        return context("other-name");
    }

    /** For {@code localhost}, until January 2020. */
    public static SSLContext expired() {
        return context("expired");
    }

    /** For {@code localhost}, of another authority. */
    public static SSLContext stranger() {
        return context("stranger");
    }

    /** Writes the authority's certificate into a folder. */
    public static Path authority(Path folder) throws IOException {
        Path file = folder.resolve("ca.pem");
        try (InputStream pem = resource("ca.pem")) {
            Files.write(file, pem.readAllBytes());
        }
        return file;
    }

    private static SSLContext context(String name) {
        try (InputStream file = resource(name + ".p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static InputStream resource(String name) {
        @Nullable InputStream resource = TestCertificates.class.getResourceAsStream("tls/" + name);
        if (resource == null) {
            throw new IllegalStateException("no test resource tls/" + name);
        }
        return resource;
    }
}
