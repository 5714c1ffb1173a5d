package io.limpid.snapshot;

import io.limpid.model.Digest;
import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** As little of an HTTP client as tests of updates need. */
final class PlainDownloader implements Downloader {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @Override
    public Download download(DownloadRequest request) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.url()).timeout(Duration.ofSeconds(60));
        if (request.etag() != null) {
            builder.header("If-None-Match", request.etag());
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return switch (response.statusCode()) {
                    case 200 -> fetched(request, response, body);
                    case 304 -> new Download.NotModified();
                    case 404, 410 -> new Download.Absent(response.statusCode());
                    default -> throw new IOException("HTTP status " + response.statusCode());
                };
            }
        } catch (InterruptedException _) {
            throw new InterruptedIOException();
        }
    }

    private static Download fetched(DownloadRequest request, HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Files.deleteIfExists(request.file());
            long bytes = Files.copy(new DigestInputStream(body, digest), request.file());
            return new Download.Fetched(
                    bytes,
                    new Digest(HexFormat.of().formatHex(digest.digest())),
                    response.headers().firstValue("ETag").orElse(null),
                    response.headers().firstValue("Last-Modified").orElse(null),
                    response.uri());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            Files.deleteIfExists(request.file());
            throw e;
        }
    }
}
