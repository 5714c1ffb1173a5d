package io.limpid.format.tar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/** Any bytes end in entries and then an end or a declared error; see docs/fuzzing.md. */
class TarReaderFuzzTest {
    private static final int MAX_CONTENT = 1 << 20;

    @FuzzTest(maxDuration = "60s")
    void readsAnyBytes(byte[] archive) {
        Listing small = Listing.ours(new ByteArrayInputStream(archive), 1 << 10, MAX_CONTENT);
        Listing dripping = Listing.ours(new DripStream(archive, archive.length), 1 << 12, MAX_CONTENT);
        if (!small.equals(dripping)) {
            throw new AssertionError("the window makes a difference: " + small + " and " + dripping);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void staysInside(byte[] archive) {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive), Limits.DEFAULT, 1 << 12);
        long read = 0;
        long entries = 0;
        try {
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                Objects.requireNonNull(entry.name());
                check(entry.storedSize() >= 0 && entry.size() >= 0, "a negative size");
                check(reader.position() <= archive.length, "beyond the end");
                if (entry.size() <= MAX_CONTENT && read < 8L * MAX_CONTENT) {
                    byte[] content = reader.readContent(MAX_CONTENT);
                    check(content.length == (hasContent(entry) ? entry.size() : content.length), "another size");
                    read += content.length;
                }
                entries++;
                check(entries <= archive.length / TarHeader.BLOCK, "more entries than blocks");
            }
        } catch (TarException | EOFException _) {
            // Declared.
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail otherwise", e);
        }
    }

    /** Any bytes as the pax header of a sound archive. */
    @FuzzTest(maxDuration = "60s")
    void pax(byte[] records) {
        byte[] padded =
                Arrays.copyOf(records, (records.length + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK);
        staysInside(new TarBytes()
                .raw(TarBytes.header("PaxHeaders/a", 'x', records.length).bytes())
                .raw(padded)
                .file("a", "content")
                .file("b", "more")
                .ended());
    }

    private static boolean hasContent(TarEntry entry) {
        return entry.kind() == TarEntry.Kind.FILE;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
