package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.limpid.cli.push.LayerServer;
import io.limpid.cli.push.PushedLayer;
import io.limpid.cli.push.Reach;
import io.limpid.format.compress.Compression;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Sha256;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerServerTest {
    private static final byte[] BYTES = "the bytes of a layer".getBytes(StandardCharsets.UTF_8);
    private static final PushedLayer LAYER =
            new PushedLayer("a".repeat(64), new Bytes(BYTES), Sha256.of(BYTES), Compression.NONE);

    @SuppressWarnings("ArrayRecordComponent")
    private record Bytes(byte[] bytes) implements Blob {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }
    }

    private static LayerServer serving(String endpoint, String... others) throws IOException {
        return LayerServer.start(
                List.of(LAYER), Reach.of(URI.create(endpoint), null, List.of(others)), null, Limits.DEFAULT);
    }

    @Test
    void onlyWhoMayGetsALayer() throws IOException {
        try (LayerServer server = serving("http://127.0.0.2:6060", "127.0.0.4")) {
            URI url = URI.create(server.url(LAYER));
            for (String from : List.of("127.0.0.1", "127.0.0.2", "127.0.0.4")) {
                assertThat(ClairServer.fetch(from, url).body()).as(from).isEqualTo(BYTES);
            }
            for (String from : List.of("127.0.0.3", "127.1.0.2")) {
                assertThat(ClairServer.fetch(from, url).status()).as(from).isEqualTo(403);
                assertThat(ClairServer.fetch(from, url).body()).isEmpty();
            }
            assertThat(server.refused()).containsExactly("127.0.0.3", "127.1.0.2");
        }
    }

    /** The name of a layer can be known to all the world. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/LAYER",
                "/LAYER/layer.tar",
                "/00000000000000000000000000000000/LAYER/layer.tar",
                "TOKEN",
                "TOKEN/",
                "TOKEN/LAYER",
                "TOKEN/LAYER/",
                "TOKEN/../TOKEN/LAYER/layer.tar",
                "TOKEN//LAYER/layer.tar",
                "TOKEN/LAYER/layer.tar/"
            })
    void nothingIsFoundByAnotherPath(String path) throws IOException {
        try (LayerServer server = serving("http://127.0.0.1:6060")) {
            String whole = server.url(LAYER);
            String token = "/" + URI.create(whole).getPath().split("/", 3)[1];
            assertThat(token).matches("/[0-9a-f]{32}");
            URI guess = URI.create(whole).resolve("/x");
            String wrong = guess.toString()
                    .replaceFirst("/x$", path.replace("TOKEN", token).replace("LAYER", LAYER.name()));
            assertThat(ClairServer.fetch("127.0.0.1", URI.create(wrong)).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void eachPushHasUrlsOfItsOwn() throws IOException {
        try (LayerServer one = serving("http://127.0.0.1:6060");
                LayerServer two = serving("http://127.0.0.1:6060")) {
            assertThat(URI.create(one.url(LAYER)).getPath())
                    .isNotEqualTo(URI.create(two.url(LAYER)).getPath());
            assertThat(one.url(LAYER)).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void byTheSixthVersionOfTheProtocol() throws IOException {
        assumeThat(hasSix()).as("skipped: no ::1 here").isTrue();
        try (LayerServer server = serving("http://[::1]:6060")) {
            assertThat(server.url(LAYER)).startsWith("http://[0:0:0:0:0:0:0:1]:");
            assertThat(ClairServer.fetch("::1", URI.create(server.url(LAYER))).body())
                    .isEqualTo(BYTES);
        }
        try (LayerServer server = LayerServer.start(
                List.of(LAYER),
                Reach.of(URI.create("http://[2001:db8::1]:6060"), "2001:db8::2", List.of()),
                null,
                Limits.DEFAULT)) {
            int port = URI.create(server.url(LAYER)).getPort();
            URI here = URI.create(
                    "http://[::1]:" + port + URI.create(server.url(LAYER)).getPath());
            assertThat(ClairServer.fetch("::1", here).status()).isEqualTo(403);
            assertThat(server.refused()).containsExactly("0:0:0:0:0:0:0:1");
        }
    }

    private static boolean hasSix() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
