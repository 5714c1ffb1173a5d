package io.limpid.detect.rpm;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tags of a header that are read. */
enum Tag {
    NAME(1000),
    VERSION(1001),
    RELEASE(1002),
    EPOCH(1003),
    ARCH(1022),
    SOURCERPM(1044),
    MODULARITYLABEL(5096);

    private static final List<Tag> ALL = List.of(values());

    private final int number;

    Tag(int number) {
        this.number = number;
    }

    /** The one with this number, null when it is none of these. */
    static @Nullable Tag of(int number) {
        for (Tag tag : ALL) {
            if (tag.number == number) {
                return tag;
            }
        }
        return null;
    }

    /** What a package calls it in a message. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
