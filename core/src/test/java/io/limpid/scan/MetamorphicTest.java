package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.detect.Detectors;
import io.limpid.facts.LayerScan;
import io.limpid.format.compress.Compression;
import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarReader;
import io.limpid.image.Blob;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.ImageSource;
import io.limpid.image.ImageSources;
import io.limpid.image.Layer;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Limits;
import io.limpid.model.Platform;
import io.limpid.model.Report;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.ImageMaker.Stored;
import io.limpid.testing.Shared;
import io.limpid.testing.TarMaker;
import io.limpid.version.VersionSchemes;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What makes no difference to a container makes none to its scan, but for the numbers of layers: on each real image. */
class MetamorphicTest {
    private static final Limits LIMITS = Limits.DEFAULT;
    /** The largest layer: those of larger images would have to be held several times. */
    private static final int LARGEST = 64 << 20;

    private static final long LARGEST_FILE = 10 << 20;
    /** Its configuration says a member twice in other cases, and so it is refused. */
    private static final String REFUSED = "windows-mini.tar.gz";

    private static final byte[] END_OF_TAR = new byte[1024];
    private static final byte[] UNRELATED = new TarMaker()
            .file("srv/unrelated/notes.txt", "nothing of interest")
            .bytes();

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> nothingButLayerNumbersChanges() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : Shared.names("images/images")) {
            if (name.startsWith("all of ")
                    || (!name.equals(REFUSED) && Files.size(Shared.require("images/images/" + name)) <= LARGEST_FILE)) {
                tests.add(dynamicTest(name, () -> check(name)));
            }
        }
        return tests.stream();
    }

    private void check(String name) throws IOException, InterruptedException {
        List<byte[]> layers = layers(Shared.require("images/images/" + name));
        List<String> expected = outcome(image(layers).dockerArchive("as:is"));
        // The order in which layers are looked at, and the folders of an archive, are the image's own business.
        assertThat(outcome(tar(image(layers).ociLayout(Stored.PLAIN, "as:is")))).isEqualTo(expected);
        assertThat(outcome(tar(image(layers).ociLayout(Stored.GZIP, "as:is")))).isEqualTo(expected);
        assertThat(outcome(tar(image(layers).ociLayout(Stored.ZSTD, "as:is")))).isEqualTo(expected);
        assertThat(outcome(image(split(layers)).dockerArchive("in:halves"))).isEqualTo(expected);
        for (int at : new int[] {0, layers.size() / 2, layers.size()}) {
            List<byte[]> more = new ArrayList<>(layers);
            more.add(at, UNRELATED);
            assertThat(outcome(image(more).dockerArchive("with:more")))
                    .as("an unrelated layer at %d", at)
                    .isEqualTo(expected);
        }
    }

    private static ImageMaker image(List<byte[]> layers) {
        ImageMaker image = new ImageMaker();
        layers.forEach(image::layer);
        return image;
    }

    private static byte[] tar(Map<String, byte[]> files) {
        return ImageMaker.tar(files);
    }

    /** The plain bytes of the layers of an image. */
    private static List<byte[]> layers(Path file) throws IOException {
        Platform platform = file.toString().contains("multiarch") ? Platform.parse("linux/amd64") : null;
        ImageSource source = ImageSources.all().stream()
                .filter(one -> one.accepts(file))
                .findFirst()
                .orElseThrow();
        List<byte[]> layers = new ArrayList<>();
        try (Image image = source.open("", new ImageRequest(file.toString(), null, platform, LIMITS))) {
            for (Layer layer : image.layers()) {
                layers.add(plain(Objects.requireNonNull(layer.blob())));
            }
        }
        return layers;
    }

    private static byte[] plain(Blob blob) throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(blob.open())) {
            in.mark(Compression.MAGIC_BYTES);
            byte[] first = in.readNBytes(Compression.MAGIC_BYTES);
            in.reset();
            try (InputStream tar = Compression.of(first).open(in, LIMITS)) {
                byte[] bytes = tar.readNBytes(LARGEST);
                assertThat(tar.read()).isNegative();
                return bytes;
            }
        }
    }

    /** Each layer as two, the second half of its entries above the first; one with whiteouts stays, since they are about what is below. */
    private static List<byte[]> split(List<byte[]> layers) throws IOException {
        List<byte[]> halves = new ArrayList<>();
        for (byte[] layer : layers) {
            List<Integer> ends = ends(layer);
            if (ends.size() < 2) {
                halves.add(layer);
                continue;
            }
            int middle = ends.get(ends.size() / 2 - 1);
            ByteArrayOutputStream lower = new ByteArrayOutputStream();
            lower.write(layer, 0, middle);
            lower.writeBytes(END_OF_TAR);
            halves.add(lower.toByteArray());
            halves.add(Arrays.copyOfRange(layer, middle, layer.length));
        }
        return halves;
    }

    /** Where each entry ends; none when there are whiteouts. */
    private static List<Integer> ends(byte[] layer) throws IOException {
        List<Integer> ends = new ArrayList<>();
        TarReader reader = new TarReader(new ByteArrayInputStream(layer), LIMITS, 1 << 16);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            if (entry.name().contains(".wh.")) {
                return List.of();
            }
            ends.add((int) ((entry.dataOffset() + entry.storedSize() + 511) / 512 * 512));
        }
        return ends;
    }

    /** What a scan says, layer numbers left out. */
    private List<String> outcome(byte[] archive) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("image.tar"), archive);
        LayerScan layers = new LayerScan(new LayerReader(LIMITS, false), Detectors.all(LIMITS));
        VerdictPolicy policy = new VerdictPolicy(Instant.EPOCH, VerdictPolicy.DEFAULT_MAX_AGE, false);
        Report report = new Scan(
                        new Targets(ImageSources.all(), LIMITS),
                        layers,
                        new Matcher(VersionSchemes.all()),
                        AdvisoryList.EMPTY,
                        policy,
                        LIMITS)
                .scan(new ScanRequest(file.toString(), null, null));
        List<String> said = new ArrayList<>();
        said.add(report.verdict() + " " + report.inventory().distro());
        for (InventoryPackage one : report.inventory().packages()) {
            said.add(one.value() + " " + one.purl() + " " + (one.removedInLayer() != null));
        }
        report.inventory().problems().forEach(problem -> said.add(problem.path() + ": " + problem.what()));
        said.sort(String::compareTo);
        return said;
    }
}
