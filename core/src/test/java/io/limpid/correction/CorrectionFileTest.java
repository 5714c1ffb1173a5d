package io.limpid.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Correction;
import io.limpid.model.DistroFamily;
import io.limpid.model.Distros;
import io.limpid.model.FixState;
import io.limpid.model.LimpidException;
import io.limpid.model.Severity;
import io.limpid.model.VersionRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of corrections means, and that one which could mean something else is refused with its line. */
class CorrectionFileTest {
    private static final String WHOLE = "{id: CVE-1, package: bash, status: not-affected, reason: r, expires: never}";

    private static List<Correction> parse(String text) throws LimpidException {
        return CorrectionFile.parse("o.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyMember() throws LimpidException {
        assertThat(parse("""
            # ours
            overrides:
              - id: CVE-2024-0727
                package: openssl
                versions: ">= 3.0, < 3.0.13"
                namespace: debian:12
                status: fixed
                fixedVersion: 3.10
                severity: low
                reason: >
                  see
                  TICKET-1
                author: me
                expires: 2027-06-30
              - { id: GHSA-x, package: "lib*", severity: high, reason: r, expires: never }
            """))
                .containsExactly(
                        new Correction(
                                "CVE-2024-0727",
                                "openssl",
                                new VersionRange("3.0", "3.0.13", null),
                                "debian:12",
                                FixState.FIXED,
                                "3.10",
                                Severity.LOW,
                                "see TICKET-1",
                                "me",
                                LocalDate.of(2027, 6, 30),
                                "o.yaml:3"),
                        new Correction(
                                "GHSA-x",
                                "lib*",
                                VersionRange.ALL,
                                null,
                                null,
                                null,
                                Severity.HIGH,
                                "r",
                                null,
                                null,
                                "o.yaml:15"));
    }

    /** JSON is read as well, however it is indented; a member that is null is not there. */
    @Test
    void json() throws LimpidException {
        String json = """
            {
            \t"overrides": [
            \t\t{"id": "CVE-1", "package": "bash", "status": "not-affected", "reason": "a \\"b\\" \\u00e9",
            \t\t "versions": null, "author": null, "expires": "never"}
            \t]
            }
            """;
        assertThat(parse(json).getFirst())
                .returns("a \"b\" é", Correction::reason)
                .returns(VersionRange.ALL, Correction::versions)
                .returns("o.yaml:3", Correction::place);
    }

    @Test
    void noneAtAll() throws LimpidException {
        assertThat(parse("overrides: []")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ">= 1.2, < 1.4-3 | 1.2 | 1.4-3 | ",
                "<=1.3 |  |  | 1.3",
                "< 1:2~a | | 1:2~a | ",
                "= 1.2-1 | 1.2-1 | | 1.2-1",
                ">=1 | 1 | | ",
            })
    void versions(String text, @Nullable String from, @Nullable String fixed, @Nullable String last)
            throws LimpidException {
        VersionRange range = parse(WHOLE_WITH.replace("@", "versions: '" + text + "'"))
                .getFirst()
                .versions();
        assertThat(range).isEqualTo(new VersionRange(from, fixed, last));
        assertThat(parse(WHOLE_WITH.replace("@", "versions: '" + range.words() + "'"))
                        .getFirst()
                        .versions())
                .isEqualTo(range);
    }

    private static final String WHOLE_WITH =
            "overrides: [{id: CVE-1, package: bash, status: not-affected, reason: r, expires: never, @}]";

    /** Columns: the file, {@code W} for a whole entry and {@code /} for a line end; the line; how the reason starts. */
    @ParameterizedTest
    @CsvFileSource(resources = "refused.txt", delimiter = '|', quoteCharacter = '`')
    void whatIsRefused(String text, @Nullable String line, String reason) {
        assertThatThrownBy(() -> parse(text.replace("/", "\n").replace("W", WHOLE)))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.reason()).startsWith(reason);
                    assertThat(e.what())
                            .isEqualTo("cannot use the overrides in o.yaml" + (line == null ? "" : ":" + line));
                });
    }

    /** Whatever a report can have is taken, and releases to come. */
    @Test
    void namespaces() throws LimpidException {
        Set<String> names = new TreeSet<>(
                Set.of("alpine:edge", "alpine:3.99", "debian:sid", "debian:15", "fedora:99", "amzn:2023"));
        for (DistroFamily family : Distros.all()) {
            for (DistroFamily.Release release : family.releases()) {
                String name = family.edition() == null ? release.codename() : family.edition();
                names.add(Distros.of(family.id(), release.versionId(), name).namespace());
            }
            if (family.releases().isEmpty() && !Distros.hasReleases(family.id())) {
                names.add(Distros.of(family.id(), "20260101", null).namespace());
            }
        }
        assertThat(names).contains("centos-stream:9", "ubuntu:22.04", "wolfi", "opensuse-leap:15.6");
        for (String name : names) {
            assertThat(parse(WHOLE_WITH.replace("@", "namespace: '" + name + "'"))
                            .getFirst()
                            .namespace())
                    .isEqualTo(name);
        }
    }

    /** Each of these is answered at once, in words. */
    @ParameterizedTest
    @CsvSource({"[, 100000", "{a: , 100000", "'- ', 100000", "x, 1048577", "'overrides: &a [*a, ', 1"})
    void hostile(String text, int times) {
        assertThatThrownBy(() -> parse(text.repeat(times)))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.reason()).isNotBlank());
    }

    @Test
    void bytesThatAreNoText() {
        assertThatThrownBy(() -> CorrectionFile.parse("o", new byte[] {(byte) 0xc3, 0x28}))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.reason()).isEqualTo("it is not UTF-8"));
    }

    @Test
    void files(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("o.yaml"), "overrides: [" + WHOLE + "]");
        assertThat(CorrectionFile.read(file)).hasSize(1);
        assertThatThrownBy(() -> CorrectionFile.read(folder.resolve("none")))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.reason()).isEqualTo("there is no such file"));
        assertThatThrownBy(() -> CorrectionFile.read(folder)).isInstanceOf(LimpidException.class);
    }

    /** What the page shows can be given as it stands there. */
    @Test
    void theDocumentationIsRight() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "overrides.md"), StandardCharsets.UTF_8);
        Matcher example = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(page);
        assertThat(example.find()).isTrue();
        assertThat(parse(example.group(1))).hasSize(3);
        for (FixState state : Correction.STATES) {
            assertThat(page).contains("`" + state.word() + "`");
        }
    }
}
