package io.limpid.testing;

import io.limpid.image.Sha256;
import java.util.Arrays;
import java.util.Map;

/** A registry of one repository, {@code team/app}, over a {@link FaultServer}: what it should do, to be made worse by a test. */
public final class FakeRegistry implements AutoCloseable {
    /** What it calls its repository. */
    public static final String REPOSITORY = "team/app";

    private final FaultServer server;

    private FakeRegistry(FaultServer server) {
        this.server = server;
    }

    /** A registry over a server that answers nothing yet, with the blobs of an OCI layout; each may be asked for as a manifest too. */
    public static FakeRegistry of(FaultServer server, Map<String, byte[]> layout) {
        FakeRegistry registry = new FakeRegistry(server);
        server.on("/v2/", Answer.ok("{}"));
        layout.forEach((name, bytes) -> {
            if (name.startsWith("blobs/sha256/")) {
                String digest = Sha256.of(bytes).toString();
                server.on(blob(digest), request -> part(bytes, request));
                server.on(manifest(digest), Answer.ok(bytes));
            }
        });
        return registry;
    }

    private static Answer part(byte[] bytes, FaultServer.Request request) {
        String range = request.header("Range");
        if (range == null) {
            return Answer.ok(bytes);
        }
        int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
        return Answer.status(206)
                .body(rest)
                .header("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
    }

    public static String blob(String digest) {
        return "/v2/" + REPOSITORY + "/blobs/" + digest;
    }

    public static String manifest(String reference) {
        return "/v2/" + REPOSITORY + "/manifests/" + reference;
    }

    /** Gives a manifest a tag. */
    public FakeRegistry tag(String tag, byte[] manifest) {
        server.on(manifest(tag), Answer.ok(manifest));
        return this;
    }

    public FaultServer server() {
        return server;
    }

    /** The name of what has this tag, with its host. */
    public String name(String tag) {
        return "127.0.0.1:" + server.port() + "/" + REPOSITORY + ":" + tag;
    }

    @Override
    public void close() {
        server.close();
    }
}
