package io.limpid.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.DebianSyntax;
import io.limpid.model.SourcePackage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a version where packages are listed is one where they are compared, and the other way round. */
final class DebianSyntaxTest {
    private static final VersionScheme DEB = VersionSchemes.byId("deb").orElseThrow();

    @Provide
    Arbitrary<String> versions() {
        return Arbitraries.strings()
                .withChars("019:-.~+a ")
                .withChars('\u00e9', '\u0000')
                .ofMaxLength(14);
    }

    @Property(tries = 5000)
    void whatIsListedCanBeCompared(@ForAll("versions") String version) {
        boolean listed = DebianSyntax.versionFault(version) == null;
        assertThat(listed).isEqualTo(isParsed(version) && version.equals(version.strip()));
    }

    private static boolean isParsed(String version) {
        try {
            return DEB.parse(version).text().equals(version.strip());
        } catch (InvalidVersionException _) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "glibc, glibc, 1-2",
                "glibc (2.36-9), glibc, 2.36-9",
                "glibc(2.36-9), glibc, 2.36-9",
                "glibc (2.36-9, glibc, 2.36-9",
                "'', -, -",
                "glibc (), -, -",
                "glibc (2 36), -, -",
                "(2.36), -, -",
                "g/libc, -, -",
                "glibc 2.36, -, -",
            })
    void sources(String field, String name, String version) {
        assertThat(DebianSyntax.source("libc6", "1-2", field))
                .isEqualTo(name == null ? null : new SourcePackage(name, version));
    }

    @ParameterizedTest
    @CsvSource({
        "libc6, true",
        "7zip, true",
        "libstdc++6, true",
        "Lib_x.y-z, true",
        "'', false",
        "-x, false",
        "x/y, false"
    })
    void names(String name, boolean is) {
        assertThat(DebianSyntax.isName(name)).isEqualTo(is);
    }
}
