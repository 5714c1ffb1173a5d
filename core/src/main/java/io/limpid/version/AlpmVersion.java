package io.limpid.version;

import org.jspecify.annotations.Nullable;

/**
 * A version of an Arch Linux package in pacman's order: the epochs as numbers, then the versions, then the releases.
 *
 * <p>A part is a row of runs of letters and runs of digits, each with the count of other characters before it. The first run that differs decides: the
 * one further away is newer, then a number is newer than letters. The end comes right after letters that follow at once: {@code 1.0rc} is older
 * than {@code 1.0}, {@code 1.0.rc} newer. No release at all comes before every other here; {@link AlpmVersions} says what pacman makes of it.
 */
final class AlpmVersion implements Version {
    /** By so much a run moves back for each character before it; its kind and the ends have places in between. */
    private static final int STEP = 4;

    private static final int LETTERS = 0;
    private static final int END = 1;
    private static final int NUMBER = 2;
    /** The end after other characters: newer than letters after one, older than a number after one. */
    private static final int LATE_END = STEP + 1;

    private final Label label;
    private final boolean reliable;

    AlpmVersion(Label label, boolean reliable) {
        this.label = label;
        this.reliable = reliable;
    }

    @Override
    public String text() {
        return label.text();
    }

    @Override
    public boolean reliable() {
        return reliable;
    }

    boolean hasRelease() {
        return label.hasRelease();
    }

    @Override
    public int compareTo(Version other) {
        AlpmVersion that = (AlpmVersion) other;
        int order = compareWithoutRelease(that);
        if (order == 0) {
            order = Boolean.compare(hasRelease(), that.hasRelease());
        }
        Label one = label;
        Label two = that.label;
        return order != 0
                ? order
                : compareParts(
                        one.text(), one.release(), one.releaseEnd(), two.text(), two.release(), two.releaseEnd());
    }

    int compareWithoutRelease(AlpmVersion other) {
        Label one = label;
        Label two = other.label;
        int order = one.compareEpoch(two);
        return order != 0
                ? order
                : compareParts(
                        one.text(), one.version(), one.versionEnd(), two.text(), two.version(), two.versionEnd());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AlpmVersion that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        int hash = hashOfPart(label.hashOfEpoch(), label.version(), label.versionEnd());
        return hashOfPart(hash * 31 + '-', label.release(), label.releaseEnd());
    }

    @Override
    public String toString() {
        return label.text();
    }

    private static int compareParts(
            String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
        int l = leftStart;
        int r = rightStart;
        while (true) {
            int leftRun = nextRun(left, l, leftEnd);
            int rightRun = nextRun(right, r, rightEnd);
            int place = place(left, l, leftRun, leftEnd);
            int places = Integer.compare(place, place(right, r, rightRun, rightEnd));
            if (places != 0 || leftRun == leftEnd) {
                return places;
            }
            l = endOfRun(left, leftRun, leftEnd);
            r = endOfRun(right, rightRun, rightEnd);
            int order = Label.isDigit(left.charAt(leftRun))
                    ? Label.compareNumbers(left, leftRun, l, right, rightRun, r)
                    : Label.compareText(left, leftRun, l, right, rightRun, r);
            if (order != 0) {
                return order;
            }
        }
    }

    /** Sees what the comparison sees: the runs and how far apart they are, numbers without leading zeros. */
    private int hashOfPart(int seed, int start, int end) {
        String text = label.text();
        int hash = seed;
        int at = start;
        int run = nextRun(text, at, end);
        while (run < end) {
            hash = hash * 31 + place(text, at, run, end);
            at = endOfRun(text, run, end);
            int from = Label.isDigit(text.charAt(run)) ? Label.afterZeros(text, run, at) : run;
            hash = Label.hash(hash, text, from, at);
            run = nextRun(text, at, end);
        }
        return hash * 31 + place(text, at, run, end);
    }

    /** Where the run that starts at {@code run}, or the end there, stands in the order of all that may follow at {@code at}. */
    private static int place(String text, int at, int run, int end) {
        int distance = run - at;
        if (run == end) {
            return distance == 0 ? END : LATE_END;
        }
        return distance * STEP + (Label.isDigit(text.charAt(run)) ? NUMBER : LETTERS);
    }

    private static int nextRun(String text, int start, int end) {
        int at = start;
        while (at < end && !Label.isDigit(text.charAt(at)) && !Label.isLetter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfRun(String text, int start, int end) {
        return Label.isDigit(text.charAt(start))
                ? Label.endOfDigits(text, start, end)
                : Label.endOfLetters(text, start, end);
    }
}
