package io.limpid.image;

import io.limpid.model.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what may be a layer while an archive passes by that nobody keeps, before it is known what the archive's manifest says of it. */
public interface PassingReader {
    /** Reads nothing: the archive is asked for once more when layers are wanted. */
    PassingReader NONE = _ -> null;

    /**
     * A file of the archive.
     *
     * @param blob its bytes, to be opened once and before this returns
     * @param named the digest that its name says it has, null when it says none
     * @param plain whether the bytes are stored as they are, not compressed
     */
    record Passing(Blob blob, @Nullable Digest named, boolean plain) {}

    /** What was found in a layer while it passed; whoever read it knows what that is. */
    interface Found {}

    /** Reads a file; null when nothing is to be remembered of it. */
    @Nullable
    Found read(Passing passing) throws IOException;
}
