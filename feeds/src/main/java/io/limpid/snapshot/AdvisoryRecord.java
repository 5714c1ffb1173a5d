package io.limpid.snapshot;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An advisory as a table of a snapshot has it: without text, and with the number of its text.
 *
 * <p>It is sorted by release, package and id. After the key comes a number whose bits say which of the fields that are often empty follow.
 *
 * @param advisory without text
 * @param text where the text is, 0 when there is none
 */
record AdvisoryRecord(Advisory advisory, long text) {
    private static final List<AdvisorySubject.Kind> KINDS = List.of(AdvisorySubject.Kind.values());
    private static final List<FixState> STATES = List.of(FixState.values());

    private static final int ALIASES = 1;
    private static final int ARCHES = 1 << 1;
    private static final int MODULE = 1 << 2;
    private static final int REPOSITORIES = 1 << 3;
    private static final int FLAVOUR = 1 << 4;
    private static final int FIXED_VERSION = 1 << 5;
    private static final int NOTE = 1 << 6;
    private static final int URL = 1 << 7;
    private static final int PUBLISHED = 1 << 8;
    private static final int MODIFIED = 1 << 9;
    private static final int TEXT = 1 << 10;
    private static final int BUILT_FROM = 1 << 11;

    /**
     * The words whose numbers records hold, in their order; a file with others is of another version.
     *
     * <p>So a constant that is added, moved or renamed in the model never becomes another one in an old file.
     */
    static String vocabulary() {
        // Of every start of the program: no concatenation whose code would have to be made first.
        return KINDS.toString().concat(STATES.toString()).concat(RatingFields.SEVERITIES.toString());
    }

    Key key() {
        AdvisorySubject subject = advisory.subject();
        return new Key(subject.namespace(), subject.name(), advisory.id());
    }

    /** Writes what follows the key in an entry. */
    void writeTo(EntryWriter out) {
        AdvisorySubject subject = advisory.subject();
        out.number(flags(subject));
        out.string(advisory.feed());
        out.number(KINDS.indexOf(subject.named()));
        out.number(KINDS.indexOf(subject.versioned()));
        out.number(STATES.indexOf(advisory.state()));
        strings(out, advisory.aliases());
        strings(out, subject.arches());
        text(out, subject.module());
        strings(out, subject.repositories());
        text(out, subject.flavour().isEmpty() ? null : subject.flavour());
        text(out, subject.builtFrom());
        out.number(advisory.affected().size());
        for (VersionRange range : advisory.affected()) {
            out.string(range.introduced());
            out.string(range.fixed());
            out.string(range.lastAffected());
        }
        text(out, advisory.fixedVersion());
        RatingFields.write(out, advisory.severities());
        text(out, advisory.note());
        text(out, advisory.url());
        text(out, advisory.published());
        text(out, advisory.modified());
        if (text != 0) {
            out.number(text);
        }
    }

    private int flags(AdvisorySubject subject) {
        return (advisory.aliases().isEmpty() ? 0 : ALIASES)
                | (subject.arches().isEmpty() ? 0 : ARCHES)
                | (subject.module() == null ? 0 : MODULE)
                | (subject.repositories().isEmpty() ? 0 : REPOSITORIES)
                | (subject.flavour().isEmpty() ? 0 : FLAVOUR)
                | (subject.builtFrom() == null ? 0 : BUILT_FROM)
                | (advisory.fixedVersion() == null ? 0 : FIXED_VERSION)
                | (advisory.note() == null ? 0 : NOTE)
                | (advisory.url() == null ? 0 : URL)
                | (advisory.published() == null ? 0 : PUBLISHED)
                | (advisory.modified() == null ? 0 : MODIFIED)
                | (text == 0 ? 0 : TEXT);
    }

    private static void strings(EntryWriter out, List<String> strings) {
        if (!strings.isEmpty()) {
            out.strings(strings);
        }
    }

    private static void text(EntryWriter out, @Nullable String text) {
        if (text != null) {
            out.string(text);
        }
    }

    /** Reads what follows the key in an entry, to the entry's end. */
    static AdvisoryRecord read(Key key, BlockReader in) throws DamagedException {
        try {
            long flags = in.number();
            String feed = in.string();
            AdvisorySubject.Kind named = RatingFields.word(KINDS, in);
            AdvisorySubject.Kind versioned = RatingFields.word(KINDS, in);
            FixState state = RatingFields.word(STATES, in);
            List<String> aliases = strings(flags, ALIASES, in);
            AdvisorySubject subject = new AdvisorySubject(
                    key.first(),
                    key.second(),
                    named,
                    versioned,
                    strings(flags, ARCHES, in),
                    text(flags, MODULE, in),
                    strings(flags, REPOSITORIES, in),
                    (flags & FLAVOUR) == 0 ? "" : in.string(),
                    text(flags, BUILT_FROM, in));
            Advisory advisory = new Advisory(
                    key.third(),
                    aliases,
                    feed,
                    subject,
                    state,
                    ranges(in),
                    text(flags, FIXED_VERSION, in),
                    RatingFields.read(in),
                    null,
                    text(flags, NOTE, in),
                    text(flags, URL, in),
                    List.of(),
                    text(flags, PUBLISHED, in),
                    text(flags, MODIFIED, in));
            long text = (flags & TEXT) == 0 ? 0 : in.number();
            in.end();
            return new AdvisoryRecord(advisory, text);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("a record that says what none can say: " + e.getMessage());
        }
    }

    private static List<VersionRange> ranges(BlockReader in) throws DamagedException {
        int count = in.count();
        if (count == 1) {
            // Of nearly all, and a list for one is made at once.
            return List.of(range(in));
        }
        List<VersionRange> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ranges.add(range(in));
        }
        return ranges;
    }

    private static VersionRange range(BlockReader in) throws DamagedException {
        return new VersionRange(in.nullableString(), in.nullableString(), in.nullableString());
    }

    private static List<String> strings(long flags, int flag, BlockReader in) throws DamagedException {
        return (flags & flag) == 0 ? List.of() : in.strings();
    }

    private static @Nullable String text(long flags, int flag, BlockReader in) throws DamagedException {
        return (flags & flag) == 0 ? null : in.string();
    }
}
