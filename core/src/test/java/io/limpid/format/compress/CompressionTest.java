package io.limpid.format.compress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.tar.DripStream;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.MemoryLimitException;

class CompressionTest {
    private static final int DAMAGES = 1000;

    @ParameterizedTest
    @CsvSource({
        "'', NONE",
        "1f, NONE",
        "1f8b, GZIP",
        "1f8b0800, GZIP",
        "1f9d, NONE",
        "28b52f, NONE",
        "28b52ffd, ZSTD",
        "502a4d18, ZSTD",
        "5f2a4d18, ZSTD",
        "602a4d18, NONE",
        "fd377a585a, NONE",
        "fd377a585a00, XZ",
        "fd377a585a01, NONE",
        "425a6839, BZIP2",
        "425a6830, NONE",
        "425a30, NONE",
        "7573746172, NONE"
    })
    void isToldByTheFirstBytes(String hex, Compression expected) {
        assertThat(Compression.of(HexFormat.of().parseHex(hex))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void severalStreamsOneAfterTheOther(Compression compression) throws IOException {
        byte[] first = Compressed.data(100_000, 1);
        byte[] second = Compressed.data(7, 2);
        byte[] joined = Compressed.joined(
                Compressed.with(compression, first),
                Compressed.with(compression, second),
                Compressed.with(compression, new byte[0]));
        byte[] plain = Compressed.joined(first, second);
        assertThat(inflated(compression, joined)).isEqualTo(plain);
        try (InputStream in = compression.open(new DripStream(joined, 3), Limits.DEFAULT)) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
        try (InputStream in = compression.open(new ByteArrayInputStream(joined), Limits.DEFAULT)) {
            in.skipNBytes(90_000);
            assertThat(in.read()).isEqualTo(plain[90_000] & 0xff);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(plain, 90_001, plain.length));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whatFollowsTheLastStreamIsAnError(Compression compression) throws IOException {
        byte[] whole = Compressed.with(compression, Compressed.data(1000, 1));
        for (String garbage : new String[] {"x", "garbage after the end", "\u001f", "B"}) {
            byte[] followed = Compressed.joined(whole, garbage.getBytes(ISO_8859_1));
            assertThatThrownBy(() -> inflated(compression, followed)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void cutDataNeverEndEarlyWithoutAWord(Compression compression) throws IOException {
        byte[] whole = Compressed.joined(
                Compressed.with(compression, Compressed.data(9_000, 1)),
                Compressed.with(compression, Compressed.data(3_000, 2)));
        int firstStream = Compressed.with(compression, Compressed.data(9_000, 1)).length;
        for (int length = 1; length < whole.length; length += length < 60 || length > whole.length - 60 ? 1 : 50) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length != firstStream) {
                assertThatThrownBy(() -> inflated(compression, cut))
                        .as("cut at %d", length)
                        .isInstanceOf(IOException.class);
            }
        }
        byte[] nearlyOne = Arrays.copyOf(whole, firstStream + 1);
        assertThatThrownBy(() -> inflated(compression, nearlyOne)).isInstanceOf(IOException.class);
    }

    /** A flipped bit is an error, or changes nothing that matters (a time, a name); it never changes or shortens the data. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void damagedDataAreAnErrorOrRight(Compression compression) throws IOException {
        byte[] plain = Compressed.data(20_000, 1);
        byte[] whole = Compressed.with(compression, plain);
        int errors = 0;
        for (int seed = 0; seed < DAMAGES; seed++) {
            int bit = new Random(seed).nextInt(whole.length * 8);
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                assertThat(inflated(compression, damaged)).as("seed %d", seed).isEqualTo(plain);
            } catch (IOException _) {
                errors++;
            }
        }
        assertThat(errors).isGreaterThan(DAMAGES * 9 / 10);
    }

    /** A layer's digest is asked for to the end, also after its walk failed. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void askedAgainAfterAnErrorThereIsNoGoodEnd(Compression compression) throws IOException {
        byte[] stream = Compressed.with(compression, Compressed.data(20_000, 1));
        // Damaged in the second stream: some decoders read the first when they are opened.
        for (int at = stream.length + 30; at < 2 * stream.length; at += at < 2 * stream.length - 60 ? 97 : 1) {
            byte[] cut = Arrays.copyOf(Compressed.joined(stream, stream), at);
            failsAndFailsAgain(compression, cut);
            byte[] damaged = Compressed.joined(stream, stream);
            damaged[at] ^= 0x55;
            failsAndFailsAgain(compression, damaged);
        }
    }

    private static void failsAndFailsAgain(Compression compression, byte[] bytes) throws IOException {
        try (InputStream in = compression.open(new ByteArrayInputStream(bytes), Limits.DEFAULT)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> in.skip(1)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void skippableFramesOfZstd() throws IOException {
        byte[] plain = Compressed.data(5_000, 1);
        byte[] frame = Compressed.with(Compression.ZSTD, plain);
        byte[] skippable = HexFormat.of().parseHex("5a2a4d1803000000abcdef");
        byte[] both = Compressed.joined(plain, plain);
        assertThat(inflated(Compression.ZSTD, Compressed.joined(skippable, frame)))
                .isEqualTo(plain);
        assertThat(inflated(Compression.ZSTD, Compressed.joined(frame, skippable, frame)))
                .isEqualTo(both);
        assertThat(inflated(Compression.ZSTD, Compressed.joined(frame, frame, skippable)))
                .isEqualTo(both);
        byte[] cut = Compressed.joined(frame, Arrays.copyOf(skippable, 9));
        assertThatThrownBy(() -> inflated(Compression.ZSTD, cut)).isInstanceOf(IOException.class);
    }

    @Test
    void memoryOfDecodersIsBounded() throws IOException {
        // One raw block of one byte, behind a header that asks for a window of 2^27 and 2^28 bytes.
        byte[] frame = HexFormat.of().parseHex("28b52ffd008809000041");
        assertThat(inflated(Compression.ZSTD, frame)).containsExactly('A');
        frame[5] = (byte) 0x90;
        assertThatThrownBy(() -> inflated(Compression.ZSTD, frame)).isInstanceOf(IOException.class);
        // The dictionary's size stands in the block's header, 15 bytes in; the header's checksum is made right again.
        byte[] xz = Compressed.with(Compression.XZ, Compressed.data(1000, 1));
        xz[16] = 36;
        CRC32 crc = new CRC32();
        crc.update(xz, 12, 8);
        ByteBuffer.wrap(xz).order(ByteOrder.LITTLE_ENDIAN).putInt(20, (int) crc.getValue());
        assertThatThrownBy(() -> inflated(Compression.XZ, xz)).isInstanceOf(MemoryLimitException.class);
    }

    private static byte[] inflated(Compression compression, byte[] bytes) throws IOException {
        try (InputStream in = compression.open(new ByteArrayInputStream(bytes), Limits.DEFAULT)) {
            return in.readAllBytes();
        }
    }
}
