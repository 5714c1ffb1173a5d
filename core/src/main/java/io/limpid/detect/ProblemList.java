package io.limpid.detect;

import io.limpid.format.Printable;
import io.limpid.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** The problems of one file while it is read: the first ones in full, the others counted. */
public final class ProblemList {
    private static final int QUOTED_CHARACTERS = 60;

    private final String path;
    private final int limit;
    private final List<Problem> kept = new ArrayList<>();
    private int others;

    /**
     * @param path the file
     * @param limit how many are kept
     */
    public ProblemList(String path, int limit) {
        this.path = path;
        this.limit = limit;
    }

    public void add(String what) {
        if (kept.size() < limit) {
            kept.add(Problem.ofFile(path, what));
        } else {
            others++;
        }
    }

    /** Those kept and, where there were more, one that counts the others. */
    public List<Problem> toList() {
        if (others == 0) {
            return List.copyOf(kept);
        }
        List<Problem> all = new ArrayList<>(kept);
        all.add(Problem.ofFile(path, others + " more problems of this file are not listed (limit problems)"));
        return List.copyOf(all);
    }

    /** A piece of foreign text as a problem names it: in quotes and short; whoever shows the problem escapes what is unsafe. */
    public static String quoted(String text) {
        return "'" + Printable.cut(text, QUOTED_CHARACTERS) + "'";
    }
}
