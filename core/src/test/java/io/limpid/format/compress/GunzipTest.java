package io.limpid.format.compress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.tar.DripStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against java.util.zip and the programs that write gzip. */
class GunzipTest {
    private static final byte[] PLAIN = Compressed.data(50_000, 9);

    @Property(tries = 300)
    void membersOfAnyData(@ForAll @Size(max = 3) byte[][] members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Compressed.with(Compression.GZIP, new byte[0]));
        for (byte[] member : members) {
            bytes.writeBytes(Compressed.with(Compression.GZIP, member));
        }
        byte[] gzip = bytes.toByteArray();
        byte[] expected = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
        assertThat(expected).isEqualTo(Compressed.joined(members));
        assertThat(gunzip(new ByteArrayInputStream(gzip))).isEqualTo(expected);
        assertThat(gunzip(new DripStream(gzip, gzip.length))).isEqualTo(expected);
    }

    /** Any flags, with what they announce, before the deflated data. */
    @Property(tries = 32)
    void flags(@ForAll @IntRange(max = 31) int flags) throws IOException {
        byte[] gzip = Compressed.with(Compression.GZIP, PLAIN);
        byte[] head = Arrays.copyOf(gzip, 10);
        head[3] = (byte) flags;
        byte[] header = Compressed.joined(
                head,
                bytes((flags & 4) == 0 ? "" : "\3\0abc"),
                bytes((flags & 8) == 0 ? "" : "layer.tar\0"),
                bytes((flags & 16) == 0 ? "" : "\u00e9\0"));
        boolean checked = (flags & 2) != 0;
        byte[] data = Arrays.copyOfRange(gzip, 10, gzip.length);
        byte[] whole = Compressed.joined(header, checked ? crc16(header) : new byte[0], data);
        assertThat(gunzip(new ByteArrayInputStream(whole))).isEqualTo(PLAIN);
        assertThat(gunzip(new DripStream(Compressed.joined(whole, whole), flags)))
                .isEqualTo(Compressed.joined(PLAIN, PLAIN));
        if (checked) {
            byte[] changed = whole.clone();
            changed[header.length] ^= 1;
            assertThatThrownBy(() -> gunzip(new ByteArrayInputStream(changed)))
                    .hasMessageContaining("checksum of a member's header");
        }
        byte[] cutInHeader = Arrays.copyOf(whole, 11);
        assertThatThrownBy(() -> gunzip(new ByteArrayInputStream(cutInHeader))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void unknownFlags(int flag) throws IOException {
        byte[] gzip = Compressed.with(Compression.GZIP, PLAIN);
        gzip[3] = (byte) flag;
        assertThatThrownBy(() -> gunzip(new ByteArrayInputStream(gzip))).hasMessageContaining("unknown flags");
    }

    @Test
    void padding() throws IOException {
        byte[] gzip = Compressed.with(Compression.GZIP, PLAIN);
        assertThat(gunzip(new ByteArrayInputStream(Compressed.joined(gzip, new byte[70_000]))))
                .isEqualTo(PLAIN);
        byte[] hidden = Compressed.joined(gzip, new byte[9], gzip);
        assertThatThrownBy(() -> gunzip(new ByteArrayInputStream(hidden))).hasMessageContaining("padding");
    }

    @ParameterizedTest
    @CsvSource({"gzip, -1", "gzip, -9", "pigz, -1", "pigz, -b128", "pigz, -11"})
    void programs(String program, String option, @TempDir Path folder) throws IOException, InterruptedException {
        byte[] plain = Compressed.data(500_000, 4);
        Path file = Files.write(folder.resolve("layer.tar"), plain);
        try {
            Process process = new ProcessBuilder(program, option, "-k", file.toString())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor()).isZero();
        } catch (IOException _) {
            Assumptions.abort("skipped: there is no program " + program);
        }
        byte[] gzip = Files.readAllBytes(folder.resolve("layer.tar.gz"));
        assertThat(gunzip(new ByteArrayInputStream(gzip))).isEqualTo(plain);
        assertThat(gunzip(new DripStream(gzip, 1))).isEqualTo(plain);
    }

    /** The checksum of a header, RFC 1952 section 2.3.1. */
    private static byte[] crc16(byte[] header) {
        CRC32 crc = new CRC32();
        crc.update(header);
        return new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] gunzip(InputStream in) throws IOException {
        try (InputStream plain = new GunzipInputStream(in)) {
            return plain.readAllBytes();
        }
    }
}
