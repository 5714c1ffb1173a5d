package io.limpid.net;

import io.limpid.model.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted: those of the Java platform, and those of a file of the operator's. Read when TLS is first spoken. */
final class Trust {
    private static final int LARGEST_FILE = 16 << 20;
    private static final Pattern CERTIFICATE = Pattern.compile(
            "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED )?CERTIFICATE-----");

    private final @Nullable Path file;
    private final Lock lock = new ReentrantLock();
    private @Nullable SSLSocketFactory sockets;

    Trust(@Nullable Path file) {
        this.file = file;
    }

    /** The maker of sockets that trust accordingly. */
    SSLSocketFactory sockets() throws NetFailure {
        lock.lock();
        try {
            SSLSocketFactory made = sockets;
            if (made == null) {
                made = file == null
                        ? SSLContext.getDefault().getSocketFactory()
                        : context(certificates(file)).getSocketFactory();
                sockets = made;
            }
            return made;
        } catch (GeneralSecurityException | IOException e) {
            if (e instanceof NetFailure failure) {
                throw failure;
            }
            throw NetFailure.lasting("TLS cannot be set up: " + e.getMessage(), null)
                    .because(e);
        } finally {
            lock.unlock();
        }
    }

    private static SSLContext context(List<X509Certificate> more) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int name = 0;
        for (TrustManager one : managers(null)) {
            if (one instanceof X509TrustManager platform) {
                for (X509Certificate certificate : platform.getAcceptedIssuers()) {
                    store.setCertificateEntry("platform-" + name++, certificate);
                }
            }
        }
        for (X509Certificate certificate : more) {
            store.setCertificateEntry("file-" + name++, certificate);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(store), null);
        return context;
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** The certificates of a PEM file, whatever stands between them. */
    private static List<X509Certificate> certificates(Path file) throws NetFailure {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (var block : CERTIFICATE.matcher(text(file)).results().toList()) {
                byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
            }
        } catch (NetFailure e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw unusable(file, "no such file").because(e);
        } catch (CertificateException | IllegalArgumentException e) {
            throw unusable(file, "certificate " + (certificates.size() + 1) + " of it is none")
                    .because(e);
        } catch (IOException e) {
            throw unusable(file, "it cannot be read").because(e);
        }
        if (certificates.isEmpty()) {
            throw unusable(file, "there is no certificate in it");
        }
        return certificates;
    }

    private static String text(Path file) throws IOException, NetFailure {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw unusable(file, "it is larger than " + Amounts.bytes(LARGEST_FILE));
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static NetFailure unusable(Path file, String reason) {
        return NetFailure.of(
                ErrorCode.IO,
                "the trusted certificates in " + file + " cannot be used: " + reason,
                "SSL_CERT_FILE or the option for it names a file with certificates in PEM form");
    }
}
