package io.limpid.format.tar;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One entry of a tar archive: what its headers say of it. */
public final class TarEntry {

    /** What an entry is, once the historical spellings are folded. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        HARD_LINK,
        /** A device, a FIFO or something that only tar itself knows. */
        OTHER
    }

    private final byte[] name;
    private final byte[] linkName;
    private final Kind kind;
    private final long statedSize;
    private final long storedSize;
    private final long dataOffset;
    private final @Nullable Sparse sparse;
    private final boolean headerSkipped;

    TarEntry(
            byte[] name,
            byte[] linkName,
            Kind kind,
            long statedSize,
            long storedSize,
            long dataOffset,
            @Nullable Sparse sparse,
            boolean headerSkipped) {
        this.name = name;
        this.linkName = linkName;
        this.kind = kind;
        this.statedSize = statedSize;
        this.storedSize = storedSize;
        this.dataOffset = dataOffset;
        this.sparse = sparse;
        this.headerSkipped = headerSkipped;
    }

    /** The name's bytes as the archive has them: not to be written to. */
    public byte[] nameBytes() {
        return name;
    }

    /** The name, read as UTF-8; bytes that are none become U+FFFD. */
    public String name() {
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Where a link points, read as UTF-8; empty for all but links. */
    public String linkName() {
        return new String(linkName, StandardCharsets.UTF_8);
    }

    public Kind kind() {
        return kind;
    }

    /** The file's size in bytes once holes are filled. */
    public long size() {
        return sparse == null ? storedSize : sparse.realSize();
    }

    /** What its header says of the size, also of a link, a folder or a device, which have no content whatever it says. */
    public long statedSize() {
        return statedSize;
    }

    /** The bytes that the archive holds for it. */
    public long storedSize() {
        return storedSize;
    }

    /** Where in the archive's bytes those begin. */
    public long dataOffset() {
        return dataOffset;
    }

    /** Whether the file has holes, so that the archive's bytes are not the file's. */
    public boolean isSparse() {
        return sparse != null;
    }

    /** Whether a header of it was too large to be read, so that its name or size may be another. */
    public boolean headerSkipped() {
        return headerSkipped;
    }

    @Nullable
    Sparse sparse() {
        return sparse;
    }

    @Override
    public String toString() {
        return kind + " " + name() + " " + size();
    }
}
