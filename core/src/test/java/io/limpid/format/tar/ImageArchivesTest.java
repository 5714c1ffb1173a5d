package io.limpid.format.tar;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.compress.Compression;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every image archive, and every archive inside it, against commons-compress. */
class ImageArchivesTest {

    static Stream<String> archives() throws IOException {
        return Shared.names("images/images").stream();
    }

    @ParameterizedTest
    @MethodSource("archives")
    void anotherReaderFindsTheSame(String name) throws IOException {
        byte[] outer = plain(Files.readAllBytes(Shared.require("images/images/" + name)));
        Counts counts = compare(outer);
        assertThat(counts.archives).as("the archive and a layer in it").isGreaterThan(1);
    }

    private record Counts(int archives, int entries) {
        Counts plus(Counts other) {
            return new Counts(archives + other.archives, entries + other.entries);
        }
    }

    private static Counts compare(byte[] archive) throws IOException {
        Listing listing = Windows.listing(archive);
        Listing expected = Listing.commons(archive);
        assertThat(listing).isEqualTo(expected);
        assertThat(listing.end()).isEqualTo(Listing.END);
        Counts counts = new Counts(1, listing.items().size());
        TarReader reader = new TarReader(new ByteArrayInputStream(archive), Limits.DEFAULT, 1 << 16);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            if (entry.kind() == TarEntry.Kind.FILE && entry.size() >= TarHeader.BLOCK) {
                byte[] content = reader.readContent(Listing.MAX_CONTENT);
                byte[] inner = Compression.of(start(content)) == Compression.NONE ? content : plainOrNothing(content);
                counts = isTar(inner) ? counts.plus(compare(inner)) : counts;
            }
        }
        return counts;
    }

    private static boolean isTar(byte[] bytes) {
        TarHeader header = bytes.length < TarHeader.BLOCK ? null : new TarHeader(bytes).at(0);
        return header != null && !header.isZero() && header.hasValidChecksum();
    }

    private static byte[] start(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, Compression.MAGIC_BYTES));
    }

    private static byte[] plain(byte[] bytes) throws IOException {
        try (InputStream in = Compression.of(start(bytes)).open(new ByteArrayInputStream(bytes), Limits.DEFAULT)) {
            return in.readAllBytes();
        }
    }

    /** A file in an image may look compressed and be none. */
    private static byte[] plainOrNothing(byte[] bytes) {
        try {
            return plain(bytes);
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
