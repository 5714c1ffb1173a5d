package io.limpid.feed.debian;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A vulnerability in a source package while it is read. */
final class TrackerEntry {
    final String source;
    final String id;
    final Map<String, TrackerRow> rows = new LinkedHashMap<>();

    @Nullable
    String description;

    @Nullable
    String bug;

    TrackerEntry(String source, String id) {
        this.source = source;
        this.id = id;
    }

    /**
     * What is said of a release in a row that has nothing {@link TrackerRow#wrong}.
     *
     * @param bulletins what bulletins say of the same; a version with a fix counts where the row says that the matter was put off
     */
    Advisory advisory(String namespace, TrackerRow row, List<BulletinFix> bulletins) {
        String belying = row.isPutOff() ? newest(bulletins) : null;
        FixState state = belying == null ? row.state() : FixState.FIXED;
        String fixed = belying == null ? row.fixedVersion : belying;
        TreeSet<String> names = new TreeSet<>();
        List<String> links = new ArrayList<>();
        if (bug != null && bug.matches("[0-9]{1,10}")) {
            links.add("https://bugs.debian.org/" + bug);
        }
        for (BulletinFix bulletin : bulletins) {
            if (names.add(bulletin.bulletin())) {
                links.add(bulletin.page());
            }
        }
        return new Advisory(
                id,
                List.copyOf(names),
                DebianFeed.ID,
                AdvisorySubject.ofSource(namespace, source),
                state,
                belying == null ? row.affected(state) : List.of(VersionRange.before(belying)),
                state == FixState.FIXED ? fixed : null,
                List.of(row.severity()),
                description,
                row.note(state),
                "https://security-tracker.debian.org/tracker/" + id,
                links,
                null,
                null);
    }

    /** The version of the newest bulletin with a fix: where it had to be mended, the last one. */
    private static @Nullable String newest(List<BulletinFix> bulletins) {
        BulletinFix newest = null;
        for (BulletinFix bulletin : bulletins) {
            if (bulletin.version() != null && (newest == null || bulletin.isAfter(newest))) {
                newest = bulletin;
            }
        }
        return newest == null ? null : newest.version();
    }
}
