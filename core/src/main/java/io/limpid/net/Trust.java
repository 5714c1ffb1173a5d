package io.limpid.net;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted, and what servers are shown: files of the operator's are read when TLS is first spoken. */
final class Trust {
    private static final String MORE_HINT =
            "SSL_CERT_FILE or the option for it names a file with certificates in PEM form";
    private static final String OWN_HINT = "see whether these are the files that the server's operator has given out";

    /** Makes what sockets are made of. */
    private interface Recipe {
        SSLContext make() throws GeneralSecurityException, IOException;
    }

    private final Recipe recipe;
    private final @Nullable String serverName;
    private final boolean verifies;
    private final Lock lock = new ReentrantLock();
    private @Nullable SSLSocketFactory sockets;

    private Trust(Recipe recipe, @Nullable String serverName, boolean verifies) {
        this.recipe = recipe;
        this.serverName = serverName;
        this.verifies = verifies;
    }

    /** The authorities of the Java platform, and those of a file. */
    static Trust ofPlatformAnd(@Nullable Path file) {
        return new Trust(file == null ? SSLContext::getDefault : () -> context(file), null, true);
    }

    /** What the files of one server say. */
    static Trust of(TlsFiles files) {
        return new Trust(() -> context(files), files.serverName(), files.verified());
    }

    /** Whether a server has to show that it is the host that was asked for. */
    boolean verifies() {
        return verifies;
    }

    /** By which name a host is asked for. */
    String nameOf(String host) {
        return serverName == null ? host : serverName;
    }

    /** The maker of sockets that trust accordingly. */
    SSLSocketFactory sockets() throws NetFailure {
        lock.lock();
        try {
            SSLSocketFactory made = sockets;
            if (made == null) {
                made = recipe.make().getSocketFactory();
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

    private static SSLContext context(Path more) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        List<X509Certificate> certificates = new ArrayList<>();
        for (TrustManager one : managers(null)) {
            if (one instanceof X509TrustManager platform) {
                certificates.addAll(List.of(platform.getAcceptedIssuers()));
            }
        }
        certificates.addAll(new Pem(more, MORE_HINT).certificates());
        put(certificates, store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(store), null);
        return context;
    }

    private static SSLContext context(TlsFiles files) throws GeneralSecurityException, IOException {
        KeyStore authorities = null;
        if (files.authorities() != null) {
            authorities = emptyStore();
            put(new Pem(files.authorities(), OWN_HINT).certificates(), authorities);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                identity(files), files.verified() ? managers(authorities) : new TrustManager[] {new Anybody()}, null);
        return context;
    }

    private static KeyManager @Nullable [] identity(TlsFiles files) throws GeneralSecurityException, IOException {
        Path certificate = files.certificate();
        Path key = files.key();
        if (certificate == null || key == null) {
            return null;
        }
        List<X509Certificate> chain = new Pem(certificate, OWN_HINT).certificates();
        KeyStore store = emptyStore();
        char[] none = new char[0];
        store.setKeyEntry(
                "own", new Pem(key, OWN_HINT).key(chain.getFirst()), none, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static void put(List<X509Certificate> certificates, KeyStore store) throws GeneralSecurityException {
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Believes whoever answers, as somebody has asked for in so many words. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Nobody is a client of this program.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Whoever it is.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Nobody is a client of this program.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Whoever it is.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Nobody is a client of this program.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Whoever it is.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
