package io.limpid.image.daemon;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.image.ArchiveSource;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
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
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
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

    DaemonImages(Endpoint endpoint, DaemonDeadlines deadlines) {
        this.endpoint = endpoint;
        this.deadlines = deadlines;
    }

    Image open(ImageRequest request) throws IOException {
        String name = request.location();
        if (!isName(name)) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "cannot ask " + endpoint.description() + " for an image",
                    name.isEmpty() ? "no name is given" : "this is no name of one: " + name,
                    "write " + endpoint.kind() + ":NAME[:TAG]");
        }
        try {
            return exported(described(name, request.limits()), request);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
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
                && !name.contains("..")
                && !name.contains("//")
                && !name.contains("/.");
    }

    private Described described(String name, Limits limits) throws IOException, InterruptedException {
        URI url = endpoint.url().resolve("/images/" + name + "/json");
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
                return Described.of(json);
            }
            throw new JsonException("no JSON object");
        } catch (JsonException e) {
            throw new LimpidException(
                    ErrorCode.NETWORK,
                    failed(name),
                    "it describes the image in a way that is not understood: " + e.getMessage(),
                    null);
        } catch (LimpidException e) {
            throw told(e, name);
        }
    }

    private Image exported(Described described, ImageRequest request) throws IOException, InterruptedException {
        String name = request.location();
        URI url = endpoint.url().resolve("/images/" + described.id() + "/get");
        long most = request.limits().archiveBytes();
        Image image;
        try (OutboundClient client = client(deadlines.exporting());
                WebResponse answer = client.exchange(WebRequest.get(url, most).withoutRedirects())) {
            if (answer.status() != 200) {
                throw answer.refused();
            }
            image = ArchiveSource.openStream(
                    "", answer.body(), new ImageRequest(name, request.image(), request.platform(), request.limits()));
        } catch (LimpidException e) {
            throw told(e, name);
        }
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

    private OutboundClient client(Deadlines times) {
        // Redirects are not followed and nothing is repeated: a daemon has no need of either.
        NetSettings settings = new NetSettings(
                ProxyRules.NONE, null, AddressPolicy.ALL_BUT_METADATA, times, Retries.DEFAULT, "limpid");
        return endpoint.socket() == null
                ? new OutboundClient(settings)
                : OutboundClient.overSocket(endpoint.socket(), settings);
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
        if (endpoint.setting() == null || failure.code() != ErrorCode.NOT_FOUND) {
            return failure.hint();
        }
        return failure.hint() + ", or see whether " + endpoint.setting() + " is right";
    }
}
