package io.limpid.server.clair;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.ClairSeverity;
import io.limpid.model.Correction;
import io.limpid.testing.CorrectionWords;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What local corrections make of what the database says of a layer. */
class LayerCorrectionsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    /**
     * Columns: the namespace and its format; a feature and its version; what is published as {@code NAME SEVERITY FIXED-BY}; the corrections in the words of
     * {@link CorrectionWords}; what is left; what is denied.
     */
    @ParameterizedTest
    @CsvFileSource(resources = "corrections.txt", delimiter = '|')
    void corrections(
            String namespace,
            String installed,
            @Nullable String published,
            String corrections,
            @Nullable String left,
            @Nullable String denied) {
        LayerFeature feature = feature(namespace, installed, published);
        CorrectedLayer corrected = new LayerCorrections(all(corrections)).correct(layer(List.of(feature)), TODAY);
        LayerFeature now = corrected.layer().features().getFirst();
        assertThat(now.version()).isEqualTo(feature.version());
        assertThat(now.affectedBy().stream().map(LayerCorrectionsTest::shown).collect(Collectors.joining(", ")))
                .isEqualTo(left == null ? "" : left);
        assertThat(corrected.denied().stream()
                        .map(one -> one.vulnerability().name() + by(one.correction()))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(denied == null ? "" : denied);
        assertThat(corrected.denied()).allMatch(one -> one.version().equals(feature.version()));
    }

    /** After an upgrade of the distribution a layer has features of two namespaces. */
    @Test
    void eachFeatureIsOfItsOwnNamespace() {
        IndexedLayer layer = layer(List.of(
                feature("debian:11 dpkg", "bash 5.1", "CVE-1 High -"),
                feature("debian:12 dpkg", "bash 5.2", "CVE-1 High -"),
                feature("debian:12 dpkg", "zlib 1", "CVE-1 High -")));
        CorrectedLayer corrected = new LayerCorrections(
                        all("CVE-1 bash not-affected in=debian:12; CVE-9 bash affected in=debian:11"))
                .correct(layer, TODAY);
        assertThat(corrected.layer().features())
                .extracting(one -> one.affectedBy().stream()
                        .map(LayerCorrectionsTest::shown)
                        .toList())
                .containsExactly(
                        List.of("CVE-1 High -", "CVE-9 Unknown - by 2 added"), List.of(), List.of("CVE-1 High -"));
        assertThat(corrected.denied())
                .extracting(DeniedVulnerability::version)
                .containsExactly(layer.features().get(1).version());
    }

    @Test
    void whatIsAddedSaysWhy() {
        LayerFeature feature = feature("debian:12 dpkg", "bash 5.2", null);
        CorrectedLayer corrected =
                new LayerCorrections(all("CVE-9 bash affected")).correct(layer(List.of(feature)), TODAY);
        Vulnerability added =
                corrected.layer().features().getFirst().affectedBy().getFirst();
        assertThat(added.description()).isEqualTo("because");
        assertThat(added.namespace()).isEqualTo(new Namespace("debian:12", "dpkg"));
        assertThat(added.link()).isEmpty();
        assertThat(added.metadata()).isNull();
    }

    @Test
    void withoutCorrectionsALayerIsTheSame() {
        IndexedLayer layer = layer(List.of(feature("debian:12 dpkg", "bash 5.2", "CVE-1 High -")));
        assertThat(new LayerCorrections(List.of()).correct(layer, TODAY).layer())
                .isSameAs(layer);
    }

    private static IndexedLayer layer(List<LayerFeature> features) {
        return new IndexedLayer("l", IndexedLayer.ENGINE, null, null, features);
    }

    private static LayerFeature feature(String namespace, String installed, @Nullable String published) {
        String[] named = namespace.split(" ", -1);
        String[] word = installed.split(" ", -1);
        Namespace in = new Namespace(named[0], named[1].equals("-") ? "" : named[1]);
        List<Vulnerability> known = new ArrayList<>();
        if (published != null) {
            for (String one : published.split(", ", -1)) {
                String[] part = one.split(" ", -1);
                known.add(new Vulnerability(
                        7,
                        in,
                        part[0],
                        "",
                        "",
                        ClairSeverity.of(part[1]).orElseThrow(),
                        null,
                        List.of(),
                        part[2].equals("-") ? "" : part[2]));
            }
        }
        return new LayerFeature(new FeatureVersion(new Feature(in, word[0]), word[1]), "l", known);
    }

    private static List<Correction> all(String corrections) {
        List<Correction> all = new ArrayList<>();
        Arrays.stream(corrections.split("; ", -1))
                .forEach(one -> all.add(CorrectionWords.correction(one, all.size() + 1)));
        return all;
    }

    private static String shown(Vulnerability one) {
        String now = one.name() + " " + shown(one.severity(), one.fixedBy());
        LocalChange change = one.change();
        if (change == null) {
            return now;
        }
        LocalChange.Published before = change.before();
        String what = before != null
                ? "was " + shown(before.severity(), before.fixedBy())
                : change.isUndecided() ? "undecided" : "added";
        return now + by(change.correction()) + " " + what;
    }

    private static String shown(ClairSeverity severity, String fixedBy) {
        return severity.text() + " " + (fixedBy.isEmpty() ? "-" : fixedBy);
    }

    private static String by(Correction correction) {
        return " by " + correction.place().substring(correction.place().indexOf(':') + 1);
    }
}
