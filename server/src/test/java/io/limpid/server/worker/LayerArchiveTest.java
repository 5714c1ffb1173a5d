package io.limpid.server.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.image.Sha256;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Digest;
import io.limpid.model.LimitNames;
import io.limpid.model.Limits;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class LayerArchiveTest {
    private static final String BROKEN = "tarutil: could not extract the archive";
    private static final Set<String> WANTED = Set.of("etc/os-release", "var/lib/dpkg/status");

    private static final byte[] TAR = new TarMaker()
            .file("./etc/os-release", "one")
            .file("etc/os-release.bak", "no detector knows it")
            .file("/var/lib/dpkg/status", "nor this")
            .file("var/lib/dpkg/status", "two")
            .file("usr/share/doc/x", noise())
            .bytes();

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "gzip members", "bzip2", "xz"})
    void readsWhatIsWantedOfAnyCompression(String how) throws Exception {
        byte[] bytes = compressed(how);
        assertThat(read(bytes)).isEqualTo("etc/os-release=one, var/lib/dpkg/status=two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip members", "bzip2", "xz", "plain"})
    void anArchiveThatBreaksOffIsRefusedAlsoBehindAllThatIsWanted(String how) throws Exception {
        byte[] bytes = compressed(how);
        // The end marker may be missing, but not the last file's bytes.
        for (int length : new int[] {bytes.length - 12_000, bytes.length / 2, 7, 6, 3}) {
            assertThatThrownBy(() -> read(Arrays.copyOf(bytes, length)))
                    .as("%s, %d of %d bytes", how, length, bytes.length)
                    .isInstanceOf(ClairException.class)
                    .hasMessage(BROKEN);
        }
    }

    @Test
    void theEndOfTheArchiveIsTheEnd() throws Exception {
        byte[] garbage = "what is this".repeat(5000).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.write(TAR);
        more.write(garbage);
        assertThat(read(more.toByteArray())).isEqualTo("etc/os-release=one, var/lib/dpkg/status=two");
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[1024])).isEmpty();
        assertThatThrownBy(() -> read(garbage)).hasMessage(BROKEN);
    }

    /** The original decodes as it goes: what it finds damaged behind the end marker it has not looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip members", "bzip2", "xz"})
    void whatIsDamagedBehindTheEndOfTheArchiveDoesNotMatter(String how) throws Exception {
        byte[] bytes = compressed(how);
        byte[] more = Arrays.copyOf(bytes, bytes.length + 3000);
        Arrays.fill(more, bytes.length, more.length, (byte) 'x');
        for (byte[] damaged : List.of(more, Arrays.copyOf(bytes, bytes.length - 4), wrongAt(bytes, bytes.length - 3))) {
            assertThat(read(damaged)).isEqualTo("etc/os-release=one, var/lib/dpkg/status=two");
        }
    }

    private static byte[] wrongAt(byte[] bytes, int at) {
        byte[] wrong = bytes.clone();
        wrong[at] ^= 0x55;
        return wrong;
    }

    @Test
    void theBoundOfAFilesSizeIsTheHeadersAlsoOfWhatHasNone() throws Exception {
        byte[] tar = new TarMaker()
                .symbolicLink("var/lib/dpkg/status", "x")
                .directory("etc/os-release")
                .bytes();
        assertThat(read(tar)).isEqualTo("var/lib/dpkg/status=");
        for (int header : new int[] {0, 512}) {
            byte[] large = tar.clone();
            // One byte more than 200 MiB.
            System.arraycopy("01440000001".getBytes(StandardCharsets.US_ASCII), 0, large, header + 124, 11);
            byte[] block = Arrays.copyOfRange(large, header, header + 512);
            checksum(block);
            System.arraycopy(block, 0, large, header, 512);
            assertThatThrownBy(() -> read(large)).hasMessage(ClairError.FILE_TOO_BIG.message());
        }
    }

    @Test
    void laterEntriesReplaceEarlierOnesAndLinksAreEmpty() throws Exception {
        assertThat(read(new TarMaker()
                        .file("etc/os-release", "one")
                        .file("./etc/os-release", "two")
                        .bytes()))
                .isEqualTo("etc/os-release=two");
        assertThat(read(new TarMaker()
                        .file("etc/os-release", "one")
                        .symbolicLink("etc/os-release", "../usr/lib/os-release")
                        .hardLink("var/lib/dpkg/status", "x")
                        .directory("etc/os-release/")
                        .fifo("var/lib/dpkg/status")
                        .whiteout("etc/os-release")
                        .bytes()))
                .isEqualTo("etc/os-release=, var/lib/dpkg/status=");
        assertThat(read(new TarMaker().file("././etc/os-release", "one").bytes()))
                .isEmpty();
    }

    @Test
    void nothingIsKnownOfAciImages() throws Exception {
        byte[] tar = new TarMaker()
                .file("rootfs/etc/os-release", "one")
                .file("etc/os-release", "two")
                .bytes();
        assertThat(new LayerArchive(LayerFormat.of("AcI"), WANTED, Limits.DEFAULT)
                        .read(new ByteArrayInputStream(tar), null, soon(), leave())
                        .all())
                .isEmpty();
        assertThatThrownBy(() -> LayerFormat.of("oci")).hasMessage("unsupported image format 'oci'");
    }

    @Test
    void boundsAreRefusedByName() {
        byte[] big = new TarMaker().file("etc/os-release", "x".repeat(2000)).bytes();
        assertThatThrownBy(() -> read(big, LimitNames.with(Limits.DEFAULT, "wanted-bytes", 1000), null))
                .hasMessage(BROKEN)
                .cause()
                .hasMessageContaining("limit wanted-bytes");
        assertThatThrownBy(() -> read(TAR, LimitNames.with(Limits.DEFAULT, "layer-bytes", 50_000), null))
                .hasMessage(BROKEN)
                .cause()
                .hasMessageContaining("limit layer-bytes");
        assertThatThrownBy(() -> read(TAR, LimitNames.with(Limits.DEFAULT, "layer-entries", 2), null))
                .hasMessage(BROKEN)
                .cause()
                .hasMessageContaining("limit layer-entries");
    }

    @Test
    void whatHasNoEndIsLeftAtTheDeadline() {
        byte[] zeros = new byte[1 << 16];
        byte[] header = Arrays.copyOf(new TarMaker().file("x", "x".repeat(7)).bytes(), 512);
        // 8 GiB less a byte are announced, in octal digits.
        Arrays.fill(header, 124, 135, (byte) '7');
        checksum(header);
        var endless = new SequenceInputStream(new ByteArrayInputStream(header), new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return Math.min(length, zeros.length);
            }
        });
        WorkDeadline deadline = WorkDeadline.in(Duration.ofMillis(100));
        assertThatThrownBy(() -> new LayerArchive(LayerFormat.DOCKER, WANTED, Limits.DEFAULT)
                        .read(endless, null, deadline, leave()))
                .hasMessage(BROKEN)
                .cause()
                .hasMessageContaining("was not read within");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "xz"})
    void aDigestIsThatOfTheBytesStoredOrPlain(String how) throws Exception {
        byte[] bytes = compressed(how);
        for (byte[] named : List.of(bytes, TAR)) {
            assertThat(read(bytes, Limits.DEFAULT, Sha256.of(named))).startsWith("etc/os-release=one");
        }
        assertThatThrownBy(() -> read(bytes, Limits.DEFAULT, Sha256.of(new byte[0])))
                .hasMessage(BROKEN)
                .cause()
                .hasMessageContaining("not what its name says");
    }

    private static byte[] noise() {
        byte[] noise = new byte[100_000];
        new Random(3).nextBytes(noise);
        return noise;
    }

    private static byte[] compressed(String how) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (how) {
            case "gzip members" -> {
                for (int i = 0; i < TAR.length; i += 5000) {
                    try (OutputStream out = new GZIPOutputStream(bytes)) {
                        out.write(TAR, i, Math.min(5000, TAR.length - i));
                    }
                }
            }
            case "plain" -> bytes.write(TAR);
            default -> {
                try (OutputStream out = switch (how) {
                    case "gzip" -> new GZIPOutputStream(bytes);
                    case "bzip2" -> new BZip2CompressorOutputStream(bytes);
                    default -> new XZOutputStream(bytes, new LZMA2Options());
                }) {
                    out.write(TAR);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void checksum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        byte[] digits = String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, 148, digits.length);
        header[154] = 0;
    }

    private static String read(byte[] archive) throws ClairException {
        return read(archive, Limits.DEFAULT, null);
    }

    private static String read(byte[] archive, Limits limits, @Nullable Digest claimed) throws ClairException {
        LayerFiles files = new LayerArchive(LayerFormat.DOCKER, WANTED, limits)
                .read(new ByteArrayInputStream(archive), claimed, soon(), leave());
        return String.join(
                ", ",
                files.all().stream()
                        .sorted(Comparator.comparing(LayerFile::path))
                        .map(file -> file.path() + "=" + new String(file.content(), StandardCharsets.UTF_8))
                        .toList());
    }

    private static WorkDeadline soon() {
        return WorkDeadline.in(Duration.ofMinutes(1));
    }

    private static BulkyWork.Leave leave() {
        return new BulkyWork(1).new Leave(soon());
    }
}
