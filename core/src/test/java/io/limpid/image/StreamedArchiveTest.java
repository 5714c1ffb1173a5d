package io.limpid.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.limpid.format.BlockInputStream;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.ImageMaker.Stored;
import io.limpid.testing.SomeLimits;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that nobody keeps, and what is asked for once more. */
class StreamedArchiveTest {
    private static final byte[] BASE = layer("base", 1);
    private static final byte[] UPPER = layer("upper", 2);
    private static final byte[] SMALL = new TarMaker().file("small", "x").bytes();

    private final List<String> passed = new ArrayList<>();
    private int sent;
    private Limits limits = Limits.DEFAULT;

    private static byte[] layer(String name, long seed) {
        byte[] noise = new byte[200_000];
        new Random(seed).nextBytes(noise);
        return new TarMaker().file(name, noise).bytes();
    }

    private static ImageMaker image() {
        return new ImageMaker().layer(BASE).layer(SMALL).layer(UPPER);
    }

    /** What is sent the first time, the second time, ...; the last of them ever after. */
    private Image open(byte[]... archives) throws IOException {
        ArchiveStreams streams = () -> new ByteArrayInputStream(archives[Math.min(sent++, archives.length - 1)]);
        return ArchiveSource.openPassing(streams, new ImageRequest("here", null, null, limits), this::read);
    }

    private PassingReader.Found read(PassingReader.Passing passing) throws IOException {
        try (InputStream in = passing.blob().open()) {
            byte[] bytes = in.readAllBytes();
            assertThat(bytes).hasSize((int) passing.blob().size());
            passed.add(passing.named() + (passing.plain() ? " plain " : " compressed ") + Sha256.of(bytes));
        }
        return new PassingReader.Found() {};
    }

    private static byte[] bytes(Image image, int index) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(image.layers().get(index).blob()).open()) {
            return in.readAllBytes();
        }
    }

    private static LimpidException failure(Limits limits, byte[]... archives) {
        StreamedArchiveTest test = new StreamedArchiveTest();
        test.limits = limits;
        Throwable thrown = catchThrowable(() -> {
            try (Image image = test.open(archives)) {
                bytes(image, 2);
                bytes(image, 0);
            }
        });
        assertThat(thrown).isInstanceOf(LimpidException.class);
        return (LimpidException) thrown;
    }

    @ParameterizedTest
    @CsvSource({"docker, 0", "oci, 2", "gzip, 2"})
    void layersPassOnceAndAreSentAgainForWhoWantsThem(String form, int named) throws IOException {
        byte[] archive = form.equals("docker")
                ? image().dockerArchive("demo:1")
                : ImageMaker.tar(image().ociLayout(form.equals("gzip") ? Stored.GZIP : Stored.PLAIN, "1.0"));
        try (Image image = open(archive)) {
            // The small one is kept.
            assertThat(passed)
                    .hasSize(2)
                    .allMatch(one -> one.contains(form.equals("gzip") ? " compressed " : " plain "));
            assertThat(passed.stream().filter(one -> one.matches("(sha256:\\w+) \\w+ \\1")))
                    .hasSize(named);
            assertThat(sent).isOne();
            byte[] base = bytes(image, 0);
            byte[] upper = bytes(image, 2);
            assertThat(sent).isEqualTo(2);
            assertThat(bytes(image, 1)).isEqualTo(form.equals("gzip") ? ImageMaker.gzip(SMALL) : SMALL);
            assertThat(sent).isEqualTo(2);
            assertThat(base).isEqualTo(form.equals("gzip") ? ImageMaker.gzip(BASE) : BASE);
            assertThat(upper).isEqualTo(form.equals("gzip") ? ImageMaker.gzip(UPPER) : UPPER);
            // Back again.
            assertThat(bytes(image, 0)).isEqualTo(base);
            assertThat(sent).isEqualTo(3);
            assertThat(image.inReadingOrder()).hasSize(3);
            assertThat(Objects.requireNonNull(image.layers().getFirst().blob()).isForwardOnly())
                    .isTrue();
        }
    }

    /** As podman names layers, with links as Docker once had them. */
    @Test
    void linksLeadToWhatHasPassed() throws IOException {
        String hex = Sha256.of(BASE).hex();
        byte[] config = new ImageMaker().layer(BASE).config();
        String manifest = "[{\"Config\":\"c.json\",\"RepoTags\":[],\"Layers\":[\"x/layer.tar\"]}]";
        byte[] archive = new TarMaker()
                .file(hex + ".tar", BASE)
                .symbolicLink("x/layer.tar", "../" + hex + ".tar")
                .file("../" + hex + ".tar", UPPER)
                .file("c.json", config)
                .file("manifest.json", manifest)
                .bytes();
        try (Image image = open(archive)) {
            assertThat(passed).containsExactly("sha256:" + hex + " plain sha256:" + hex);
            assertThat(bytes(image, 0)).isEqualTo(BASE);
        }
    }

    @Test
    void itIsSentOnlySoOften() {
        LimpidException told = failure(SomeLimits.with(Map.of("archivePasses", 1)), image().dockerArchive("demo:1"));
        assertThat(told.code()).isEqualTo(ErrorCode.LIMIT);
        assertThat(told.getMessage()).contains("here cannot be read", "(limit archive-passes)");
    }

    @Test
    void whatIsAnotherTheSecondTimeIsRefused() {
        byte[] first = image().dockerArchive("demo:1");
        byte[] shorter = new ImageMaker().layer(BASE).dockerArchive("demo:1");
        byte[] cut = Arrays.copyOf(first, 100_000);
        byte[] others = new ImageMaker()
                .layer(layer("b", 4))
                .layer(layer("c", 5))
                .layer(layer("d", 6))
                .dockerArchive("demo:1");
        for (byte[] second : List.of(others, shorter, cut, new byte[100])) {
            assertThat(failure(limits, first, second))
                    .satisfies(told -> assertThat(told.code()).isEqualTo(ErrorCode.BROKEN_IMAGE))
                    .hasMessageContaining("was not the same");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no archive at all", "cut"})
    void whatIsNoArchive(String content) {
        byte[] archive = image().dockerArchive("demo:1");
        byte[] bytes = content.equals("cut")
                ? Arrays.copyOf(archive, 300_000)
                : content.repeat(100).getBytes(US_ASCII);
        ErrorCode code = content.equals("cut") ? ErrorCode.BROKEN_IMAGE : ErrorCode.NOT_AN_IMAGE;
        assertThat(failure(limits, bytes))
                .satisfies(told -> assertThat(told.code()).isEqualTo(code))
                .hasMessageStartingWith("here ");
    }

    /** A connection that breaks inside a layer is no damage of the layer, whatever its reader makes of it. */
    @Test
    void aFailureOnTheWayIsTheFailure() {
        LimpidException broken = new LimpidException(ErrorCode.NETWORK, "gone", "it went", null);
        byte[] half = Arrays.copyOf(image().dockerArchive("demo:1"), 100_000);
        InputStream breaking = new BlockInputStream() {
            private boolean failed;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (failed) {
                    throw new IOException("read on");
                }
                failed = true;
                throw broken;
            }
        };
        ArchiveStreams streams = () -> new SequenceInputStream(new ByteArrayInputStream(half), breaking);
        PassingReader deaf = passing -> {
            assertThatThrownBy(() -> passing.blob().open().readAllBytes()).isSameAs(broken);
            return null;
        };
        assertThatThrownBy(() -> ArchiveSource.openPassing(streams, new ImageRequest("here", null, null, limits), deaf))
                .isSameAs(broken);
    }

    @Test
    void documentsOfSomeSizeAreKept() throws IOException {
        ImageMaker maker = new ImageMaker().layer(BASE, "RUN " + "x".repeat(100_000));
        try (Image image = open(maker.dockerArchive("demo:1"))) {
            assertThat(passed).hasSize(1);
            assertThat(sent).isOne();
            assertThat(image.target().imageId()).isEqualTo(Sha256.of(maker.config()));
        }
        Limits small = SomeLimits.with(Map.of("documentBytes", 50_000));
        assertThat(failure(small, maker.dockerArchive("demo:1"))).hasMessageContaining("(limit document-bytes)");
    }

    @Test
    void aNameIsNoDigestUnlessItIsOne() throws IOException {
        byte[] archive =
                new TarMaker().file("blobs/sha256/" + "A".repeat(64), BASE).bytes();
        assertThatThrownBy(() -> open(archive)).isInstanceOf(LimpidException.class);
        assertThat(passed)
                .containsExactly("null plain " + new Digest(Sha256.of(BASE).hex()));
    }
}
