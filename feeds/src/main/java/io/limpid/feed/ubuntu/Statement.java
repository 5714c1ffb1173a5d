package io.limpid.feed.ubuntu;

import io.limpid.model.FixState;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the comment of an OVAL criterion says of a source package.
 *
 * @param source the source package's name
 * @param said what is said of it
 * @param note what stands in the comment's {@code (note: '...')}: a version or a reason; null when nothing does
 */
record Statement(String source, Said said, @Nullable String note) {

    /**
     * What Canonical's tracker can say of a source package in a release, by the words that this becomes in OVAL.
     *
     * <p>Which versions have the vulnerability is not said here but by the criterion's test: those "less than" the version of its state, without a
     * state all of them.
     */
    enum Said {
        /** The tracker's {@code released (v)}. */
        FIXED(FixState.FIXED, "was vulnerable but has been fixed", "is affected and has been fixed"),
        /**
         * The tracker's {@code not-affected (v)}: the release has it without the vulnerability from v on. That a version before v is without it nobody
         * says, and the test, as any OVAL interpreter runs it, says that it has it; so do we.
         */
        NEVER_WITH(FixState.FIXED, "is related to the CVE in some way and has been fixed"),
        /** The tracker's {@code released}, without a note in which version: an installed one may be it or not. */
        FIXED_SOMEWHERE(FixState.UNDER_INVESTIGATION, "was vulnerable and has been fixed, but no release version"),
        /** The tracker's {@code needed}. */
        NEEDED(FixState.AFFECTED, "is affected and needs fixing"),
        /** The tracker's {@code needs-triage}. */
        TO_BE_LOOKED_AT(
                FixState.UNDER_INVESTIGATION,
                "is affected and may need fixing",
                "might be affected and may need fixing"),
        /** The tracker's {@code deferred (date)}. */
        DEFERRED(FixState.DEFERRED, "is affected, but a decision has been made to defer addressing it"),
        /** The tracker's {@code pending (v)}: v is in no archive yet, nobody can install it. */
        PENDING(
                FixState.AFFECTED,
                "is affected. An update containing the fix has been completed and is pending publication"),
        /** The tracker's {@code ignored (reason)}. */
        IGNORED(FixState.WILL_NOT_FIX, "a decision has been made to ignore this issue"),
        /** A status that the generator itself did not know; the first generator also wrote it for {@code needs-triage}. */
        UNKNOWN(FixState.UNDER_INVESTIGATION, "is not known (status:"),
        /** The tracker's {@code not-affected}; the first generator wrote it with {@code negate}, later ones leave it out. */
        NOT_AFFECTED(FixState.NOT_AFFECTED, "is not affected"),
        /** The tracker's {@code DNE}: the release has no such package, so nothing is said of one. */
        ABSENT(FixState.NOT_AFFECTED, "does not exist in");

        private final FixState state;
        private final String words;
        /** An immutable list. */
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> lowerWords;

        /**
         * @param others the words of other generators for the same
         */
        Said(FixState state, String words, String... others) {
            this.state = state;
            this.words = words;
            this.lowerWords = Stream.concat(Stream.of(words), Stream.of(others))
                    .map(one -> one.toLowerCase(Locale.ROOT))
                    .toList();
        }

        FixState state() {
            return state;
        }

        private boolean isIn(String lower) {
            for (String one : lowerWords) {
                if (lower.contains(one)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final String NOTE = " (note: '";
    private static final List<String> AFTER_A_NOTE = List.of("').", "')");
    private static final String NAME = "([A-Za-z0-9][A-Za-z0-9+._-]{0,199})";

    /**
     * {@code gcc-4.7 package in trusty is}, {@code gcc-4.7 source package in noble, is}, {@code 'linux' kernel in noble was}, {@code linux: while}; before
     * it some generators put the CVE in parentheses.
     */
    private static final Pattern SOURCE = Pattern.compile("(?:\\([A-Za-z0-9-]{1,60}\\) )?(?:" + NAME
            + "(?: (?:source )?package | kernel in |: )|'" + NAME + "' kernel in )");

    /** {@code Is kernel linux running}, {@code Is kernel 'linux-gcp' running?}: it is called as its source package. */
    private static final Pattern RUNNING = Pattern.compile("Is kernel (?:" + NAME + "|'" + NAME + "') running\\??");

    /** {@code The 'php5' package in trusty is}, {@code The vulnerability of the 'php5' package in trusty is}. */
    private static final Pattern QUOTED = Pattern.compile("[Tt]he '" + NAME + "' package ");

    private static final int COMMENT_CHARACTERS = 2000;
    private static final List<Said> ALL = List.of(Said.values());

    /** What a comment says, or null when it is of no known form. */
    static @Nullable Statement of(String comment) {
        if (comment.length() > COMMENT_CHARACTERS) {
            return null;
        }
        String words = comment;
        String note = null;
        int at = comment.indexOf(NOTE);
        for (String after : AFTER_A_NOTE) {
            if (note == null
                    && at >= 0
                    && comment.endsWith(after)
                    && comment.length() >= at + NOTE.length() + after.length()) {
                words = comment.substring(0, at);
                note = comment.substring(at + NOTE.length(), comment.length() - after.length());
            }
        }
        String source = source(words);
        String lower = words.toLowerCase(Locale.ROOT);
        for (Said said : ALL) {
            if (source != null && said.isIn(lower)) {
                return new Statement(source, said, note);
            }
        }
        return null;
    }

    private static @Nullable String source(String words) {
        if (words.contains("' package ")) {
            Matcher quoted = QUOTED.matcher(words);
            if (quoted.find()) {
                return quoted.group(1);
            }
        }
        Matcher plain = SOURCE.matcher(words);
        return plain.lookingAt() ? either(plain) : null;
    }

    private static @Nullable String either(Matcher named) {
        return named.group(1) == null ? named.group(2) : named.group(1);
    }

    /** The source package of the kernel that a comment asks for, null when it asks for none. */
    static @Nullable String runningKernel(String comment) {
        Matcher running = RUNNING.matcher(comment);
        return running.matches() ? either(running) : null;
    }

    /** Why the state is as it is, in the publisher's words; null when the state says it all. */
    @Nullable
    String reason() {
        return switch (said) {
            case FIXED -> null;
            case FIXED_SOMEWHERE -> said.words;
            case NEVER_WITH, PENDING -> note == null ? said.words : said.words + ": " + note;
            default -> note;
        };
    }
}
