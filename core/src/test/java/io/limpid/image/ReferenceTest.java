package io.limpid.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    /** Columns: as it is written; the host, the repository, the tag, what the registry is asked for. DIGEST stands for one. */
    @ParameterizedTest
    @CsvSource({
        "alpine, docker.io, library/alpine, latest, latest",
        "alpine:3.20, docker.io, library/alpine, 3.20, 3.20",
        "grafana/grafana, docker.io, grafana/grafana, latest, latest",
        "docker.io/alpine, docker.io, library/alpine, latest, latest",
        "index.docker.io/library/alpine, docker.io, library/alpine, latest, latest",
        "ghcr.io/a/b/c:v1, ghcr.io, a/b/c, v1, v1",
        "localhost/a, localhost, a, latest, latest",
        "localhost:5000/a:b, localhost:5000, a, b, b",
        "registry:5000/a, registry:5000, a, latest, latest",
        "my_registry:5000/a, my_registry:5000, a, latest, latest",
        "127.0.0.1:5000/a__b/c--d.e, 127.0.0.1:5000, a__b/c--d.e, latest, latest",
        "[::1]:5000/a, [::1]:5000, a, latest, latest",
        "HOST/a, HOST, a, latest, latest",
        "Quay.IO/a:Tag_1.2-x, quay.io, a, Tag_1.2-x, Tag_1.2-x",
        "localhost:5000, docker.io, library/localhost, 5000, 5000",
        "alpine@DIGEST, docker.io, library/alpine, , DIGEST",
        "alpine:3.20@DIGEST, docker.io, library/alpine, 3.20, DIGEST",
        "localhost:5000/a@DIGEST, localhost:5000, a, , DIGEST",
    })
    void readAsDockerDoes(String text, String host, String repository, String tag, String asked) {
        Reference reference = Reference.parse(text.replace("DIGEST", "sha256:" + HEX));
        assertThat(reference.host()).isEqualTo(host);
        assertThat(reference.repository()).isEqualTo(repository);
        assertThat(reference.tag()).isEqualTo(tag);
        assertThat(reference.manifest()).isEqualTo(asked.replace("DIGEST", "sha256:" + HEX));
        assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|names no repository",
                "ghcr.io/|names no repository",
                "Alpine|no capitals",
                "ghcr.io/A/b|no capitals",
                "a b|no name of a repository",
                "a//b|no name of a repository",
                "a/|no name of a repository",
                "/a|no name of a repository",
                "a-|no name of a repository",
                "a___b|no name of a repository",
                "../a|no host of a registry",
                "ghcr.io/../a|no name of a repository",
                "http://ghcr.io/a|no host",
                "alpine:|no tag",
                "alpine:-x|no tag",
                "alpine@sha256:123|no digest",
                "alpine@sha512:00|no digest",
                "ghcr.io:0/a|no port",
                "ghcr.io:65536/a|no port",
                "user@ghcr.io/a|no digest",
                "[.]:5000/a|no host of a registry",
                "[::1::]/a|no host of a registry",
                "[1.2.3.4]/a|no host of a registry",
            })
    void refused(String text, String why) {
        assertThatThrownBy(() -> Reference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void boundedAndFast() {
        assertThatThrownBy(() -> Reference.parse(HEX)).hasMessageContaining("an image's id");
        assertThatThrownBy(() -> Reference.parse("a".repeat(300))).hasMessageContaining("255");
        assertThatThrownBy(() -> Reference.parse("a:" + "b".repeat(129))).hasMessageContaining("no tag");
        assertThatThrownBy(() -> Reference.parse("a-".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void whatIsWrittenOutIsReadBack(@ForAll("references") String text) {
        Reference reference = Reference.parse(text);
        assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
    }

    @Provide
    Arbitrary<String> references() {
        Arbitrary<String> word =
                Arbitraries.strings().withChars("abz019").ofMinLength(1).ofMaxLength(6);
        Arbitrary<String> host = Arbitraries.of("", "docker.io/", "localhost/", "h.example/", "h:5000/", "[::1]:1/");
        Arbitrary<String> tag = word.map(one -> ":" + one).injectNull(0.3).map(one -> one == null ? "" : one);
        Arbitrary<String> digest = Arbitraries.of("", "@sha256:" + HEX);
        return Combinators.combine(host, word.list().ofMinSize(1).ofMaxSize(3), tag, digest)
                .as((h, words, t, d) -> h + String.join("/", words) + t + d);
    }
}
