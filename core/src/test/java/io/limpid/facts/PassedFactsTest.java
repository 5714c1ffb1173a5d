package io.limpid.facts;

import static io.limpid.facts.SomeImages.tar;
import static io.limpid.facts.SomeImages.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.facts.SomeImages.Counting;
import io.limpid.image.ArchiveSource;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.Sha256;
import io.limpid.layer.LayerReader;
import io.limpid.model.LayerFacts;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.PathPattern;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Facts of layers that pass by: of the bytes that have passed, and of no others. */
class PassedFactsTest {
    private static final byte[] GOOD = padded("good");
    private static final byte[] EVIL = padded("evil");

    private final FactsInMemory store = new FactsInMemory();
    private final Counting detector = new Counting();
    private final LayerScan scan = new LayerScan(
            new LayerReader(Limits.DEFAULT, false), List.of(detector), store, "1", InstantSource.system(), 1);
    private int sent;

    private static byte[] padded(String name) {
        byte[] status = tar(name);
        return new TarMaker()
                .file("padding", new byte[1 << 17])
                .file("var/lib/dpkg/status", "Package: " + name + "\nStatus: install ok installed\nVersion: 1\n\n")
                .file("small", new byte[status.length % 7])
                .bytes();
    }

    /** An archive as podman makes it, whose one layer has a name that may be wrong. */
    private static byte[] archive(byte[] layer, String hex) {
        return new TarMaker()
                .file(hex + ".tar", layer)
                .file("c.json", new ImageMaker().layer(layer).config())
                .file("manifest.json", "[{\"Config\":\"c.json\",\"RepoTags\":[],\"Layers\":[\"" + hex + ".tar\"]}]")
                .bytes();
    }

    private List<String> found(Set<PathPattern> places, byte[]... archives) throws IOException {
        sent = 0;
        List<LayerFacts> heard = new ArrayList<>();
        try (Image image = ArchiveSource.openPassing(
                () -> new ByteArrayInputStream(archives[Math.min(sent++, archives.length - 1)]),
                new ImageRequest("here", null, null, Limits.DEFAULT),
                passing -> scan.passing(passing, heard::add))) {
            List<String> found = told(scan.facts(image, places, _ -> {}));
            heard.forEach(one -> assertThat(one.detections()).isNotEmpty());
            return found;
        }
    }

    @Test
    void whatPassesIsReadOnceAndNeverWhenItIsKept() throws IOException {
        byte[] archive = archive(GOOD, Sha256.of(GOOD).hex());
        assertThat(found(Set.of(), archive)).containsExactly("good verified");
        assertThat(detector.asked()).isOne();
        assertThat(found(Set.of(), archive)).containsExactly("good verified");
        assertThat(detector.asked()).isOne();
        assertThat(sent).isOne();
        byte[] gzip = ImageMaker.gzip(EVIL);
        byte[] layout = ImageMaker.tar(new ImageMaker().layer(EVIL).ociLayout(ImageMaker.Stored.GZIP, "1.0"));
        assertThat(gzip).isNotEmpty();
        assertThat(found(Set.of(), layout)).containsExactly("evil verified");
    }

    /** A name that is another layer's digest takes nothing of that layer's facts, and gives it none. */
    @Test
    void aNamePlantsNothing() throws IOException {
        String good = Sha256.of(GOOD).hex();
        assertThat(found(Set.of(), archive(EVIL, good))).containsExactly("evil verified");
        assertThat(found(Set.of(), archive(GOOD, good))).containsExactly("good verified");
        assertThat(sent).isOne();
        assertThat(found(Set.of(), archive(EVIL, good))).containsExactly("evil verified");
        assertThat(sent).as("what was kept of that name was not it").isEqualTo(2);
    }

    @Test
    void otherBytesTheSecondTimeAreRefused() throws IOException {
        String good = Sha256.of(GOOD).hex();
        Set<PathPattern> place = Set.of(PathPattern.parse("opt/place"));
        assertThat(found(place, archive(GOOD, good))).containsExactly("good verified");
        assertThat(sent).isEqualTo(2);
        // The next time that is known too.
        assertThat(found(place, archive(GOOD, good))).containsExactly("good verified");
        assertThat(sent).isOne();
        Set<PathPattern> another = Set.of(PathPattern.parse("opt/other"));
        assertThatThrownBy(() -> found(another, archive(GOOD, good), archive(EVIL, good)))
                .isInstanceOf(LimpidException.class)
                .hasMessageContaining("was not the same");
    }
}
