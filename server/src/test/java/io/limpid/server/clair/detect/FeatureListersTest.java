package io.limpid.server.clair.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.LimitNames;
import io.limpid.model.Limits;
import io.limpid.testing.BerkeleyDbMaker;
import io.limpid.testing.RpmHeader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each package manager's file lists; beyond the recorded layers, which {@code RecordedLayersTest} reads. */
class FeatureListersTest {
    private static final String STATUS = "var/lib/dpkg/status";
    private static final String INSTALLED = "lib/apk/db/installed";

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(STATUS, "Package: a\nVersion: 1\n\nPackage: b\nVersion: 2", "a 1, b 2"),
                Arguments.of(STATUS, "Package: a\r\nSource: s (2.0)\r\nVersion: 1\r\n", "s 2.0"),
                Arguments.of(STATUS, "Package: a\nSource: s\nVersion: 1\n", "s 1"),
                Arguments.of(STATUS, "Package: a\nVersion: 1\nSource: s (2)\n", "a 1, s 2"),
                Arguments.of(STATUS, "Package: a\nVersion: 1\nSource: s\n\nVersion: 3", "a 1"),
                Arguments.of(STATUS, "Package: a\nSource: s (!)\nVersion: 1\n", "s 1"),
                Arguments.of(STATUS, "Package: a\nSource: s (2) (3)\nVersion: 1\n", "s 1"),
                Arguments.of(STATUS, "Package: a\nSource: s ()\nVersion: 1\n", "s 1"),
                Arguments.of(STATUS, "Package: a\nSource: s (2\nVersion: 1\n", "s 1"),
                Arguments.of(STATUS, "Package: a\nSource: s ( 2 )\n", "s 2"),
                Arguments.of(STATUS, "Package: a\nSource:  s\nVersion: 1\n", ""),
                Arguments.of(STATUS, "Package: a\nVersion: !\n\nVersion: 1\nPackage: b\nVersion: 2\n", "b 2"),
                Arguments.of(STATUS, "Package: a\nVersion: !\nVersion: 1\n", "a 1"),
                Arguments.of(STATUS, "Package: a\nStatus: deinstall ok config-files\nVersion: 1\n", "a 1"),
                Arguments.of(STATUS, "Package: a\nDescription: x\n Version: 2\nVersion:  1 \n", "a  1 "),
                Arguments.of(STATUS, "Package:a\nPackage:  b \nVersion:1\nVersion: 2\n", "b 2"),
                Arguments.of(STATUS, "Package: a\nVersion: 1\nPackage: a\nVersion: 1\n", "a 1"),
                Arguments.of(STATUS, "Package: a\nX: " + "y".repeat(1 << 17) + "\nVersion: 1\n", "a 1"),
                // The longest line that the original reads.
                Arguments.of(STATUS, "Package: " + "a".repeat(65_526) + "\nVersion: 1\n", "a".repeat(65_526) + " 1"),
                Arguments.of(STATUS, "Package: " + "a".repeat(65_527) + "\nVersion: 1\n", ""),
                Arguments.of(STATUS, "", ""),
                Arguments.of(INSTALLED, "P:a\nV:1-r0\n\nP:b\nV:2-r0\n", "a 1-r0, b 2-r0"),
                Arguments.of(INSTALLED, "V:1-r0\nP:a\n", "a 1-r0"),
                Arguments.of(INSTALLED, "P:a\nV:!\n\nV:2\n", "a 2"),
                Arguments.of(INSTALLED, "P:a\nV:!\n\nP:b\nV:2\n", "b 2"),
                Arguments.of(INSTALLED, "P:a\nL:" + "y".repeat(1 << 17) + "\nV:1\n", "a 1"),
                Arguments.of(INSTALLED, "P:\nV:1\nP:b", "b 1"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void listsPackages(String path, String content, String expected) throws IOException {
        assertThat(listed(Limits.DEFAULT, path, content.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }

    @Test
    void readsRpmsDatabase() throws IOException {
        byte[] database = BerkeleyDbMaker.hash(
                ByteOrder.LITTLE_ENDIAN,
                9,
                List.of(
                        RpmHeader.of("bash=4.2-1"),
                        RpmHeader.packageOf("zero=1-1")
                                .number(RpmHeader.EPOCH, 0)
                                .bytes(),
                        new RpmHeader()
                                .text(RpmHeader.NAME, "gpg-pubkey")
                                .text(RpmHeader.VERSION, "1")
                                .text(RpmHeader.RELEASE, "1")
                                .bytes(),
                        RpmHeader.of("caret=1^1-1"),
                        RpmHeader.of("bash=4.2-1")));
        assertThat(listed(Limits.DEFAULT, "var/lib/rpm/Packages", database).split(", "))
                .containsExactlyInAnyOrder("bash 4.2-1", "zero 0:1-1");
    }

    @Test
    void aFileThatIsNoBerkeleyDbListsNothing() throws IOException {
        assertThat(listed(Limits.DEFAULT, "var/lib/rpm/Packages", new byte[0])).isEmpty();
        assertThat(listed(Limits.DEFAULT, "var/lib/rpm/Packages", "SQLite format 3\0".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void moreThanALayerCanHaveIsRefusedByTheNameOfItsLimit() {
        Limits few = LimitNames.with(Limits.DEFAULT, "wanted-entries", 2);
        assertThatThrownBy(
                        () -> listed(few, INSTALLED, "P:a\nV:1\nP:b\nV:1\nP:c\nV:1\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("limit wanted-entries");
    }

    private static String listed(Limits limits, String path, byte[] content) throws IOException {
        LayerFiles files = LayerFiles.of(List.of(new LayerFile(path, content)));
        return String.join(
                ", ",
                ClairDetectors.v1(limits).detect(files).features().stream()
                        .map(feature -> feature.name() + " " + feature.version())
                        .toList());
    }
}
