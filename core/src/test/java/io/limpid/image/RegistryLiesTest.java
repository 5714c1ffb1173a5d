package io.limpid.image;

import static io.limpid.testing.FakeRegistry.manifest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.facts.FactsStore;
import io.limpid.facts.LayerScan;
import io.limpid.image.registry.Credentials;
import io.limpid.layer.LayerReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.OutboundClient;
import io.limpid.testing.Answer;
import io.limpid.testing.FakeRegistry;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a registry says of a layer's length, digest and rest, held against the manifest and the bytes; and layers that keep each other waiting. */
class RegistryLiesTest extends RegistryCase {

    private void scan(int threads) throws IOException {
        try (OutboundClient client = new OutboundClient(settings);
                Image image = new RegistrySource(() -> access(client))
                        .open("registry", new ImageRequest(registry.name("1"), null, null, Limits.DEFAULT))) {
            LayerReader reader = new LayerReader(Limits.DEFAULT, false);
            new LayerScan(reader, List.of(), FactsStore.NONE, "", InstantSource.system(), threads)
                    .facts(image, Set.of(), _ -> {});
        }
    }

    private LimpidException scanFails(int threads) {
        LimpidException error = catchThrowableOfType(LimpidException.class, () -> scan(threads));
        assertThat(error).isNotNull();
        return error;
    }

    @Test
    void otherBytesOfTheRightLength() {
        byte[] other = layer.clone();
        other[layer.length / 2] ^= 1;
        server().on(layerPath(), Answer.ok(other));
        LimpidException error = scanFails(1);
        assertThat(error.code()).isEqualTo(ErrorCode.BROKEN_IMAGE);
        assertThat(error.getMessage())
                .contains("127.0.0.1:" + server().port() + " sent bytes with the digest " + Sha256.of(other));
        assertThat(error.hint()).contains("the registry, its mirror or a proxy");
    }

    @Test
    void moreBytesThanThereAreToBe() throws IOException {
        byte[] more = Arrays.copyOf(layer, layer.length + 10);
        server().on(layerPath(), Answer.ok(more).framed(Answer.Framing.CHUNKED));
        assertThat(fails().getMessage()).contains("sends more bytes of it than the " + layer.length);
        // As many as there are to be need not be announced.
        server().on(layerPath(), Answer.ok(layer).framed(Answer.Framing.CHUNKED));
        reads();
    }

    /** Columns: the range that the rest is said to be, SIZE and LAST for what is right; what is said of it. */
    @ParameterizedTest
    @CsvSource({
        "bytes 100000-LAST/1, gave another part",
        "bytes 100000-LAST/9999999, of 9999999 where the manifest says",
        "bytes 100000-199999/SIZE, gives bytes 100000 to 199999",
        "bytes 99999-LAST/SIZE, gave another part",
        "nonsense, gave another part",
    })
    void aRestThatIsNotTheRest(String range, String said) {
        Answer rest = Answer.status(206)
                .body(Arrays.copyOfRange(layer, 100_000, layer.length))
                .header(
                        "Content-Range",
                        range.replace("LAST", Integer.toString(layer.length - 1))
                                .replace("SIZE", Integer.toString(layer.length)));
        server().on(layerPath(), Answer.ok(layer).cut(100_000, Answer.Ending.HANG_UP), rest);
        LimpidException error = fails();
        assertThat(error.code()).isEqualTo(ErrorCode.BROKEN_IMAGE);
        assertThat(error.getMessage()).contains(said);
    }

    /** A server without ranges that breaks off a little later each time is not asked for the same bytes for ever. */
    @Test
    void whatIsBegunAnewIsNoProgress() {
        Answer[] answers = new Answer[20];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = Answer.ok(layer).cut(70_000L * (i + 1), Answer.Ending.HANG_UP);
        }
        server().on(layerPath(), answers);
        assertThat(fails().getMessage()).contains("(tried 3 times)");
        assertThat(asked(layerPath())).isLessThanOrEqualTo(4);
    }

    @Test
    void whoWatchesSeesHowFarItIs() throws IOException {
        reads();
        assertThat(heard).containsEntry(server().url(layerPath()), (long) layer.length);
    }

    @Test
    void otherAlgorithmsAreRefusedByName() {
        String sha512 = "sha512:" + "0".repeat(128);
        String text = new String(manifest, UTF_8).replace(Sha256.of(layer).toString(), sha512);
        registry.tag("1", text.getBytes(UTF_8));
        LimpidException error = fails("and only sha256 is supported: " + sha512);
        assertThat(error.code()).isEqualTo(ErrorCode.BROKEN_IMAGE);
        error = catchThrowableOfType(LimpidException.class, () -> read(registry.name("1") + "@" + sha512, null, null));
        assertThat(error.code()).isEqualTo(ErrorCode.USAGE);
        assertThat(error.reason()).contains("of the algorithm sha512, and only sha256 is supported");
    }

    private LimpidException fails(String said) {
        LimpidException error = catchThrowableOfType(LimpidException.class, () -> read(registry.name("1"), null, null));
        assertThat(error.getMessage()).contains(said);
        return error;
    }

    /** Columns: which of two layers stalls, which is wrong; the other one's error comes long before the stalled one is given up. */
    @ParameterizedTest
    @Timeout(25)
    @CsvSource({"0, 1", "1, 0"})
    void aLayerThatStallsDelaysNoError(int stalled, int wrong) throws IOException {
        List<byte[]> tars = List.of(
                new TarMaker().file("one", new byte[200_000]).bytes(),
                new TarMaker().file("other", new byte[200_000]).bytes());
        layout.clear();
        ImageMaker maker = new ImageMaker();
        tars.forEach(maker::layer);
        maker.ociDescriptor(ImageMaker.Stored.PLAIN, "", "", layout);
        registry.close();
        registry = FakeRegistry.of(FaultServer.start(), layout);
        registry.tag("1", only("\"layers\""));
        server().on(
                        FakeRegistry.blob(Sha256.of(tars.get(stalled)).toString()),
                        Answer.ok(tars.get(stalled)).cut(1000, Answer.Ending.STALL));
        server().on(
                        FakeRegistry.blob(Sha256.of(tars.get(wrong)).toString()),
                        Answer.ok(new byte[tars.get(wrong).length]));
        assertThat(scanFails(2).getMessage()).contains("layer " + wrong + " is not what the manifest names");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("limpid-layer"));
    }

    @Test
    void aWrongPasswordIsSaidToBeOne() {
        credentials = new Credentials.Login("user", "secret", "a file");
        server().on(manifest("1"), Answer.status(401).header("WWW-Authenticate", "Basic realm=\"x\""));
        LimpidException error = fails();
        assertThat(error.getMessage()).contains("answered 401 Unauthorized, to the login from a file");
        assertThat(error.hint()).contains("docker login 127.0.0.1:" + server().port());
    }

    /** A registry that redirects everything elsewhere, where a login is asked for. */
    @Test
    void aRedirectedManifestIsAskedForWithoutCredentials() throws IOException {
        credentials = new Credentials.Login("user", "secret", "a file");
        try (FaultServer elsewhere = FaultServer.start()) {
            elsewhere.on("/m", Answer.ok(manifest));
            server().on(
                            manifest("1"),
                            request -> BASIC.equals(request.header("Authorization"))
                                    ? Answer.redirect(302, elsewhere.url("/m").toString())
                                    : Answer.status(401).header("WWW-Authenticate", "Basic realm=\"x\""));
            reads();
            assertThat(elsewhere.requests()).hasSize(1).allMatch(one -> one.header("Authorization") == null);
        }
    }
}
