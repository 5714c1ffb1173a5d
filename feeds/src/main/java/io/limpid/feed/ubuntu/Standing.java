package io.limpid.feed.ubuntu;

import io.limpid.feed.ubuntu.BuildLine.Kind;
import io.limpid.feed.ubuntu.TrackerRow.Status;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import io.limpid.version.DebVersions;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source package of a release stands, of all that the tracker says of its lines of builds.
 *
 * @param flavour the line of builds whose versions compare with no other, empty for the usual one
 * @param fixedVersion the version without it, or one that is announced; null when there is none
 * @param note why it is so, in the tracker's words; null when nothing is said
 */
record Standing(
        String flavour,
        FixState state,
        List<VersionRange> affected,
        @Nullable String fixedVersion,
        @Nullable String note) {
    private static final String FIPS = "fips";
    private static final String IN_PRO = "in Ubuntu Pro: ";
    private static final VersionScheme VERSIONS = new DebVersions();

    /**
     * All that is to be said of a source package in a release.
     *
     * <p>Pro's builds (ESM) go on in the order of the archive's versions, so that both together are one standing: where the archive leaves it open and
     * Pro has mended it, that is a fix that only subscribers can install; where the archive gave up before it looked, and who looked for Pro found that
     * it is not there, it is not. Builds with certified cryptography are another standing. The others are told from the archive's by nothing but the
     * name of their source, so that they count only where the archive has no package of that name.
     */
    static List<Standing> of(Map<Kind, TrackerRow> rows) {
        List<Standing> all = new ArrayList<>(1);
        TrackerRow base = there(rows.get(Kind.BASE));
        TrackerRow esm = later(there(rows.get(Kind.ESM)), there(rows.get(Kind.ESM_LEGACY)));
        if (base != null) {
            all.add(both("", base, esm));
        } else if (esm != null) {
            all.add(pro("", esm));
        }
        TrackerRow fips = there(rows.get(Kind.FIPS));
        TrackerRow updates = there(rows.get(Kind.FIPS_UPDATES));
        TrackerRow certified = fips == null ? updates : fips;
        if (certified != null) {
            Standing own = fips == null ? pro(FIPS, certified) : proBoth(certified, updates);
            if (all.isEmpty()) {
                // A source of its own ("linux-fips"), whose versions need not tell what they are.
                all.add(new Standing("", own.state, own.affected, own.fixedVersion, own.note));
            }
            all.add(own);
        }
        if (all.isEmpty()) {
            TrackerRow other = there(rows.get(Kind.OTHER_PRO));
            TrackerRow card = there(rows.get(Kind.OTHER));
            if (other != null) {
                all.add(pro("", other));
            } else if (card != null) {
                all.add(alone("", card));
            }
        }
        return all;
    }

    /**
     * One row of two that say something of the same line: of the archive itself the one that leaves it open, since it should have but one; of Pro, which
     * has an archive for the packages of main and one for those of universe, the one that mends it, in the newest version.
     */
    static TrackerRow merged(Kind kind, TrackerRow first, TrackerRow second) {
        int one = rank(kind, first);
        int other = rank(kind, second);
        if (one != other || first.status() != Status.RELEASED) {
            return other < one ? second : first;
        }
        String version = first.note();
        String later = second.note();
        boolean newer = version != null && later != null && VERSIONS.compare(later, version) == Order.AFTER;
        return newer ? second : first;
    }

    private static int rank(Kind kind, TrackerRow row) {
        return switch (row.status()) {
            case RELEASED -> 1;
            case NOT_AFFECTED -> 2;
            case NEEDED, NEEDS_TRIAGE, PENDING, DEFERRED -> kind == Kind.BASE ? 0 : 3;
            case IGNORED -> kind == Kind.BASE ? 0 : 4;
            case ABSENT -> 5;
        };
    }

    private static @Nullable TrackerRow there(@Nullable TrackerRow row) {
        return row == null || row.status() == Status.ABSENT ? null : row;
    }

    /** Of two lines that follow each other the one that decides: the first that mended it, else the last that says something. */
    private static @Nullable TrackerRow later(@Nullable TrackerRow first, @Nullable TrackerRow second) {
        boolean decided = first != null && !first.isOpen();
        return decided || second == null ? first : second;
    }

    private static Standing both(String flavour, TrackerRow base, @Nullable TrackerRow esm) {
        // That it is not there and was mended contradict each other: the worse counts.
        boolean contradicted = base.status() == Status.NOT_AFFECTED && esm != null && esm.status() == Status.RELEASED;
        if (esm == null || (!base.isOpen() && !contradicted)) {
            return alone(flavour, base);
        }
        boolean undecided = base.status() == Status.IGNORED || base.status() == Status.NEEDS_TRIAGE;
        return switch (esm.status()) {
            case RELEASED -> {
                Standing mended = pro(flavour, esm);
                boolean plain = base.status() == Status.NEEDED && base.note() == null;
                String why = plain ? null : words(base);
                yield new Standing(flavour, mended.state, mended.affected, mended.fixedVersion, why);
            }
            case NOT_AFFECTED -> undecided ? alone(flavour, esm) : alone(flavour, base);
            case NEEDED, NEEDS_TRIAGE, DEFERRED, PENDING -> {
                if (base.status() != Status.IGNORED) {
                    yield alone(flavour, base);
                }
                Standing open = alone(flavour, esm);
                String why = base.note() == null ? "" : base.note() + "; ";
                yield new Standing(flavour, open.state, open.affected, open.fixedVersion, why + IN_PRO + words(esm));
            }
            case IGNORED, ABSENT -> alone(flavour, base);
        };
    }

    /** Two lines of which both are for subscribers. */
    private static Standing proBoth(TrackerRow first, @Nullable TrackerRow second) {
        Standing own = both(FIPS, first, second);
        return own.state == FixState.FIXED ? own.inPro() : own;
    }

    private static Standing pro(String flavour, TrackerRow row) {
        Standing own = alone(flavour, row);
        return own.state == FixState.FIXED ? own.inPro() : own;
    }

    private Standing inPro() {
        return new Standing(flavour, FixState.FIXED_IN_PRO, affected, fixedVersion, note);
    }

    private static Standing alone(String flavour, TrackerRow row) {
        String note = row.note();
        return switch (row.status()) {
            case RELEASED -> released(flavour, row);
            case NOT_AFFECTED -> new Standing(flavour, FixState.NOT_AFFECTED, List.of(), null, note);
            // It cannot be installed yet.
            case PENDING -> new Standing(flavour, FixState.AFFECTED, row.affected(), row.version(), words(row));
            case NEEDED -> new Standing(flavour, FixState.AFFECTED, row.affected(), null, note);
            case NEEDS_TRIAGE -> new Standing(flavour, FixState.UNDER_INVESTIGATION, row.affected(), null, note);
            case DEFERRED -> new Standing(flavour, FixState.DEFERRED, row.affected(), null, note);
            case IGNORED -> new Standing(flavour, FixState.WILL_NOT_FIX, row.affected(), null, note);
            case ABSENT -> throw new IllegalStateException("nothing is said of what is not there");
        };
    }

    private static Standing released(String flavour, TrackerRow row) {
        String version = row.note();
        if (version == null) {
            String note = "released, and in which version is not said";
            return new Standing(flavour, FixState.UNDER_INVESTIGATION, row.affected(), null, note);
        }
        FixState state = UbuntuWords.isPro(version) ? FixState.FIXED_IN_PRO : FixState.FIXED;
        // A version that is none of the scheme is kept: the matcher then says that it cannot compare.
        return new Standing(flavour, state, row.affected(), version, null);
    }

    /** {@code pending (1.2-3)}, as the tracker writes it. */
    private static String words(TrackerRow row) {
        String word = switch (row.status()) {
            case NEEDS_TRIAGE -> "needs-triage";
            case NEEDED -> "needed";
            case PENDING -> "pending";
            case DEFERRED -> "deferred";
            case RELEASED -> "released";
            case NOT_AFFECTED -> "not-affected";
            case IGNORED -> "ignored";
            case ABSENT -> "DNE";
        };
        return row.note() == null ? word : word + " (" + row.note() + ")";
    }
}
