package io.limpid.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a new generation with the one before: whether it may take its place, and what is to be said of it. */
final class GenerationCheck {
    /** Less than so many of a hundred are left: more was lost than any publisher takes back in one go. */
    private static final int LEAST_PERCENT = 40;

    /** So many of a hundred are back: what was lost is no longer missing. */
    private static final int BACK_PERCENT = 80;

    /** Two servers of one publisher say different times of the same documents: each says when they came to it. */
    private static final Duration SERVERS_APART = Duration.ofHours(12);

    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}.*";
    private static final int DAY_LENGTH = 10;

    private GenerationCheck() {}

    /**
     * Why the new generation should not be used, a sentence for people; null when nothing speaks against it.
     *
     * @param window whether it has only what has changed lately
     */
    static @Nullable String suspicion(@Nullable SnapshotHeader before, SnapshotHeader now, boolean window) {
        if (before == null) {
            return null;
        }
        // Another reader may make less of the same documents, and is right to.
        if (!window
                && before.feedVersion() == now.feedVersion()
                && (shrunk(before.advisories(), now.advisories())
                        || shrunk(before.details(), now.details())
                        || shrunk(before.products(), now.products()))) {
            return "there were " + before.contents() + " and now there are only " + now.contents();
        }
        if (isOlder(now, before)) {
            return "the data are of " + now.dataDate() + ", and those that are there of " + before.dataDate();
        }
        return null;
    }

    /**
     * Why something may be missing in the new generation.
     *
     * @param before the generation before; null when there is none, or one insists that the new one is right
     * @param senseless what is wrong with the documents that are left out because they make no sense, by their names
     */
    static List<Gap> gaps(@Nullable SnapshotHeader before, SnapshotHeader now, Map<String, String> senseless) {
        List<Gap> gaps = new ArrayList<>();
        for (FetchedDocument document : now.documents()) {
            if (document.contents() == null) {
                String wrong = senseless.get(document.name());
                gaps.add(Gap.ofAll((wrong == null ? "its publisher has no " + document.name() + ":" : wrong + ";")
                        + " what only that document says is missing"));
            }
        }
        if (now.skipped() > 0) {
            String first =
                    now.notes().isEmpty() ? "" : "; the first: " + now.notes().getFirst();
            gaps.add(Gap.ofAll(now.skipped() + " records made no sense and were passed over" + first));
        }
        if (before != null) {
            namespaceGaps(before, now, gaps);
        }
        return gaps;
    }

    private static void namespaceGaps(SnapshotHeader before, SnapshotHeader now, List<Gap> gaps) {
        Map<String, Long> left = records(now);
        Map<String, Gap> lost = new LinkedHashMap<>();
        records(before).forEach((namespace, most) -> {
            long records = left.getOrDefault(namespace, 0L);
            if (records == 0 || (before.feedVersion() == now.feedVersion() && shrunk(most, records))) {
                lost.put(namespace, lost(namespace, most, records));
            }
        });
        for (Gap gap : before.gaps()) {
            String namespace = gap.namespace();
            if (namespace == null) {
                continue;
            }
            // What was lost is lost until it comes back: the next generation would else be compared with the poor one,
            // and found whole.
            long records = left.getOrDefault(namespace, 0L);
            if (records * 100 < gap.advisories() * BACK_PERCENT) {
                lost.put(namespace, lost(namespace, gap.advisories(), records));
            }
        }
        gaps.addAll(lost.values());
    }

    private static Gap lost(String namespace, long most, long records) {
        return new Gap(
                namespace,
                most,
                "there were " + most + " advisories for " + namespace + " and now there are "
                        + (records == 0 ? "none" : "only " + records));
    }

    private static Map<String, Long> records(SnapshotHeader header) {
        Map<String, Long> records = new LinkedHashMap<>();
        header.namespaces().forEach(namespace -> records.put(namespace.name(), namespace.records()));
        return records;
    }

    private static boolean shrunk(long before, long now) {
        return now * 100 < before * LEAST_PERCENT;
    }

    private static boolean isOlder(SnapshotHeader now, SnapshotHeader before) {
        String date = now.dataDate();
        String than = before.dataDate();
        if (date != null && than != null && isOfServer(now) && isOfServer(before)) {
            return Instant.parse(date).plus(SERVERS_APART).isBefore(Instant.parse(than));
        }
        return isOlder(date, than);
    }

    /** Whether the date is not the publisher's, who says none, but when a server says that the documents were last changed. */
    private static boolean isOfServer(SnapshotHeader header) {
        return header.dataDate() != null && header.dataDate().equals(FetchedDocument.newest(header.documents()));
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
