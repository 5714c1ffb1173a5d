package io.limpid.server.clair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features are written {@code name@version}, with {@code /debian:8} where they are in a namespace and {@code <layer} where one added them. */
class ClairFoldTest {

    /** Below is always a layer {@code below} of {@code debian:8} with the features of the first column, which {@code base} has added. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # parent's features           | own      | listed         | namespace | features                                     | added           | removed
        a@1/debian:8                  | -        | ''             | debian:8  | a@1/debian:8<base                            | ''              | ''
        a@1/debian:8                  | debian:9 | ''             | debian:9  | a@1/debian:8<base                            | ''              | ''
        a@1/debian:8                  | -        | a@1            | debian:8  | a@1/debian:8<base                            | ''              | ''
        a@1/debian:8                  | -        | a@1 b@2        | debian:8  | a@1/debian:8<base b@2/debian:8<new           | b@2/debian:8    | ''
        a@1/debian:8 b@2/debian:8     | -        | b@2            | debian:8  | b@2/debian:8<base                            | ''              | a@1/debian:8
        a@1/debian:8                  | -        | a@2            | debian:8  | a@2/debian:8<new                             | a@2/debian:8    | a@1/debian:8
        a@1/debian:8 b@2/debian:8     | debian:9 | a@1 b@3        | debian:9  | a@1/debian:8<base b@3/debian:9<new           | b@3/debian:9    | b@2/debian:8
        a@1/debian:7 b@2/debian:8     | debian:9 | a@1 b@2        | debian:9  | a@1/debian:7<base b@2/debian:8<base          | ''              | ''
        a@1/debian:8 a@2/debian:8     | -        | a@2            | debian:8  | a@2/debian:8<base                            | ''              | a@1/debian:8
        ''                            | -        | a@1 a@1        | debian:8  | a@1/debian:8<new                             | a@1/debian:8    | ''
        """)
    void laysALayerOverItsParent(
            String below,
            @Nullable String own,
            String listed,
            String namespace,
            String features,
            String added,
            String removed)
            throws ClairException {
        IndexedLayer parent =
                new IndexedLayer("below", IndexedLayer.ENGINE, null, of("debian:8"), layerFeatures(below));
        ClairFold fold = ClairFold.of("new", parent, Optional.ofNullable(own).map(ClairFoldTest::of), listed(listed));
        assertThat(fold.layer().namespace()).isEqualTo(of(namespace));
        assertThat(fold.layer().parent()).isEqualTo("below");
        assertThat(fold.layer().features().stream().map(ClairFoldTest::written)).containsExactly(words(features));
        assertThat(fold.added().stream().map(ClairFoldTest::written)).containsExactly(words(added));
        assertThat(fold.removed().stream().map(ClairFoldTest::written)).containsExactly(words(removed));
    }

    @Test
    void aLayerWithoutParentAddsAllThatItHas() throws ClairException {
        ClairFold fold = ClairFold.of("base", null, Optional.of(of("alpine:v3.4")), listed("a@1 b@2"));
        assertThat(fold.layer().parent()).isNull();
        assertThat(fold.layer().engineVersion()).isEqualTo(3);
        assertThat(fold.added().stream().map(ClairFoldTest::written))
                .containsExactly("a@1/alpine:v3.4", "b@2/alpine:v3.4");
        assertThat(fold.removed()).isEmpty();
    }

    @Test
    void nothingAtAllIsALayerToo() throws ClairException {
        ClairFold fold = ClairFold.of("empty", null, Optional.empty(), List.of());
        assertThat(fold.layer()).isEqualTo(new IndexedLayer("empty", IndexedLayer.ENGINE, null, null, List.of()));
    }

    @Test
    void aPackageOfNoKnownNamespaceFailsTheLayer() throws ClairException {
        assertThatThrownBy(() -> ClairFold.of("x", null, Optional.empty(), listed("a@1")))
                .isInstanceOf(ClairException.class)
                .hasMessage("worker: OS and/or package manager are not supported");
        IndexedLayer nameless =
                new IndexedLayer("below", IndexedLayer.ENGINE, null, null, layerFeatures("a@1/debian:8"));
        assertThat(ClairFold.of("x", nameless, Optional.empty(), listed("a@1")).added())
                .isEmpty();
        assertThatThrownBy(() -> ClairFold.of("x", nameless, Optional.empty(), listed("a@1 b@1")))
                .isInstanceOf(ClairException.class);
    }

    private static Namespace of(String name) {
        return new Namespace(name, "dpkg");
    }

    private static String[] words(String text) {
        return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }

    private static List<ListedFeature> listed(String text) {
        List<ListedFeature> features = new ArrayList<>();
        for (String word : words(text)) {
            features.add(
                    new ListedFeature(word.substring(0, word.indexOf('@')), word.substring(word.indexOf('@') + 1)));
        }
        return features;
    }

    private static List<LayerFeature> layerFeatures(String text) {
        List<LayerFeature> features = new ArrayList<>();
        for (String word : words(text)) {
            String[] parts = word.split("[@/]", -1);
            FeatureVersion version = new FeatureVersion(new Feature(of(parts[2]), parts[0]), parts[1]);
            features.add(new LayerFeature(version, "base", List.of()));
        }
        return features;
    }

    private static String written(LayerFeature feature) {
        return written(feature.version()) + "<" + feature.addedBy();
    }

    private static String written(FeatureVersion version) {
        return version.feature().name() + "@" + version.version() + "/"
                + version.feature().namespace().name();
    }
}
