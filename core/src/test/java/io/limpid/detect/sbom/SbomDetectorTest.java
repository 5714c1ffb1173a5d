package io.limpid.detect.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Problem;
import io.limpid.testing.SomeLimits;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of an image's SBOMs is read, and what they describe. */
class SbomDetectorTest {

    @Test
    void aLayersDocumentsTogetherListSoMany() {
        List<Detection> detections = detect(
                SomeLimits.with(Map.of("wantedEntries", 5)),
                new LayerFile("a.cdx.json", components(3)),
                new LayerFile("b.cdx.json", components(3)),
                new LayerFile("sbom.json", components(2)));
        assertThat(detections)
                .extracting(detection -> detection.packages().size())
                .containsExactly(3, 0, 2);
        assertThat(detections.get(1).problems())
                .extracting(Problem::what)
                .containsExactly("with it the layer's SBOMs list more than 5 packages (limit wanted-entries): those of"
                        + " this one are missing from the list");
    }

    @Test
    void aDocumentHasABound() {
        Detection detection = detect(
                        SomeLimits.with(Map.of("documentBytes", 100)), new LayerFile("a.cdx.json", components(50)))
                .getFirst();
        assertThat(detection.packages()).isEmpty();
        assertThat(detection.problems().getFirst().what()).contains("(limit document-bytes)");
    }

    /** An application is in the image that its document is in; an image is not in itself. */
    @Test
    void whatIsDescribedIsListed() {
        assertThat(described("pkg:maven/org.a/app@1")).containsExactly("pkg:maven/org.a/app@1", "pkg:npm/p0@1");
        assertThat(described("pkg:oci/app@sha256%3Aabc?repository_url=x")).containsExactly("pkg:npm/p0@1");
    }

    private static List<String> described(String purl) {
        String document = new String(components(1), UTF_8)
                .replace(
                        "\"components\"",
                        "\"metadata\":{\"component\":{\"type\":\"application\",\"name\":\"app\",\"purl\":\"" + purl
                                + "\"}},\"components\"");
        return detect(Limits.DEFAULT, new LayerFile("app/a.cdx.json", document.getBytes(UTF_8)))
                .getFirst()
                .packages()
                .stream()
                .map(one -> String.valueOf(one.purl()))
                .toList();
    }

    private static List<Detection> detect(Limits limits, LayerFile... files) {
        return new SbomDetector(limits).detect(LayerFiles.of(List.of(files)));
    }

    private static byte[] components(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"type\":\"library\",\"name\":\"p" + i + "\",\"purl\":\"pkg:npm/p" + i + "@1\"}")
                .collect(Collectors.joining(
                        ",", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[", "]}"))
                .getBytes(UTF_8);
    }
}
