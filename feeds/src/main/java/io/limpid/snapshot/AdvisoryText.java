package io.limpid.snapshot;

import io.limpid.model.Advisory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people read of an advisory and nothing is matched by. */
record AdvisoryText(@Nullable String description, List<String> links) {
    static final AdvisoryText NONE = new AdvisoryText(null, List.of());

    AdvisoryText {
        links = List.copyOf(links);
    }

    static AdvisoryText of(Advisory advisory) {
        return new AdvisoryText(advisory.description(), advisory.links());
    }

    boolean isEmpty() {
        return description == null && links.isEmpty();
    }

    void writeTo(EntryWriter out) {
        out.string(description);
        out.strings(links);
    }

    static AdvisoryText read(BlockReader in) throws DamagedException {
        String description = in.nullableString();
        AdvisoryText text = new AdvisoryText(description, in.strings());
        in.end();
        return text;
    }

    /** The advisory with this text. */
    Advisory in(Advisory advisory) {
        return new Advisory(
                advisory.id(),
                advisory.aliases(),
                advisory.feed(),
                advisory.subject(),
                advisory.state(),
                advisory.affected(),
                advisory.fixedVersion(),
                advisory.severities(),
                description,
                advisory.note(),
                advisory.url(),
                links,
                advisory.published(),
                advisory.modified());
    }
}
