package io.limpid.image;

import static io.limpid.testing.FakeRegistry.blob;
import static io.limpid.testing.FakeRegistry.manifest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.image.registry.CredentialSource;
import io.limpid.image.registry.Credentials;
import io.limpid.image.registry.Mirror;
import io.limpid.image.registry.RegistryAccess;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.net.Deadlines;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.Retries;
import io.limpid.testing.FakeRegistry;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry on loopback with one image, and what it takes to read that. */
abstract class RegistryCase {
    static final Duration LONG = Duration.ofSeconds(30);
    static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes(UTF_8));

    final Map<String, byte[]> layout = new LinkedHashMap<>();
    final List<String> lookedUp = new ArrayList<>();
    NetSettings settings = NetSettings.fromEnvironment(Map.of(), "test")
            .withDeadlines(new Deadlines(LONG, LONG, LONG, LONG))
            .withRetries(new Retries(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(2)));

    Credentials credentials = new Credentials.Anonymous();
    List<Mirror> mirrors = List.of();
    boolean offline;
    boolean plainHttp;
    final Map<URI, Long> heard = new ConcurrentHashMap<>();
    FakeRegistry registry = FakeRegistry.of(started(), layout);
    byte[] layer = new byte[0];
    byte[] manifest = new byte[0];

    @TempDir
    Path folder;

    private static FaultServer started() {
        try {
            return FaultServer.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void fill() throws IOException {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        byte[] tar = new TarMaker().file("noise", noise).bytes();
        layer = ImageMaker.gzip(tar);
        new ImageMaker().layer(tar).ociDescriptor(ImageMaker.Stored.GZIP, "", "", layout);
        registry.close();
        registry = FakeRegistry.of(FaultServer.start(), layout);
        manifest = only("\"layers\"");
        registry.tag("1", manifest);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    byte[] only(String word) {
        return layout.values().stream()
                .filter(bytes -> new String(bytes, UTF_8).contains(word))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    FaultServer server() {
        return registry.server();
    }

    String layerPath() {
        return blob(Sha256.of(layer).toString());
    }

    RegistryAccess access(OutboundClient client) {
        CredentialSource source = (host, repository) -> {
            lookedUp.add(host + " " + repository);
            return credentials;
        };
        return new RegistryAccess(
                client, source, plainHttp, mirrors, offline, (url, bytes, _) -> heard.put(url, bytes));
    }

    /** Opens the image and reads its layers to their ends. */
    List<byte[]> read(String name, @Nullable String image, @Nullable Platform platform) throws IOException {
        try (OutboundClient client = new OutboundClient(settings)) {
            RegistryAccess access = access(client);
            List<byte[]> layers = new ArrayList<>();
            try (Image opened = new RegistrySource(() -> access)
                    .open("registry", new ImageRequest(name, image, platform, Limits.DEFAULT))) {
                assertThat(opened.target().kind()).isEqualTo("registry");
                assertThat(opened.target().reference())
                        .isEqualTo(Reference.parse(name).toString());
                for (Layer one : opened.layers()) {
                    try (InputStream in = Objects.requireNonNull(one.blob()).open()) {
                        layers.add(in.readAllBytes());
                    }
                }
            }
            return layers;
        }
    }

    void reads() throws IOException {
        assertThat(read(registry.name("1"), null, null)).containsExactly(layer);
    }

    LimpidException fails() {
        LimpidException error = catchThrowableOfType(LimpidException.class, () -> read(registry.name("1"), null, null));
        assertThat(error).isNotNull();
        assertThat(error.getMessage()).contains("127.0.0.1:" + server().port()).doesNotContain("secret");
        assertThat(error.hint()).isNotNull().doesNotContain("secret");
        return error;
    }

    long asked(String path) {
        return server().requests().stream()
                .filter(one -> one.path().equals(path))
                .count();
    }
}
