package io.limpid.snapshot;

import io.limpid.model.Advisory;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot file from advisories in any order, in bounded memory.
 *
 * <p>Texts go into the file as they come; the advisories and their names are sorted first, in memory as far as it goes and then in files.
 */
final class SnapshotWriter implements Closeable {
    /** About how many bytes of advisories, and of names, are sorted in memory. */
    private static final long MEMORY = 48 << 20;

    /** Bytes that one package's advisories in one release may have, before what repeats in them is left out. */
    static final long PACKAGE_BYTES = 64L << 20;

    private final String part;
    private final Limits limits;
    private final BlockOutput out;
    private final TextWriter texts;
    private final RowSorter advisories;
    private final RowSorter names;
    private final BlockWriter row = new BlockWriter();
    private @Nullable Table sorted;
    private long count;
    /** That of the advisory before: those of one bulletin come one after the other, thousands with one long text. */
    private AdvisoryText text = AdvisoryText.NONE;

    private long textNumber;

    /**
     * @param part the part that is written, for messages
     * @param file the file to be made
     * @param folder where more may be put that is needed meanwhile
     */
    SnapshotWriter(String part, Path file, Path folder, Limits limits) throws IOException {
        this(part, file, folder, limits, MEMORY);
    }

    SnapshotWriter(String part, Path file, Path folder, Limits limits, long memory) throws IOException {
        this.part = part;
        this.limits = limits;
        out = new BlockOutput(file);
        out.write(SnapshotFormat.MAGIC);
        texts = new TextWriter(out, new TableWriter(out));
        advisories = new RowSorter(folder, "advisories", memory);
        names = new RowSorter(folder, "names", memory / 2);
    }

    /** Adds an advisory. */
    void add(Advisory advisory) throws IOException {
        if (++count > limits.feedAdvisories()) {
            throw tooMuch("more than " + limits.feedAdvisories() + " advisories (limit feed-advisories)");
        }
        AdvisoryRecord told =
                new AdvisoryRecord(advisory.withoutText(), number(sized(advisory, AdvisoryText.of(advisory))));
        Key key = told.key();
        row.entry();
        told.writeTo(row);
        byte[] block = row.finish();
        if (block.length > limits.advisoryBytes()) {
            throw tooMuch("an advisory of " + block.length + " bytes, of at most " + limits.advisoryBytes()
                    + " (limit advisory-bytes): " + key);
        }
        advisories.add(new RowSorter.Row(key, block));
        name(advisory.id(), key);
        for (String alias : advisory.aliases()) {
            name(alias, key);
        }
    }

    private long number(AdvisoryText of) throws IOException {
        if (!of.equals(text)) {
            text = of;
            textNumber = texts.number(of);
        }
        return textNumber;
    }

    private AdvisoryText sized(Advisory advisory, AdvisoryText text) throws LimpidException {
        long characters = text.description() == null ? 0 : text.description().length();
        for (String link : text.links()) {
            characters += link.length();
        }
        // Two bytes for each are the most.
        if (2 * characters > limits.advisoryBytes()) {
            throw tooMuch("a description of " + characters + " characters: " + advisory.id());
        }
        return text;
    }

    private void name(String name, Key key) throws IOException {
        Key filed = new Key(/* first= */ filed(name), /* second= */ key.first(), /* third= */ key.second());
        row.entry();
        row.key(filed);
        names.add(new RowSorter.Row(filed, row.finish()));
    }

    /** How an id or alias is filed, so that it is found however it is written. */
    static String filed(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Sorts and writes the advisories; none can be added any more.
     *
     * @return the releases, sorted, with how many advisories each has
     */
    List<SnapshotHeader.Namespace> sort() throws IOException {
        List<SnapshotHeader.Namespace> counted = new ArrayList<>();
        sorted = writeAdvisories(counted);
        return counted;
    }

    /**
     * Writes what is left, and makes it outlast a loss of power; after {@link #sort}.
     *
     * @param header what the file says of itself
     * @return the same
     */
    SnapshotHeader finish(SnapshotHeader header) throws IOException {
        if (sorted == null) {
            throw new IllegalStateException("nothing is sorted yet");
        }
        new SnapshotFormat(header, sorted, writeNames(), texts.finish()).writeTo(out);
        out.sync();
        return header;
    }

    private Table writeAdvisories(List<SnapshotHeader.Namespace> counted) throws IOException {
        TableWriter table = new TableWriter(out);
        RowSorter.Rows rows = advisories.sorted();
        Key last = new Key("", "", "");
        long inNamespace = 0;
        long inPackage = 0;
        for (RowSorter.Row row = rows.next(); row != null; row = rows.next()) {
            Key key = row.key();
            boolean sameNamespace = key.first().equals(last.first());
            if (!sameNamespace && inNamespace > 0) {
                counted.add(new SnapshotHeader.Namespace(last.first(), inNamespace));
            }
            inNamespace = sameNamespace ? inNamespace + 1 : 1;
            inPackage = sameNamespace && key.second().equals(last.second()) ? inPackage + row.length() : 0;
            if (inPackage > PACKAGE_BYTES) {
                throw tooMuch("more than " + PACKAGE_BYTES + " bytes of advisories for " + key.second() + " in "
                        + key.first());
            }
            BlockReader reader = row.entry();
            AdvisoryRecord told = AdvisoryRecord.read(reader.key(), reader);
            table.add(key, told::writeTo);
            last = key;
        }
        if (inNamespace > 0) {
            counted.add(new SnapshotHeader.Namespace(last.first(), inNamespace));
        }
        advisories.close();
        return table.finish();
    }

    private Table writeNames() throws IOException {
        TableWriter table = new TableWriter(out);
        RowSorter.Rows rows = names.sorted();
        Key last = null;
        for (RowSorter.Row row = rows.next(); row != null; row = rows.next()) {
            Key key = row.key();
            if (!Objects.equals(key, last)) {
                table.add(key, entry -> entry.key(key));
            }
            last = key;
        }
        names.close();
        return table.finish();
    }

    private LimpidException tooMuch(String what) {
        return new LimpidException(
                ErrorCode.LIMIT,
                "cannot keep the advisories of " + part,
                what,
                "this is more than any feed has published: look at what its address gives");
    }

    @Override
    public void close() throws IOException {
        try (out;
                texts;
                names;
                advisories) {
            // Each in its turn, whatever becomes of the others.
        }
    }
}
