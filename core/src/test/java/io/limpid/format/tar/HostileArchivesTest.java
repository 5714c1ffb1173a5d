package io.limpid.format.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.compress.Compression;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Archives made to do harm, against commons-compress.
 *
 * <p>{@code hostile.txt} says where the two differ on purpose: the file and the paths inside it,
 * the number of entries and how the archive ends, the same for commons-compress, and why.
 */
class HostileArchivesTest {
    /** What is inflated of one file: enough for every archive here but the bombs. */
    private static final int MAX_BYTES = 128 << 20;

    static Stream<String> archives() throws IOException {
        return Shared.names("images/hostile").stream()
                .filter(name -> name.contains(".tar") || name.startsWith("all of "));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void differencesAreKnown(String name) throws IOException {
        byte[] outer = inflated(Files.readAllBytes(Shared.require("images/hostile/" + name)));
        Map<String, String> found = new HashMap<>();
        compare(name, outer, found);
        Map<String, String> known = known();
        known.keySet().removeIf(path -> !path.equals(name) && !path.startsWith(name + "/"));
        assertThat(found).isEqualTo(known);
    }

    @Test
    void theTableNamesFilesThatExist() throws IOException {
        for (String path : known().keySet()) {
            assertThat(Shared.require("images/hostile/" + path.split("/", 2)[0]))
                    .isRegularFile();
        }
    }

    private static void compare(String path, byte[] archive, Map<String, String> found) throws IOException {
        Listing listing = archive.length < 32 << 20 ? Windows.listing(archive) : Listing.ours(archive, 1 << 16);
        Listing commons = Listing.commons(archive);
        if (!same(listing, commons)) {
            found.put(path, summary(listing) + " | " + summary(commons));
        }
        for (Map.Entry<String, byte[]> inner : inner(archive).entrySet()) {
            compare(path + "/" + inner.getKey(), inner.getValue(), found);
        }
    }

    /** The same entries, and an error where the other has one: which error is this reader's own affair. */
    private static boolean same(Listing listing, Listing commons) {
        return listing.items().equals(commons.items())
                && listing.end().equals(Listing.END) == commons.end().equals(Listing.END);
    }

    private static String summary(Listing listing) {
        return listing.items().size() + " " + listing.end();
    }

    private static Map<String, byte[]> inner(byte[] archive) {
        Map<String, byte[]> inner = new HashMap<>();
        try {
            TarReader reader = new TarReader(new ByteArrayInputStream(archive), Limits.DEFAULT, 1 << 16);
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                boolean layer =
                        entry.name().endsWith("layer.tar") || entry.name().startsWith("blobs/");
                if (entry.kind() == TarEntry.Kind.FILE && layer) {
                    inner.put(entry.name(), inflated(reader.readContent(MAX_BYTES)));
                }
            }
        } catch (IOException _) {
            // What came before is compared.
        }
        inner.values().removeIf(bytes -> !isTar(bytes));
        return inner;
    }

    private static boolean isTar(byte[] bytes) {
        return bytes.length >= TarHeader.BLOCK && new TarHeader(bytes).at(0).hasValidChecksum();
    }

    /** As much as can be inflated: archives that are cut are compared too. */
    private static byte[] inflated(byte[] bytes) {
        Compression compression = Compression.of(Arrays.copyOf(bytes, Math.min(bytes.length, Compression.MAGIC_BYTES)));
        List<byte[]> parts = new ArrayList<>();
        int length = 0;
        try (InputStream in = compression.open(new ByteArrayInputStream(bytes), Limits.DEFAULT)) {
            for (byte[] part = in.readNBytes(1 << 20);
                    part.length > 0 && length < MAX_BYTES;
                    part = in.readNBytes(1 << 20)) {
                parts.add(part);
                length += part.length;
            }
        } catch (IOException _) {
            // Cut or damaged: the rest is missing.
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    private static Map<String, String> known() throws IOException {
        Map<String, String> known = new HashMap<>();
        try (InputStream table = HostileArchivesTest.class.getResourceAsStream("hostile.txt")) {
            assertThat(table).isNotNull();
            for (String line : new String(table.readAllBytes(), UTF_8).lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] fields = line.split("\t", -1);
                    known.put(fields[0], fields[1] + " | " + fields[2]);
                }
            }
        }
        return known;
    }
}
