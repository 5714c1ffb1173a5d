package io.limpid.detect.dnf;

import io.limpid.detect.ProblemList;
import io.limpid.format.DamagedException;
import io.limpid.format.sqlite.Beside;
import io.limpid.format.sqlite.SqliteDatabase;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.ImageLabels;
import io.limpid.model.Limits;
import io.limpid.model.OriginClue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One reading of dnf's history: of each package, from which repository it came when it last came. */
final class History {
    private static final String LOST = ": from which repositories packages were installed is not known of it";
    /** libdnf's numbers for what brings a package: install, downgrade, obsolete, upgrade, reinstall. */
    private static final Set<Long> BRINGING = Set.of(1L, 2L, 4L, 6L, 9L);

    private static final long FAILED = 2;

    /** That a package came, and from where. */
    private record Brought(long step, long repository) {}

    private final SqliteDatabase database;
    private final Map<Long, String> repositories = new HashMap<>();
    private final Map<Long, Brought> brought = new HashMap<>();
    private final List<OriginClue> clues = new ArrayList<>();

    private History(SqliteDatabase database) {
        this.database = database;
    }

    static Detection read(LayerFile file, Beside beside, Limits limits) {
        ProblemList problems = new ProblemList(file.path(), limits.problems());
        if (file.content().length == 0) {
            return Detection.nothing(file.path());
        }
        if (!SqliteDatabase.isOne(file.content())) {
            return Detection.unreadable(file.path(), "it is no SQLite database" + LOST);
        }
        List<OriginClue> clues = List.of();
        try {
            SqliteDatabase database = SqliteDatabase.open(file.content(), beside, what -> problems.add(what + LOST));
            if (isHistory(database)) {
                clues = new History(database).read();
            } else {
                problems.add("it has not the tables of dnf's history" + LOST);
            }
        } catch (DamagedException e) {
            problems.add(e.what() + LOST);
        }
        return Detection.ofOrigins(file.path(), clues, problems.toList());
    }

    private static boolean isHistory(SqliteDatabase database) {
        return database.has("repo", "id", "repoid")
                && database.has("rpm", "item_id", "name", "epoch", "version", "release", "arch")
                && database.has("trans_item", "id", "item_id", "repo_id", "action", "state");
    }

    private List<OriginClue> read() {
        database.read("repo", row -> {
            String name = row.text("repoid");
            // @System and @commandline are what is installed and files that somebody gave.
            if (name != null && ImageLabels.isWord(name) && !name.startsWith("@")) {
                repositories.put(row.integer("id"), name);
            }
        });
        database.read("trans_item", row -> {
            if (BRINGING.contains(row.integer("action")) && row.integer("state") != FAILED) {
                brought.merge(
                        row.integer("item_id"),
                        new Brought(row.integer("id"), row.integer("repo_id")),
                        (one, other) -> one.step > other.step ? one : other);
            }
        });
        database.read("rpm", this::add);
        return clues;
    }

    private void add(SqliteDatabase.Cells row) {
        Brought last = brought.get(row.integer("item_id"));
        String repository = last == null ? null : repositories.get(last.repository);
        String name = row.text("name");
        String version = row.text("version");
        String release = row.text("release");
        String arch = row.text("arch");
        if (repository == null || name == null || version == null || release == null || arch == null) {
            return;
        }
        long epoch = row.integer("epoch");
        clues.add(new OriginClue.InstalledFrom(
                name, (epoch > 0 ? epoch + ":" : "") + version + "-" + release, arch, repository));
    }
}
