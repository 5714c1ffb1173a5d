package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.Detectors;
import io.limpid.facts.LayerScan;
import io.limpid.image.ImageSources;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.Limits;
import io.limpid.model.Origin;
import io.limpid.model.Report;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an image and its files say of where its packages come from, put together. */
class OriginTest {
    private static final Limits LIMITS = Limits.DEFAULT;

    @TempDir
    Path folder;

    /** The run configuration of an image; the products and builds that it tells of. Nothing in it makes an image unreadable. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"Labels\":{\"cpe\":\"cpe:/o:redhat:enterprise_linux:9::baseos\"}}`,"
                        + " [cpe:/o:redhat:enterprise_linux:9::baseos], []",
                "`{\"Labels\":{\"com.redhat.component\":\"a-container\",\"name\":\"x/a\",\"version\":\"1\",\"release\":\"2\"}}`,"
                    + " [], `[ImageBuild[component=a-container, name=x/a, version=1, release=2, arch=null]]`",
                "`{\"Labels\":{\"name\":\"x/a\",\"version\":\"1\",\"release\":\"2\"}}`, [], []",
                "`{\"Labels\":{\"cpe\":\"none\"}}`, [], []",
                "`{\"Labels\":{\"cpe\":\"cpe:/o:two words\"}}`, [], []",
                "`{\"Labels\":{\"cpe\":1,\"com.redhat.component\":null}}`, [], []",
                "`{\"Labels\":[]}`, [], []",
                "`{\"Labels\":null}`, [], []",
                "`{}`, [], []",
                "`[1]`, [], []",
                "`null`, [], []",
            })
    void labels(String run, String products, String builds) throws IOException, InterruptedException {
        Origin origin = scan(new ImageMaker().layer(new TarMaker().bytes()).run(run))
                .inventory()
                .origin();
        assertThat(origin.products()).hasToString(products);
        assertThat(origin.builds()).hasToString(builds);
    }

    /** A Dockerfile tells its build by its name, the labels tell the same one better; another build stays. */
    @Test
    void oneBuildIsToldOnce() throws IOException, InterruptedException {
        byte[] layer = new TarMaker()
                .file("root/buildinfo/Dockerfile-a-1-2", "")
                .file("root/buildinfo/Dockerfile-rhel7-7.9-1", "LABEL com.redhat.component=rhel-server-container")
                .bytes();
        Report report = scan(
                new ImageMaker()
                        .layer(layer)
                        .run(
                                "{\"Labels\":{\"com.redhat.component\":\"a-container\",\"name\":\"x/a\",\"version\":\"1\",\"release\":\"2\"}}"));
        assertThat(report.inventory().origin().builds())
                .extracting(one -> one.component() + " " + one.name() + "-" + one.version() + "-" + one.release())
                .containsExactly("null rhel7-7.9-1", "a-container x/a-1-2");
    }

    private Report scan(ImageMaker image) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("image.tar"), image.dockerArchive("case:1"));
        return new Scan(
                        new Targets(ImageSources.all(), LIMITS),
                        new LayerScan(new LayerReader(LIMITS, false), Detectors.all(LIMITS)),
                        new Matcher(VersionSchemes.all()),
                        AdvisoryList.EMPTY,
                        new VerdictPolicy(Instant.EPOCH, VerdictPolicy.DEFAULT_MAX_AGE, false),
                        LIMITS)
                .scan(new ScanRequest(file.toString(), null, null));
    }
}
