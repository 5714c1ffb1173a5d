package io.limpid.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.PathPattern;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of a layer matter, however many are asked for in one folder. */
class PathMatcherTest {
    private static PathMatcher matcher(int siblings) {
        Set<PathPattern> tracked = new LinkedHashSet<>();
        Set<PathPattern> read = new LinkedHashSet<>();
        for (int i = 0; i < siblings; i++) {
            read.add(PathPattern.parse("var/lib/" + i + "/status"));
            tracked.add(PathPattern.parse("var/lib/" + i));
        }
        read.add(PathPattern.parse("var/lib/*.list"));
        read.add(PathPattern.parse("var/lib/\ufffd"));
        return new PathMatcher(new PathQuery(read, tracked));
    }

    /** A name with a wildcard at the end is one of its own folder alone, also in the root. */
    @ParameterizedTest
    @CsvSource({
        "x.spdx.json, 4",
        ".spdx.json, 4",
        "x.spdx.json/y, 0",
        "a/x.spdx.json, 0",
        "app, 1",
        "app/x.spdx.json, 4",
        "app/b/x.spdx.json, 0",
        "opt, 1",
        "opt/any, 1",
        "opt/any/.spdx-x.spdx, 4",
        "opt/any/other, 0",
    })
    void wildcardsAtTheEnd(String path, int match) {
        Set<PathPattern> read = Set.of(
                PathPattern.parse("*.spdx.json"),
                PathPattern.parse("app/*.spdx.json"),
                PathPattern.parse("opt/*/.spdx-*.spdx"));
        assertThat(new PathMatcher(new PathQuery(read, Set.of())).match(path.getBytes(UTF_8)))
                .isEqualTo(match);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 6, 63, 64, 65, 1000})
    void eachNameIsFound(int siblings) {
        PathMatcher matcher = matcher(siblings);
        for (int i = 0; i < siblings; i++) {
            assertThat(matcher.match(("var/lib/" + i + "/status").getBytes(UTF_8)))
                    .isEqualTo(PathMatcher.READ);
            assertThat(matcher.match(("var/lib/" + i).getBytes(UTF_8)))
                    .isEqualTo(PathMatcher.TRACKED | PathMatcher.ANCESTOR);
            assertThat(matcher.match(("var/lib/" + i + ".list").getBytes(UTF_8)))
                    .isEqualTo(PathMatcher.READ);
        }
        for (String other :
                new String[] {"var/lib/x", "var/lib/" + siblings, "var/lib/0/statu", "var/lib//status", "va"}) {
            assertThat(matcher.match(other.getBytes(UTF_8))).as(other).isZero();
        }
        assertThat(matcher.match("var/lib".getBytes(UTF_8))).isEqualTo(PathMatcher.ANCESTOR);
        assertThat(matcher.match("var/lib/\ufffd".getBytes(UTF_8))).isEqualTo(PathMatcher.READ);
        // Bytes that are no UTF-8, and would be shown as that character.
        assertThat(matcher.match("var/lib/\u00ff".getBytes(ISO_8859_1))).isZero();
    }
}
