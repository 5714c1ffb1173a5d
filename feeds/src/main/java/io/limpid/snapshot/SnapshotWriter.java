package io.limpid.snapshot;

import io.limpid.model.Advisory;
import io.limpid.model.ErrorCode;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.VulnerabilityDetails;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot file from records in any order, in bounded memory.
 *
 * <p>Texts go into the file as they come; the records and their names are sorted first, in memory as far as it goes and then in files.
 */
final class SnapshotWriter implements Closeable {
    /** About how many bytes of records of one kind, and of names, are sorted in memory. */
    private static final long MEMORY = 8 << 20;

    /** Bytes that one package's advisories in one release may have, before what repeats in them is left out. */
    static final long PACKAGE_BYTES = 64L << 20;

    /** Names that are remembered, so that most of those that come again are not sorted again; a power of two. */
    private static final int RECENT_NAMES = 1 << 10;

    private final String part;
    private final Limits limits;
    private final BlockOutput out;
    private final TextWriter texts;
    private final RowSorter advisories;
    private final RowSorter details;
    private final RowSorter products;
    private final @Nullable Key[] recentNames = new Key[RECENT_NAMES];
    private final RowSorter names;
    private final RowWriter row = new RowWriter();
    private @Nullable Sorted sorted;
    private long count;
    /** That of the advisory before: those of one bulletin come one after the other, thousands with one long text. */
    private AdvisoryText text = AdvisoryText.NONE;

    private long textNumber;

    /** The tables of records. */
    private record Sorted(Table advisories, Table details, Table products) {}

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
        details = new RowSorter(folder, "details", memory);
        products = new RowSorter(folder, "products", memory);
        names = new RowSorter(folder, "names", memory / 2);
    }

    /** Adds a record. */
    void add(FeedRecord added) throws IOException {
        if (++count > limits.feedAdvisories()) {
            throw tooMuch("more than " + limits.feedAdvisories() + " records (limit feed-advisories)");
        }
        switch (added) {
            case Advisory advisory -> add(advisory);
            case VulnerabilityDetails told -> add(told);
            case RepositoryProducts told -> {
                ProductsRecord kept = new ProductsRecord(told);
                row.begin(kept.key());
                kept.writeTo(row);
                products.add(sized("a repository", kept.key()));
            }
        }
    }

    private void add(Advisory advisory) throws IOException {
        long number = number(sized(advisory.id(), AdvisoryText.of(advisory)));
        AdvisoryRecord told = new AdvisoryRecord(advisory.withoutText(), number);
        Key key = told.key();
        row.begin(key);
        told.writeTo(row);
        advisories.add(sized("an advisory", key));
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

    private void add(VulnerabilityDetails told) throws IOException {
        AdvisoryText text = new AdvisoryText(told.description(), told.links());
        DetailsRecord kept = new DetailsRecord(told.withoutText(), texts.number(sized(told.id(), text)));
        row.begin(kept.key());
        kept.writeTo(row);
        details.add(sized("a vulnerability", kept.key()));
    }

    /** The row, unless it is too long. */
    private RowWriter sized(String what, Key key) throws LimpidException {
        if (row.size() > limits.advisoryBytes()) {
            throw tooMuch(what + " of " + row.size() + " bytes, of at most " + limits.advisoryBytes()
                    + " (limit advisory-bytes): " + key);
        }
        return row;
    }

    private AdvisoryText sized(String id, AdvisoryText text) throws LimpidException {
        long characters = text.description() == null ? 0 : text.description().length();
        for (String link : text.links()) {
            characters += link.length();
        }
        // Two bytes for each are the most.
        if (2 * characters > limits.advisoryBytes()) {
            throw tooMuch("a description of " + characters + " characters: " + id);
        }
        return text;
    }

    private void name(String name, Key key) throws IOException {
        Key filed = new Key(/* first= */ filed(name), /* second= */ key.first(), /* third= */ key.second());
        int place = filed.hashCode() & (RECENT_NAMES - 1);
        if (filed.equals(recentNames[place])) {
            // An advisory for each architecture, a bulletin for each of its vulnerabilities: all are filed under one
            // name.
            return;
        }
        recentNames[place] = filed;
        row.begin(filed);
        names.add(row);
    }

    /** How an id or alias is filed, so that it is found however it is written. */
    static String filed(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Sorts and writes the records; none can be added any more.
     *
     * @return how much of everything there is
     */
    SnapshotHeader.Counts sort() throws IOException {
        List<SnapshotHeader.Namespace> counted = new ArrayList<>();
        Table written = writeAdvisories(counted);
        Table ofDetails = write(details);
        Table ofProducts = write(products);
        sorted = new Sorted(written, ofDetails, ofProducts);
        return new SnapshotHeader.Counts(counted, ofDetails.entries(), ofProducts.entries());
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
        new SnapshotFormat(
                        header, sorted.advisories(), sorted.details(), sorted.products(), writeNames(), texts.finish())
                .writeTo(out);
        out.sync();
        return header;
    }

    private Table writeAdvisories(List<SnapshotHeader.Namespace> counted) throws IOException {
        TableWriter table = new TableWriter(out);
        RowSorter.Rows rows = advisories.sorted();
        Row last = Row.NONE;
        long inNamespace = 0;
        long inPackage = 0;
        for (Row next = rows.next(); next != null; next = rows.next()) {
            int shared = next.sharedNames(last);
            if (shared < 1 && inNamespace > 0) {
                counted.add(new SnapshotHeader.Namespace(last.key().first(), inNamespace));
            }
            inNamespace = shared < 1 ? 1 : inNamespace + 1;
            inPackage = shared < 2 ? 0 : inPackage + next.length();
            if (inPackage > PACKAGE_BYTES) {
                Key key = next.key();
                throw tooMuch("more than " + PACKAGE_BYTES + " bytes of advisories for " + key.second() + " in "
                        + key.first());
            }
            table.add(next);
            last = next;
        }
        if (inNamespace > 0) {
            counted.add(new SnapshotHeader.Namespace(last.key().first(), inNamespace));
        }
        advisories.close();
        return table.finish();
    }

    /** Writes records that are looked up by their first name. */
    private Table write(RowSorter sorter) throws IOException {
        TableWriter table = new TableWriter(out);
        RowSorter.Rows rows = sorter.sorted();
        Row last = Row.NONE;
        long inName = 0;
        for (Row next = rows.next(); next != null; next = rows.next()) {
            inName = next.sharedNames(last) < 1 ? 0 : inName + next.length();
            if (inName > PACKAGE_BYTES) {
                throw tooMuch("more than " + PACKAGE_BYTES + " bytes of records on "
                        + next.key().first());
            }
            table.add(next);
            last = next;
        }
        sorter.close();
        return table.finish();
    }

    private Table writeNames() throws IOException {
        TableWriter table = new TableWriter(out);
        RowSorter.Rows rows = names.sorted();
        Row last = Row.NONE;
        for (Row next = rows.next(); next != null; next = rows.next()) {
            if (!next.equals(last)) {
                table.add(next);
            }
            last = next;
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
                products;
                details;
                advisories) {
            // Each in its turn, whatever becomes of the others.
        }
    }
}
