package io.limpid.image.daemon;

import io.limpid.format.BlockInputStream;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.image.ArchiveSource;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.PassingReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.ScanTarget;
import io.limpid.net.AddressPolicy;
import io.limpid.net.Deadlines;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.ProxyRules;
import io.limpid.net.Retries;
import io.limpid.net.TlsFiles;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The images of one daemon.
 *
 * <p>An image is exported by the id that its name had, so that a name which changes meanwhile cannot mix two, and what is exported must have
 * the layers that were described. Nothing of what the daemon says is kept or believed in place of bytes: the export is read as an archive
 * from anywhere is.
 */
final class DaemonImages {
    private static final int LONGEST_NAME = 512;

    private final Endpoint endpoint;
    private final DaemonDeadlines deadlines;
    private final boolean inPlace;

    DaemonImages(Endpoint endpoint, DaemonDeadlines deadlines) {
        this(endpoint, deadlines, true);
    }

    /**
     * The images of a daemon.
     *
     * @param inPlace whether those that lie on this machine are read there, where they can be
     */
    DaemonImages(Endpoint endpoint, DaemonDeadlines deadlines, boolean inPlace) {
        this.endpoint = endpoint;
        this.deadlines = deadlines;
        this.inPlace = inPlace;
    }

    /**
     * Opens an image.
     *
     * @param reader reads its layers while they pass
     */
    Image open(ImageRequest request, PassingReader reader) throws IOException {
        String name = request.location();
        if (!isName(name)) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "cannot ask " + endpoint.description() + " for an image",
                    name.isEmpty() ? "no name is given" : "this is no name of one: " + name,
                    "write " + endpoint.kind() + ":NAME[:TAG]");
        }
        try {
            Described described = described(name, request.limits());
            Image stored = inPlace ? StoredImage.find(endpoint, described, request) : null;
            return stored == null ? exported(described, request, reader) : stored;
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    /** Whether it can be put into a URL as it is, and leads nowhere else. */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && "._-/:@".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && !name.startsWith("/")
                && !name.startsWith(".")
                && !name.contains("//")
                && !name.contains("/.");
    }

    private Described described(String name, Limits limits) throws IOException, InterruptedException {
        URI url = endpoint.url().resolve("images/" + name + "/json");
        try (OutboundClient client = client(deadlines.describing());
                WebResponse answer = client.exchange(
                        WebRequest.get(url, limits.documentBytes()).withoutRedirects())) {
            if (answer.status() == 404) {
                throw new LimpidException(
                        ErrorCode.NOT_FOUND,
                        "there is no image " + name,
                        endpoint.description() + " has none of that name",
                        "'" + endpoint.kind() + " images' lists those it has; '" + endpoint.kind() + " pull " + name
                                + "' brings it, registry:" + name + " asks its registry");
            }
            if (answer.status() != 200) {
                throw answer.refused();
            }
            if (Json.parse(answer.body(), limits.documentBytes(), limits) instanceof JsonObject json) {
                return Described.of(json, answer.headers().first("Server"));
            }
            throw new JsonException("no JSON object");
        } catch (JsonException e) {
            throw new LimpidException(
                    ErrorCode.NETWORK,
                    failed(name),
                    "it describes the image in a way that is not understood: " + e.getMessage(),
                    "see whether it is a daemon of " + endpoint.kind() + " that answers there");
        } catch (LimpidException e) {
            throw told(e, name);
        }
    }

    private Image exported(Described described, ImageRequest request, PassingReader reader) throws IOException {
        String name = request.location();
        URI url = endpoint.url().resolve("images/" + described.id() + "/get");
        WebRequest get = WebRequest.get(url, request.limits().archiveBytes())
                .limitedBy("archive-bytes")
                .withoutRedirects();
        Image image = ArchiveSource.openPassing(() -> export(get, name), request, reader);
        if (request.platform() == null && !described.fits(image)) {
            image.close();
            throw new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    failed(name),
                    "it exported an image with other layers than those it described",
                    "scan it again; if that does not help, remove the image and pull it again");
        }
        ScanTarget found = image.target();
        return image.as(
                new ScanTarget(endpoint.kind(), name, found.imageId(), found.manifestDigest(), found.platform()),
                image);
    }

    /** The export from its beginning; the connection ends with it. */
    private InputStream export(WebRequest get, String name) throws IOException {
        OutboundClient client = client(deadlines.exporting());
        try {
            WebResponse answer = client.exchange(get);
            if (answer.status() != 200) {
                throw answer.refused();
            }
            return new Export(answer, client, name);
        } catch (InterruptedException _) {
            client.close();
            throw interrupted();
        } catch (LimpidException e) {
            client.close();
            throw told(e, name);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("while a daemon was asked");
    }

    /** What a daemon sends; failures are told by its name. */
    private final class Export extends BlockInputStream {
        private final WebResponse answer;
        private final OutboundClient client;
        private final String name;

        Export(WebResponse answer, OutboundClient client, String name) {
            this.answer = answer;
            this.client = client;
            this.name = name;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return answer.body().read(target, offset, length);
            } catch (LimpidException e) {
                throw told(e, name);
            }
        }

        @Override
        public void close() {
            answer.close();
            client.close();
        }
    }

    private OutboundClient client(Deadlines times) {
        // Redirects are not followed and nothing is repeated: a daemon has no need of either.
        NetSettings settings = new NetSettings(
                ProxyRules.NONE, null, AddressPolicy.ALL_BUT_METADATA, times, Retries.DEFAULT, "limpid");
        if (endpoint.socket() != null) {
            return OutboundClient.overSocket(endpoint.socket(), settings);
        }
        return endpoint.tls() == null ? new OutboundClient(settings) : OutboundClient.withTls(endpoint.tls(), settings);
    }

    private String failed(String name) {
        return "cannot get " + name + " from " + endpoint.description();
    }

    /** A failure on the way, by the daemon's name instead of the URL; one that is named already stays. */
    private LimpidException told(LimpidException failure, String name) {
        boolean absent = failure.code() == ErrorCode.NOT_FOUND && endpoint.setting() != null;
        boolean urlOnly = failure.what().startsWith("cannot fetch ");
        if (!urlOnly) {
            return failure;
        }
        // A daemon that somebody named is to be there: then no other place is asked instead.
        LimpidException told = new LimpidException(
                absent ? ErrorCode.NETWORK : failure.code(), failed(name), failure.reason(), hint(failure));
        told.initCause(failure);
        return told;
    }

    private @Nullable String hint(LimpidException failure) {
        TlsFiles tls = endpoint.tls();
        if (tls != null && failure.code() == ErrorCode.NETWORK && isOfTls(failure)) {
            return tlsHint(tls);
        }
        boolean refused = String.valueOf(failure.reason()).contains("answered 400");
        if (endpoint.socket() == null && tls == null && refused) {
            return "if it wants TLS, set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the folder of ca.pem, cert.pem"
                    + " and key.pem";
        }
        if (failure.hint() == null) {
            return "try again; if it stays so, its log may say why";
        }
        if (endpoint.setting() == null || failure.code() != ErrorCode.NOT_FOUND) {
            return failure.hint();
        }
        return failure.hint() + ", or see whether " + endpoint.setting() + " is right";
    }

    /** Whether TLS failed; a daemon that refuses a certificate may close the connection before its word of it arrives. */
    private static boolean isOfTls(LimpidException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
            if (cause instanceof SocketException) {
                boolean whileItCame = String.valueOf(failure.reason()).contains(" after ");
                return !(cause instanceof ConnectException) && !whileItCame;
            }
        }
        return false;
    }

    private static String tlsHint(TlsFiles tls) {
        String daemon = tls.authorities() == null
                ? ""
                : ", whether " + tls.authorities()
                        + " is the authority of its certificate, and that is for this host and valid";
        return "see whether it speaks TLS" + daemon
                + (tls.certificate() == null
                        ? ", and whether it wants a certificate: cert.pem and key.pem are not there"
                        : ", and whether it accepts " + tls.certificate()
                                + ", which has to be valid and of the authority that its --tlscacert names");
    }
}
