package io.limpid.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What was written is read, and nothing else is. */
class FactsFormatTest {
    private static final String KEY = "a key\n漢";

    private static void assertDamaged(byte[] file) {
        assertThatExceptionOfType(DamagedFactsException.class).isThrownBy(() -> FactsFormat.read(file, KEY));
    }

    @Property(tries = 500)
    void whatIsWrittenIsRead(@ForAll long seed) throws DamagedFactsException {
        TarFacts facts = RandomFacts.of(seed);
        byte[] file = Sealed.write(KEY, facts);
        assertThat(FactsFormat.read(file, KEY)).isEqualTo(facts);
        assertThat(FactsFormat.key(file)).isEqualTo(KEY);
        assertThat(Sealed.write(KEY, FactsFormat.read(file, KEY))).isEqualTo(file);
    }

    @Test
    void noCutGoesUnnoticed() {
        for (long seed = 0; seed < 20; seed++) {
            byte[] file = Sealed.write(KEY, RandomFacts.of(seed));
            for (int length = 0; length < file.length; length++) {
                assertDamaged(Arrays.copyOf(file, length));
            }
            assertDamaged(Arrays.copyOf(file, file.length + 1));
        }
    }

    @Test
    void noFlippedBitGoesUnnoticed() {
        for (long seed = 0; seed < 5; seed++) {
            byte[] file = Sealed.write(KEY, RandomFacts.of(seed));
            for (int bit = 0; bit < file.length * 8; bit++) {
                byte[] flipped = file.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                assertDamaged(flipped);
            }
        }
    }

    @Test
    void aFileOfAnotherKeyOrVersionIsNotBelieved() {
        TarFacts facts = RandomFacts.of(1);
        assertDamaged(Sealed.write("another key", facts));
        assertDamaged(Sealed.write(KEY + "\n", facts));
        byte[] other = Sealed.file(FactsFormat.VERSION + 1, KEY, new byte[6]);
        assertThatExceptionOfType(DamagedFactsException.class)
                .isThrownBy(() -> FactsFormat.read(other, KEY))
                .withMessageContaining("another version");
    }

    /** Bytes with a right checksum that nobody of ours has written: bounded, and refused. */
    @Test
    void whatCannotBeIsRefused() throws DamagedFactsException {
        byte[] empty = {0, 0, 0, 0, 0};
        assertThat(FactsFormat.read(Sealed.file(FactsFormat.VERSION, KEY, empty), KEY))
                .isEqualTo(TarFacts.kept(List.of(), Map.of(), List.of(), null, null));
        for (byte[] payload : List.of(
                new byte[] {},
                new byte[] {0, 0, 0, 0},
                new byte[] {0, 0, 0, 0, 0, 0},
                // More entries than bytes.
                new byte[] {0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7},
                // A number of too many bits.
                new byte[] {0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 8},
                new byte[] {0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1},
                // A word that is not there, one that is missing, one that is too long, half a character, an unknown
                // kind.
                new byte[] {0, 0, 1, 0, 2, 0, 0},
                new byte[] {0, 0, 1, 0, 0, 0, 0},
                new byte[] {0, 0, 1, 0, 1, 100, 0, 0},
                new byte[] {0, 0, 1, 0, 1, 3, 0, 0, 0},
                new byte[] {0, 0, 1, 9, 1, 2, 'a', 0, 0},
                // A detector twice; a package without a name.
                new byte[] {0, 0, 0, 2, 1, 2, 'a', 0, 2, 0, 0},
                new byte[] {0, 0, 0, 1, 1, 2, 'a', 1, 2, 1, 2, 1, 0, 2, 0, 0, 0, 2, 0, 0, 0})) {
            assertDamaged(Sealed.file(FactsFormat.VERSION, KEY, payload));
        }
    }

    @Test
    void lengthsThatContradictTheFileAreRefused() {
        byte[] file = Sealed.write(KEY, RandomFacts.of(3));
        for (int field : List.of(12, 16)) {
            for (int value : List.of(-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, file.length)) {
                byte[] forged = file.clone();
                ByteBuffer.wrap(forged).putInt(field, value);
                assertDamaged(Sealed.resealed(forged));
            }
        }
    }
}
