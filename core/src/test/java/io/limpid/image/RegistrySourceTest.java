package io.limpid.image;

import static io.limpid.testing.FakeRegistry.manifest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.image.registry.Mirror;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.net.Deadlines;
import io.limpid.testing.Answer;
import io.limpid.testing.FakeRegistry;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import io.limpid.testing.TestCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that do what they should, and those that do not: over real sockets. */
class RegistrySourceTest extends RegistryCase {
    @Test
    void anybodyMayHaveIt() throws IOException {
        reads();
        assertThat(lookedUp).isEmpty();
        assertThat(asked(layerPath())).isEqualTo(1);
        assertThat(server().requests()).noneMatch(one -> one.header("Authorization") != null);
        // The question which protocol it speaks, tag, configuration and layer over one connection.
        assertThat(server().connections()).isEqualTo(1);
    }

    @Test
    void aDigestIsAskedForAndHeldAgainstWhatComes() throws IOException {
        String right = Sha256.of(manifest).toString();
        String name = registry.name("1") + "@";
        assertThat(read(name + right, null, null)).hasSize(1);
        assertThat(asked(manifest("1"))).isZero();
        server().on(manifest(right), Answer.ok(manifest).body((new String(manifest, UTF_8) + " ").getBytes(UTF_8)));
        LimpidException error = catchThrowableOfType(LimpidException.class, () -> read(name + right, null, null));
        assertThat(error.code()).isEqualTo(ErrorCode.BROKEN_IMAGE);
        assertThat(error.getMessage()).contains(right, "gave other bytes");
    }

    @Test
    void whatOthersWouldAskForIsWhatIsRead() {
        server().on(manifest("1"), Answer.ok(manifest).header("Docker-Content-Digest", "sha256:" + "0".repeat(64)));
        assertThat(fails().getMessage()).contains("gave other bytes");
    }

    @Test
    void aRedirectThatIsGoodForAMomentOnlyIsAskedForAgain() throws IOException {
        try (FaultServer store = FaultServer.start()) {
            store.on("/b", Answer.status(403), Answer.ok(layer));
            server().on(layerPath(), Answer.redirect(307, store.url("/b").toString()));
            reads();
        }
    }

    /** Columns: the first answers to the request for the layer; whether its rest was asked for, from where. */
    @ParameterizedTest
    @CsvSource({
        "reset, 100000",
        "hang-up, 100000",
        "stall, 100000",
        "busy, -1",
        "too-many, -1",
        "no-ranges, 100000",
        "no-length, 100000",
    })
    void whatBreaksOffGoesOn(String fault, int from) throws IOException {
        if (fault.equals("stall")) {
            settings = settings.withDeadlines(new Deadlines(LONG, LONG, Duration.ofMillis(300), LONG));
        }
        Answer whole = Answer.ok(layer);
        Answer first = switch (fault) {
            case "reset" -> whole.cut(100_000, Answer.Ending.RESET);
            case "stall" -> whole.cut(100_000, Answer.Ending.STALL);
            case "busy" -> Answer.status(503);
            case "too-many" -> Answer.status(429).header("Retry-After", "1");
            case "no-length" -> Answer.ok(Arrays.copyOf(layer, 100_000)).framed(Answer.Framing.CLOSE);
            default -> whole.cut(100_000, Answer.Ending.HANG_UP);
        };
        int begin = Math.max(from, 0);
        Answer rest = Answer.status(206)
                .body(Arrays.copyOfRange(layer, begin, layer.length))
                .header("Content-Range", "bytes " + from + "-" + (layer.length - 1) + "/" + layer.length);
        server().on(layerPath(), first, from < 0 || fault.equals("no-ranges") ? whole : rest);
        reads();
        assertThat(server().requests().stream()
                        .filter(one -> one.path().equals(layerPath()))
                        .map(one -> one.header("Range"))
                        .toList())
                .containsExactly(null, from < 0 ? null : "bytes=" + from + "-");
    }

    /** Columns: what the registry answers for the layer; what is said. */
    @ParameterizedTest
    @CsvSource({
        "short, announces",
        "long, announces",
        "gone, 404 Not Found",
        "teapot, 418",
        "busy, 503 Service Unavailable (tried 3 times)",
        "too-long, asks to wait for 60 min",
        "reset, reset after",
        "other-part, another part",
        "denied, 403 Forbidden",
    })
    void layersThatCannotBeHad(String fault, String said) {
        Answer whole = Answer.ok(layer);
        Answer[] answers = switch (fault) {
            case "short" -> new Answer[] {Answer.ok("short")};
            case "long" -> new Answer[] {Answer.ok(new byte[layer.length + 1])};
            case "gone" -> new Answer[] {Answer.status(404)};
            case "teapot" -> new Answer[] {Answer.status(418)};
            case "busy" -> new Answer[] {Answer.status(503)};
            case "too-long" -> new Answer[] {Answer.status(429).header("Retry-After", "3600")};
            case "denied" -> new Answer[] {Answer.status(403)};
            case "other-part" ->
                new Answer[] {
                    whole.cut(100_000, Answer.Ending.RESET),
                    Answer.status(206).body(new byte[layer.length - 100_000]).header("Content-Range", "bytes 0-9/10")
                };
            default -> new Answer[] {whole.cut(10, Answer.Ending.RESET)};
        };
        server().on(layerPath(), answers);
        assertThat(fails().getMessage()).contains(said);
    }

    /** Columns: the status of the answer to the manifest; the code, what is said. */
    @ParameterizedTest
    @CsvSource({
        "401, NETWORK, 401 Unauthorized",
        "403, NETWORK, 403 Forbidden",
        "404, NOT_FOUND, 404 Not Found",
        "429, NETWORK, 429 Too Many Requests",
        "500, NETWORK, 500 Internal Server Error (tried 3 times)",
        "302, NETWORK, did not say where to",
    })
    void manifestsThatCannotBeHad(int status, ErrorCode code, String said) {
        server().on(manifest("1"), Answer.status(status));
        LimpidException error = catchThrowableOfType(LimpidException.class, () -> read(registry.name("1"), null, null));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.getMessage()).contains("127.0.0.1:" + server().port(), said);
    }

    @Test
    void whatIsNoManifest() {
        server().on(manifest("1"), Answer.ok("<html>").header("Content-Type", "text/html; charset=utf-8"));
        assertThat(fails().getMessage()).contains("answered 200 with a web page");
        server().on(manifest("1"), Answer.ok("<html>"));
        assertThat(fails().getMessage()).contains("not readable");
        server().on(manifest("1"), Answer.ok(new byte[Limits.DEFAULT.documentBytes() + 1]));
        assertThat(fails().code()).isEqualTo(ErrorCode.LIMIT);
        server().on(manifest("1"), Answer.ok("{\"schemaVersion\":1,\"fsLayers\":[]}"));
        assertThat(fails().getMessage()).contains("Docker's schema 1");
        server().on(manifest("1"), Answer.ok("{\"schemaVersion\":2,\"manifests\":[],\"config\":{}}"));
        assertThat(fails().getMessage()).contains("an index of images and an image at once");
    }

    @Test
    void oneOfSeveralPlatforms() throws IOException {
        List<String> descriptors = new ArrayList<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String architecture : List.of("amd64", "arm64", "riscv64")) {
            byte[] tar = new TarMaker().file("architecture", architecture).bytes();
            descriptors.add(new ImageMaker()
                    .architecture(architecture)
                    .layer(tar)
                    .ociDescriptor(ImageMaker.Stored.PLAIN, "", "linux/" + architecture, files));
        }
        ImageMaker.ociIndex(descriptors, "", files);
        registry.close();
        registry = FakeRegistry.of(FaultServer.start(), files);
        byte[] index = files.values().stream()
                .filter(bytes -> new String(bytes, UTF_8)
                        .startsWith("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index"))
                .findFirst()
                .orElseThrow();
        registry.tag("1", index);
        List<byte[]> layers = read(registry.name("1"), null, Platform.parse("linux/arm64"));
        assertThat(layers)
                .singleElement()
                .satisfies(one -> assertThat(new String(one, UTF_8)).contains("arm64"));
        // The index, and of three images one.
        assertThat(server().requests().stream().filter(one -> one.path().contains("/manifests/")))
                .hasSize(2);
        String digest = descriptors.getLast().replaceFirst(".*(sha256:\\w+).*", "$1");
        assertThat(read(registry.name("1"), digest, null))
                .singleElement()
                .satisfies(one -> assertThat(new String(one, UTF_8)).contains("riscv64"));
        LimpidException none = catchThrowableOfType(
                LimpidException.class, () -> read(registry.name("1"), null, Platform.parse("linux/s390x")));
        assertThat(none.getMessage()).contains("has no image for linux/s390x", "linux/amd64, linux/arm64");
        // What is listed as an image is not taken for one when it is an index.
        server().on(manifest(Sha256.of(index).toString()), Answer.ok(index));
        String lie = "{\"schemaVersion\":2,\"manifests\":["
                + ImageMaker.descriptor(
                        "application/vnd.oci.image.manifest.v1+json",
                        index,
                        ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}")
                + "]}";
        registry.tag("1", lie.getBytes(UTF_8));
        assertThat(fails().getMessage()).contains("is listed as an image and is an index");
    }

    @Test
    void anIndexOfTooManyIndexesIsNotWalked() {
        StringBuilder index = new StringBuilder("{\"schemaVersion\":2,\"manifests\":[");
        for (int i = 0; i < 300; i++) {
            byte[] inner = ("{\"schemaVersion\":2,\"manifests\":[],\"n\":" + i + "}").getBytes(UTF_8);
            server().on(manifest(Sha256.of(inner).toString()), Answer.ok(inner));
            index.append(i == 0 ? "" : ",").append(ImageMaker.descriptor("", inner, ""));
        }
        registry.tag("1", index.append("]}").toString().getBytes(UTF_8));
        LimpidException error = fails();
        assertThat(error.code()).isEqualTo(ErrorCode.LIMIT);
        assertThat(error.reason()).contains("more than 200 manifests");
        assertThat(server().requests()).hasSizeLessThan(250);
    }

    @Test
    void mirrorsAreAskedBefore() throws IOException {
        try (FaultServer other = FaultServer.start()) {
            mirrors = List.of(
                    Mirror.parse("registry.example=" + other.url("/")),
                    Mirror.parse("registry.example=" + server().url("/team/")));
            other.on("/v2/app/manifests/1", Answer.status(404));
            assertThat(read("registry.example/app:1", null, null)).containsExactly(layer);
            assertThat(other.requests()).hasSize(1);
            // For what they do not mirror they are not asked.
            reads();
            assertThat(other.requests()).hasSize(1);
        }
        mirrors = List.of(Mirror.parse("127.0.0.1:" + server().port() + "=http://127.0.0.1:1/x"));
        reads();
        server().on(manifest("1"), Answer.status(404));
        assertThat(fails().getMessage()).contains("before that its mirror", "127.0.0.1:1 refused the connection");
    }

    /** As names of images have it, so that it is not passed over. */
    @Test
    void aMirrorOfDockerHubByItsOtherName() {
        for (String name : List.of("index.docker.io/library/app:1", "app:1")) {
            assertThat(Mirror.parse("index.docker.io=https://a/").of())
                    .isEqualTo(Reference.parse(name).host());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/b", "a.example", "https://u:secret@a/", "https://a/?q", "", "x=y"})
    void whatIsNoMirror(String text) {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> Mirror.parse(text)))
                .hasMessageNotContaining("secret");
    }

    @Test
    void byTlsUnlessPlainHttpIsAskedFor() throws IOException {
        settings = settings.withCaFile(TestCertificates.authority(folder));
        try (FaultServer secure = FaultServer.start(TestCertificates.server())) {
            FakeRegistry.of(secure, layout).tag("1", manifest);
            assertThat(read("localhost:" + secure.port() + "/team/app:1", null, null))
                    .containsExactly(layer);
        }
        // A name that is not this machine's by itself is asked by TLS, which this one does not speak.
        String name = "127.0.0.1.nip.invalid:" + server().port() + "/team/app:1";
        LimpidException error = catchThrowableOfType(LimpidException.class, () -> read(name, null, null));
        assertThat(error.what()).contains("https://127.0.0.1.nip.invalid");
        plainHttp = true;
        error = catchThrowableOfType(LimpidException.class, () -> read(name, null, null));
        assertThat(error.what()).contains("http://127.0.0.1.nip.invalid");
        assertThat(server().requests()).isEmpty();
    }

    @Test
    void offlineOnlyThisMachine() throws IOException {
        offline = true;
        reads();
        LimpidException error =
                catchThrowableOfType(LimpidException.class, () -> read("registry.example/a", null, null));
        assertThat(error.code()).isEqualTo(ErrorCode.NETWORK);
        assertThat(error.getMessage()).contains("--offline");
        error = catchThrowableOfType(LimpidException.class, () -> read("No Name", null, null));
        assertThat(error.code()).isEqualTo(ErrorCode.USAGE);
    }
}
