package io.limpid.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of tar entries as paths from the root. */
class EntryPathTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', false",
        "., '', false",
        "./, '', false",
        "./., '', false",
        "/, '', false",
        "//., '', false",
        "./etc/os-release, etc/os-release, false",
        "/etc//os-release, etc/os-release, false",
        "etc/./os-release/, etc/os-release, false",
        ".hidden, .hidden, false",
        "..hidden, ..hidden, false",
        "a/../b, b, false",
        "a/.., '', false",
        "../etc, etc, true",
        "a/../../b, b, true",
    })
    void normalized(String name, String path, boolean climbs) {
        assertThat(new String(EntryPath.normalized(name.getBytes(UTF_8)), UTF_8))
                .isEqualTo(path);
        assertThat(EntryPath.climbs(name.getBytes(UTF_8))).isEqualTo(climbs);
    }

    /** Whatever the name, the result is what going down and up part by part gives. */
    @Property
    void asWalkedPartByPart(@ForAll("names") String name) {
        List<String> walked = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                if (!walked.isEmpty()) {
                    walked.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                walked.add(part);
            }
        }
        assertThat(new String(EntryPath.normalized(name.getBytes(UTF_8)), UTF_8))
                .isEqualTo(String.join("/", walked));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "b.c", ".", "..", "/", "//", "...", ".x")
                .list()
                .ofMaxSize(9)
                .map(parts -> String.join("", parts));
    }
}
