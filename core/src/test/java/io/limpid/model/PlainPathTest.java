package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any spelling of a path has one form, which java.nio finds too. */
class PlainPathTest {

    @Provide
    Arbitrary<String> spellings() {
        return Arbitraries.of("a", "b", ".", "..", "", "...", "..a")
                .list()
                .ofMaxSize(9)
                .map(parts -> String.join("/", parts));
    }

    @Property
    void asJavaNormalizesIt(@ForAll("spellings") String text) {
        PlainPath path = PlainPath.of(text);
        assertThat("/" + path).isEqualTo(Path.of("/" + text).normalize().toString());
        assertThat(PlainPath.of(path.toString())).isEqualTo(new PlainPath(path.parts(), false));
        boolean outside = Path.of("in/" + text).normalize().startsWith("in");
        assertThat(path.climbs()).isEqualTo(!outside && climbs(text));
    }

    /** Counted step by step. */
    private static boolean climbs(String text) {
        int depth = 0;
        for (String part : List.of(text.split("/", -1))) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    @Property
    void aLinkLeadsWhereItsFolderSays(@ForAll("spellings") String link, @ForAll("spellings") String target) {
        Path resolved = Path.of("/" + PlainPath.of(link)).resolveSibling(Path.of(target));
        boolean root = PlainPath.of(link).parts().isEmpty();
        Path expected = root ? Path.of("/" + target) : resolved;
        assertThat("/" + PlainPath.of(link).linked(target))
                .isEqualTo(expected.normalize().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "a/../.., '', true",
        "../a, a, true",
        "a/../b, b, false",
        "/, '', false",
        "//a/./b/, a/b, false",
        "a/../../b, b, true"
    })
    void forms(String text, String form, boolean climbs) {
        assertThat(PlainPath.of(text))
                .hasToString(form)
                .extracting(PlainPath::climbs)
                .isEqualTo(climbs);
    }
}
