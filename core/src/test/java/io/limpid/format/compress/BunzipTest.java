package io.limpid.format.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.tar.DripStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against commons-compress, the program that writes bzip2, and streams that none writes. */
class BunzipTest {

    @Property(tries = 300)
    void streamsOfAnyDataAndLevels(
            @ForAll @Size(max = 3) byte[][] streams, @ForAll @Size(3) List<@IntRange(min = 1, max = 9) Integer> levels)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(bzip2(new byte[0], levels.getFirst()));
        for (int i = 0; i < streams.length; i++) {
            bytes.writeBytes(bzip2(streams[i], levels.get(i)));
        }
        check(bytes.toByteArray(), Compressed.joined(streams));
    }

    /** A run is four bytes and how many more; it reaches over blocks, and beyond what one number tells. */
    @Test
    void runsOfEveryLength() throws IOException {
        Random random = new Random(2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int length = 1; length <= 600; length++) {
            byte[] run = new byte[length];
            Arrays.fill(run, (byte) (random.nextInt(4) == 0 ? 0 : random.nextInt(256)));
            check(bzip2(run, 1), run);
            bytes.writeBytes(run);
        }
        byte[] joined = bytes.toByteArray();
        check(bzip2(joined, 1), joined);
    }

    /** Many blocks, whose data need one access to memory or many, and one value or all of them. */
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 2", "1, 3", "2, 1", "3, 3", "5, 2", "9, 0", "9, 1", "9, 3"})
    void manyBlocks(int level, int kind) throws IOException {
        byte[] plain = new byte[kind == 0 ? 60_000_000 : 250_000 * level];
        Random random = new Random(level);
        for (int i = 0; i < plain.length && kind != 0; i++) {
            plain[i] = (byte)
                    switch (kind) {
                        case 1 -> random.nextInt(256);
                        case 2 -> random.nextInt(2);
                        default -> "limpid ".charAt(i % 7);
                    };
        }
        byte[] bzip2 = bzip2(plain, level);
        assertThat(Arrays.equals(bunzip2(new ByteArrayInputStream(bzip2)), plain))
                .isTrue();
        assertThat(Arrays.equals(bunzip2(new DripStream(bzip2, level)), plain)).isTrue();
    }

    @Test
    void levelsOneAfterTheOther() throws IOException {
        byte[][] plain = new byte[18][];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < plain.length; i++) {
            int level = 1 + (i * 5 % 9);
            plain[i] = Compressed.data(level * 100_000 - i, i);
            bytes.writeBytes(bzip2(plain[i], level));
        }
        check(bytes.toByteArray(), Compressed.joined(plain));
    }

    /** Streams of 14 bytes that announce large blocks and have none. */
    @Test
    void largeBlocksThatAreOnlyAnnounced() throws IOException {
        byte[] nine = bzip2(new byte[0], 9);
        byte[] eight = bzip2(new byte[0], 8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            bytes.writeBytes(nine);
            bytes.writeBytes(eight);
        }
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(bunzip2(new ByteArrayInputStream(bytes.toByteArray())))
                        .isEmpty());
    }

    @Test
    void truncations() throws IOException {
        byte[] whole = bzip2(Compressed.data(700, 3), 1);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> bunzip2(new ByteArrayInputStream(cut)))
                    .as("cut at %d", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 700})
    void flippedBits(int length) throws IOException {
        byte[] plain = Compressed.data(length, 3);
        byte[] whole = bzip2(plain, 1);
        int right = 0;
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (0x80 >> bit % 8);
            try {
                assertThat(bunzip2(new ByteArrayInputStream(damaged)))
                        .as("bit %d", bit)
                        .isEqualTo(plain);
                right++;
            } catch (IOException _) {
                // As it should be.
            }
        }
        // Another level, what fills the last byte, and of codes those that no byte has.
        assertThat(right).isLessThan(40);
    }

    /** What a stream's block says, and what that is answered; a change of what {@link BzipMade} makes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                | ",
                "randomised=1                    | randomised",
                "begin=1                         | begins outside",
                "begin=16777215                  | begins outside",
                "used=0                          | no bytes",
                "groups=0                        | 0 codes",
                "groups=1                        | 1 codes",
                "groups=7                        | 7 codes",
                "selected=0                      | 0 selectors",
                "selected=18002                  | ",
                "selected=18003                  | ",
                "selected=32767                  | ",
                "selector=1                      | ",
                "selector=3                      | a selector of none",
                "length=0                        | a code of 0 bits",
                "length=1                        | more codes than",
                "length=20                       | ",
                "length=21                       | a code of 21 bits",
                "length=31                       | a code of 31 bits",
                "symbol=3                        | begins outside",
                "symbol=7                        | no code",
                "digits=2                        | a block has another checksum",
                "digits=16                       | a block has another checksum",
                "digits=17                       | more than 100000",
                "digits=49                       | more than 100000",
                "others=50                       | after its last selector",
                "others=49                       | a block has another checksum",
                "run=4                           | how long a run is",
                "run=3                           | ",
                "crc=0                           | a block has another checksum",
                "total=0                         | a stream has another checksum",
                "magic=1                         | no block begins",
                "level=0                         | no stream begins",
                "level=10                        | no stream begins",
                "level=9                         | "
            })
    void hostile(String change, String message) throws IOException {
        BzipMade made = new BzipMade(change == null ? "" : change);
        byte[] stream = made.stream();
        if (message == null) {
            assertThat(bunzip2(new ByteArrayInputStream(stream))).isEqualTo(made.plain());
            assertThat(bunzip2(new DripStream(stream, 1))).isEqualTo(made.plain());
        } else {
            assertThatThrownBy(() -> bunzip2(new ByteArrayInputStream(stream)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(message);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "-5", "-9"})
    void program(String option, @TempDir Path folder) throws IOException, InterruptedException {
        byte[] plain = Compressed.joined(Compressed.data(500_000, 4), new byte[300_000], Compressed.data(700_000, 5));
        Path file = Files.write(folder.resolve("layer.tar"), plain);
        try {
            Process process = new ProcessBuilder("bzip2", option, "-k", file.toString())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor()).isZero();
        } catch (IOException _) {
            Assumptions.abort("skipped: there is no program bzip2");
        }
        check(Files.readAllBytes(folder.resolve("layer.tar.bz2")), plain);
    }

    private static void check(byte[] bzip2, byte[] plain) throws IOException {
        assertThat(bunzip2(new ByteArrayInputStream(bzip2))).isEqualTo(plain);
        assertThat(bunzip2(new DripStream(bzip2, bzip2.length))).isEqualTo(plain);
        try (InputStream theirs = new BZip2CompressorInputStream(new ByteArrayInputStream(bzip2), true)) {
            assertThat(theirs.readAllBytes()).isEqualTo(plain);
        }
    }

    private static byte[] bzip2(byte[] plain, int level) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bytes, level)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] bunzip2(InputStream in) throws IOException {
        try (InputStream plain = new BunzipInputStream(in)) {
            return plain.readAllBytes();
        }
    }
}
