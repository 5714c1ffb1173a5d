package io.limpid.format.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** What commons-compress writes, in each of its ways, comes back. */
class WrittenTarTest {
    /** The lengths at which one way to store a name gives way to another. */
    private static final List<Integer> LENGTHS =
            List.of(1, 2, 50, 99, 100, 101, 154, 155, 156, 255, 256, 257, 511, 512, 600);

    record Entry(String name, byte type, String link, int size) {
        Listing.Item item() {
            byte[] content = content();
            return switch (type) {
                case TarConstants.LF_DIR -> new Listing.Item(name, TarEntry.Kind.DIRECTORY, 0, "", "");
                case TarConstants.LF_SYMLINK -> new Listing.Item(name, TarEntry.Kind.SYMBOLIC_LINK, 0, link, "");
                case TarConstants.LF_LINK -> new Listing.Item(name, TarEntry.Kind.HARD_LINK, 0, link, "");
                case TarConstants.LF_NORMAL, TarConstants.LF_CONTIG ->
                    new Listing.Item(name, TarEntry.Kind.FILE, size, "", Listing.sha256(content));
                default -> new Listing.Item(name, TarEntry.Kind.OTHER, 0, "", "");
            };
        }

        boolean isFile() {
            return type == TarConstants.LF_NORMAL || type == TarConstants.LF_CONTIG;
        }

        byte[] content() {
            return "0123456789abcdef".repeat(size / 16 + 1).substring(0, size).getBytes(UTF_8);
        }
    }

    record Format(int longFiles, int bigNumbers) {}

    @Provide
    Arbitrary<Entry> entry() {
        Arbitrary<Byte> type = Arbitraries.of(
                TarConstants.LF_NORMAL,
                TarConstants.LF_NORMAL,
                TarConstants.LF_CONTIG,
                TarConstants.LF_DIR,
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO);
        Arbitrary<Integer> size = Arbitraries.of(0, 1, 511, 512, 513, 1024, 5000, 70_000);
        return Combinators.combine(name(), type, name(), size).as(Entry::new);
    }

    /** Names in segments, some of them not of ASCII, cut to the length in bytes. */
    private static Arbitrary<String> name() {
        Arbitrary<String> unit = Arbitraries.of("abcdefghi/", "é/ü漢/", "a b=c\td/");
        return Combinators.combine(Arbitraries.of(LENGTHS), unit).as((length, text) -> {
            StringBuilder name = new StringBuilder();
            int at = 0;
            while (name.toString().getBytes(UTF_8).length < length) {
                name.append(text.charAt(at++ % text.length()));
            }
            // A trailing slash makes a folder for one reader and none for the other; folders get theirs below.
            return name.charAt(name.length() - 1) == '/' ? name + "x" : name.toString();
        });
    }

    @Provide
    Arbitrary<Format> format() {
        return Combinators.combine(
                        Arbitraries.of(TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX),
                        Arbitraries.of(TarArchiveOutputStream.BIGNUMBER_STAR, TarArchiveOutputStream.BIGNUMBER_POSIX))
                .as(Format::new);
    }

    @Property(tries = 300)
    void comesBack(@ForAll("format") Format format, @ForAll @Size(max = 8) List<@From("entry") Entry> entries)
            throws IOException {
        byte[] archive = written(format, entries);
        Listing listing = Windows.listing(archive);
        List<Listing.Item> expected = new ArrayList<>();
        entries.forEach(entry -> expected.add(entry.item()));
        assertThat(listing).isEqualTo(new Listing(expected, Listing.END));
        assertThat(listing).isEqualTo(Listing.commons(archive));
    }

    private static byte[] written(Format format, List<Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(format.longFiles);
            tar.setBigNumberMode(format.bigNumbers);
            tar.setAddPaxHeadersForNonAsciiNames(format.longFiles == TarArchiveOutputStream.LONGFILE_POSIX);
            for (Entry entry : entries) {
                boolean slash = entry.type == TarConstants.LF_DIR && entry.size % 2 == 0;
                TarArchiveEntry header = new TarArchiveEntry(slash ? entry.name + "/" : entry.name, entry.type, true);
                header.setLinkName(entry.link);
                header.setUserId(entry.size % 2 == 0 ? 1L << 40 : 0);
                header.setSize(entry.isFile() ? entry.size : 0);
                tar.putArchiveEntry(header);
                tar.write(entry.isFile() ? entry.content() : new byte[0]);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
