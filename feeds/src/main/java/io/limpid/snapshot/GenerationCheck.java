package io.limpid.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a new generation with the one before: whether it may take its place, and what is to be said of it. */
final class GenerationCheck {
    /** Less than so many of a hundred are left: more was lost than any publisher takes back in one go. */
    private static final int LEAST_PERCENT = 40;

    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}.*";
    private static final int DAY_LENGTH = 10;

    private GenerationCheck() {}

    /** Why the new generation should not be used, a sentence for people; null when nothing speaks against it. */
    static @Nullable String suspicion(@Nullable SnapshotHeader before, SnapshotHeader now) {
        if (before == null) {
            return null;
        }
        // Another reader may make less of the same documents, and is right to.
        if (before.feedVersion() == now.feedVersion() && shrunk(before.records(), now.records())) {
            return "there were " + before.records() + " advisories and now there are only " + now.records();
        }
        if (isOlder(now.dataDate(), before.dataDate())) {
            return "the data are of " + now.dataDate() + ", and those that are there of " + before.dataDate();
        }
        return null;
    }

    /** Why something may be missing in the new generation. */
    static List<Gap> gaps(@Nullable SnapshotHeader before, SnapshotHeader now) {
        List<Gap> gaps = new ArrayList<>();
        for (FetchedDocument document : now.documents()) {
            if (document.contents() == null) {
                gaps.add(new Gap(
                        null,
                        now.name() + ": its publisher has no " + document.name()
                                + ": what only that document says is missing"));
            }
        }
        if (now.skipped() > 0) {
            String first =
                    now.notes().isEmpty() ? "" : "; the first: " + now.notes().getFirst();
            gaps.add(new Gap(
                    null, now.name() + ": " + now.skipped() + " records made no sense and were passed over" + first));
        }
        if (before != null) {
            namespaceGaps(before, now, gaps);
        }
        return gaps;
    }

    private static void namespaceGaps(SnapshotHeader before, SnapshotHeader now, List<Gap> gaps) {
        Map<String, Long> left = new LinkedHashMap<>();
        now.namespaces().forEach(namespace -> left.put(namespace.name(), namespace.records()));
        for (SnapshotHeader.Namespace namespace : before.namespaces()) {
            long records = left.getOrDefault(namespace.name(), 0L);
            if (records == 0 || (before.feedVersion() == now.feedVersion() && shrunk(namespace.records(), records))) {
                gaps.add(new Gap(
                        namespace.name(),
                        now.name() + ": there were " + namespace.records() + " advisories for " + namespace.name()
                                + " and now there are " + (records == 0 ? "none" : "only " + records)));
            }
        }
    }

    private static boolean shrunk(long before, long now) {
        return now * 100 < before * LEAST_PERCENT;
    }

    /** Whether a day or moment is before another; when they cannot be compared it is not. */
    private static boolean isOlder(@Nullable String date, @Nullable String than) {
        if (date == null || than == null || !date.matches(DAY) || !than.matches(DAY)) {
            return false;
        }
        int order = date.substring(0, DAY_LENGTH).compareTo(than.substring(0, DAY_LENGTH));
        // Moments of one day compare as text when they are written alike.
        boolean alike = date.length() == than.length() && date.endsWith("Z") == than.endsWith("Z");
        return order < 0 || (order == 0 && alike && date.compareTo(than) < 0);
    }
}
