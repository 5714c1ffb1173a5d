package io.limpid.image.registry;

import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.OutboundClient;
import io.limpid.net.Patience;
import io.limpid.net.TransferProgress;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks one registry for manifests and blobs of one repository (OCI distribution specification); from any number of threads. */
public final class RegistryClient {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private static final String MANIFESTS = "application/vnd.oci.image.index.v1+json,"
            + " application/vnd.docker.distribution.manifest.list.v2+json,"
            + " application/vnd.oci.image.manifest.v1+json,"
            + " application/vnd.docker.distribution.manifest.v2+json";

    private final OutboundClient client;
    private final Endpoint endpoint;
    private final Authorizer authorizer;
    private final TransferProgress progress;

    private RegistryClient(RegistryAccess access, Endpoint endpoint, Limits limits) {
        this.client = access.client();
        this.endpoint = endpoint;
        this.authorizer = new Authorizer(client, access.credentials(), endpoint, limits);
        this.progress = access.progress();
    }

    /** A client for a repository as a mirror has it. */
    public static RegistryClient of(RegistryAccess access, Mirror mirror, String repository, Limits limits) {
        return new RegistryClient(access, Endpoint.of(mirror, repository), limits);
    }

    /**
     * A client for a repository of a registry, by HTTPS unless HTTP is allowed; a registry on this machine is asked which of them it speaks.
     *
     * @param registry as names of images have it: {@code docker.io}, {@code localhost:5000}
     */
    public static RegistryClient of(RegistryAccess access, String registry, String repository, Limits limits)
            throws IOException {
        Endpoint plain = Endpoint.of(registry, repository, false);
        boolean http = access.plainHttp() || (Endpoint.isLoopback(registry) && speaksHttp(access.client(), plain));
        return new RegistryClient(access, http ? plain : Endpoint.of(registry, repository, true), limits);
    }

    /** Whether a registry is on this machine, so that no network is needed. */
    public static boolean isHere(String registry) {
        return Endpoint.isLoopback(registry);
    }

    private static boolean speaksHttp(OutboundClient client, Endpoint plain) throws IOException {
        WebRequest ping = WebRequest.get(plain.base(), 1 << 16).withoutRedirects();
        try (WebResponse response = client.exchange(ping)) {
            response.discard();
            // So Go's and nginx's servers answer HTTP where they speak HTTPS.
            return response.status() != 400;
        } catch (LimpidException _) {
            // The other way tells why not.
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The host that is asked, for messages. */
    public String host() {
        return endpoint.host();
    }

    /**
     * A manifest or an index.
     *
     * @param reference a tag or a digest
     * @param maxBytes how many bytes it may have
     */
    public Manifest manifest(String reference, int maxBytes) throws IOException {
        Patience patience = client.patience();
        WebRequest request = WebRequest.get(endpoint.url("manifests/" + reference), maxBytes)
                .limitedBy("document-bytes")
                .with("Accept", MANIFESTS);
        try {
            while (true) {
                try (WebResponse response = send(request)) {
                    if (response.status() == 200) {
                        return manifest(response, reference);
                    }
                    await(patience, response, false);
                } catch (LimpidException e) {
                    await(patience, e, false);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Manifest manifest(WebResponse response, String reference) throws IOException {
        String type = response.headers().first("Content-Type");
        String mediaType = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (mediaType.startsWith("text/html")) {
            throw RegistryErrors.lying(
                    endpoint,
                    "the manifest " + reference,
                    response.from().getRawAuthority() + " answered 200 with a web page: it is no registry, or asks"
                            + " for a login in a browser");
        }
        return new Manifest(response.body().readAllBytes(), response.headers().first("Docker-Content-Digest"));
    }

    /** Whether the repository has a blob. */
    public boolean has(String digest) throws IOException {
        WebRequest get = WebRequest.get(endpoint.url("blobs/" + digest), 0);
        WebRequest head = new WebRequest("HEAD", get.url(), get.headers(), null, 0, true, null);
        Patience patience = client.patience();
        try {
            while (true) {
                try (WebResponse response = send(head)) {
                    if (response.status() == 200 || response.status() == 404) {
                        return response.status() == 200;
                    }
                    await(patience, response, false);
                } catch (LimpidException e) {
                    await(patience, e, false);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * The bytes of a blob, which are asked for when the first is read, and from where it broke off when it does.
     *
     * @param size how many there are said to be; other announcements are refused
     */
    public InputStream blob(String digest, long size) {
        return new BlobStream(this, client.patience(), digest, size);
    }

    /** Asks for a blob from one of its bytes on; the answer has status 200 or 206, and its own idea of what it is. */
    @Nullable
    WebResponse blob(String digest, long from, long size, Patience patience, boolean progress)
            throws IOException, InterruptedException {
        // One more than there are to be, so that it shows when there are more.
        WebRequest get = WebRequest.get(endpoint.url("blobs/" + digest), Math.max(size, size + 1));
        WebResponse response = send(from == 0 ? get : get.with("Range", "bytes=" + from + "-"));
        boolean usable = response.status() == 200 || (response.status() == 206 && from > 0);
        if (usable) {
            return response;
        }
        try (response) {
            await(patience, response, progress);
            return null;
        }
    }

    /** Tells how far a blob has come. */
    void tell(String digest, long bytes, long size) {
        progress.at(endpoint.url("blobs/" + digest), bytes, size);
    }

    /** The error of a blob that is not what the manifest says. */
    LimpidException lying(String digest, String reason) {
        return RegistryErrors.lying(endpoint, "the blob " + digest, endpoint.host() + " " + reason);
    }

    /** Waits where another attempt makes sense. */
    void await(Patience patience, LimpidException failure, boolean progress)
            throws LimpidException, InterruptedException {
        try {
            patience.await(failure, progress);
        } catch (LimpidException e) {
            throw RegistryErrors.hinted(e, endpoint);
        }
    }

    /** The same after an answer that is of no use. */
    private void await(Patience patience, WebResponse response, boolean progress)
            throws LimpidException, InterruptedException {
        try {
            patience.await(response.refused(), progress);
        } catch (LimpidException e) {
            throw RegistryErrors.of(e, response, endpoint, authorizer.shown());
        }
    }

    /** Sends a request with what the registry wants to be shown; where a store that it redirects to refuses, once more. */
    private WebResponse send(WebRequest request) throws IOException, InterruptedException {
        WebResponse response = authorized(request);
        if (response.status() == FORBIDDEN && !response.isFromWhoWasAsked()) {
            // What it redirects to may be good for a moment only: a new one is asked for.
            response.discard();
            return authorized(request);
        }
        return response;
    }

    private WebResponse authorized(WebRequest request) throws IOException, InterruptedException {
        String shown = authorizer.header();
        WebResponse response = client.exchange(with(request, shown));
        // Who is redirected to is told nothing, whatever it asks for.
        if (response.status() != UNAUTHORIZED || !response.isFromWhoWasAsked()) {
            return response;
        }
        List<String> challenges = response.headers().all("WWW-Authenticate");
        if (challenges.isEmpty()) {
            return response;
        }
        response.discard();
        return client.exchange(with(request, authorizer.answer(challenges, shown)));
    }

    private static WebRequest with(WebRequest request, @Nullable String authorization) {
        return authorization == null ? request : request.with("Authorization", authorization);
    }

    static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("while a registry was asked");
        interrupted.initCause(cause);
        return interrupted;
    }
}
