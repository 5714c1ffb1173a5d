package io.limpid.feed;

import io.limpid.format.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A document that is not what its feed publishes: which document, where in it, and what is wrong; foreign words in it are made safe to show. */
public final class FeedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String document;

    /**
     * @param document the document's name among those of its part
     * @param place line and column or the path to the record, null when it is the document as a whole
     * @param what what is wrong there
     */
    public FeedException(String document, @Nullable String place, String what) {
        super(Printable.of(document + (place == null ? "" : ", " + place) + ": " + what));
        this.document = document;
    }

    /** The document's name among those of its part; a part is read again without one that is not required. */
    public String document() {
        return document;
    }
}
