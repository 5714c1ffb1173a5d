package io.limpid.server.store;

import static io.limpid.server.store.Stored.NAMESPACE;
import static io.limpid.server.store.Stored.fix;
import static io.limpid.server.store.Stored.layer;
import static io.limpid.server.store.Stored.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.Notification;
import io.limpid.server.clair.VersionFormats;
import io.limpid.server.store.LayerStore.Depth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sequences of what clients do, on the store and on Clair's rules in memory: after each step both answer the same. */
@OnEachPostgres
class StoreModelTest {
    private static final int STEPS = 60;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> FEATURES = List.of("a", "b", "c");

    /** A row of a vulnerability: what is deleted stays, for the news. */
    private static final class Row {
        final String name;
        final String text;
        final SequencedMap<String, Integer> fixes;
        boolean isDeleted;

        Row(String name, String text, Map<String, Integer> fixes) {
            this.name = name;
            this.text = text;
            this.fixes = new LinkedHashMap<>(fixes);
        }

        boolean affects(String feature, int version) {
            return version < fixes.getOrDefault(feature, 0);
        }
    }

    private record News(
            String name, @Nullable Row before, @Nullable Row after) {}

    /** A layer: the version of each feature, and who added it. */
    private record Layer(@Nullable String parent, Map<String, Integer> versions, Map<String, String> addedBy) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<News> news = new ArrayList<>();
    private final SequencedMap<String, Layer> layers = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void answersByClairsRules(long seed) throws Exception {
        Random random = new Random(seed);
        try (var fresh = TestDatabases.fresh()) {
            // So few are remembered that some are and some are not.
            LayerStore layerStore = new LayerStore(fresh.database(), 3);
            VulnerabilityStore vulnerabilities = new VulnerabilityStore(fresh.database(), 3);
            NotificationStore notifications = new NotificationStore(fresh.database());
            for (int i = 0; i < STEPS; i++) {
                int told = news.size();
                switch (random.nextInt(8)) {
                    case 0, 1 -> putLayer(layerStore, random, i);
                    case 2 -> deleteLayer(layerStore, random);
                    case 3, 4, 5 -> putVulnerability(vulnerabilities, random);
                    case 6 -> changeFix(vulnerabilities, random);
                    default -> deleteVulnerability(vulnerabilities, random);
                }
                name(notifications, told);
                compare(layerStore, vulnerabilities, notifications);
            }
        }
    }

    private void putLayer(LayerStore store, Random random, int step) throws ClairException {
        List<String> names = new ArrayList<>(layers.keySet());
        String parent = names.isEmpty() || random.nextInt(3) == 0 ? null : names.get(random.nextInt(names.size()));
        String name = "layer" + step;
        Map<String, Integer> versions = new TreeMap<>();
        Map<String, String> addedBy = new TreeMap<>();
        List<String> words = new ArrayList<>();
        for (String feature : FEATURES) {
            int version = random.nextInt(4);
            if (version > 0) {
                versions.put(feature, version);
                Layer below = parent == null ? null : layers.get(parent);
                addedBy.put(
                        feature,
                        below != null && Integer.valueOf(version).equals(below.versions.get(feature))
                                ? below.addedBy.getOrDefault(feature, "")
                                : name);
                words.add(feature + " " + version);
            }
        }
        store.insert(layer(name, parent, words.toArray(String[]::new)));
        layers.put(name, new Layer(parent, versions, addedBy));
    }

    private void deleteLayer(LayerStore store, Random random) throws ClairException {
        if (layers.isEmpty()) {
            assertThat(store.delete("layer0")).isFalse();
            return;
        }
        List<String> gone = new ArrayList<>();
        gone.add(List.copyOf(layers.keySet()).get(random.nextInt(layers.size())));
        for (int i = 0; i < gone.size(); i++) {
            String parent = gone.get(i);
            layers.forEach((name, layer) -> {
                if (parent.equals(layer.parent)) {
                    gone.add(name);
                }
            });
        }
        assertThat(store.delete(gone.getFirst())).isTrue();
        gone.forEach(layers::remove);
    }

    private void putVulnerability(VulnerabilityStore store, Random random) throws ClairException {
        String name = "v" + random.nextInt(4);
        String text = "text" + random.nextInt(2);
        List<FeatureVersion> given = new ArrayList<>();
        List<Integer> versions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int version = random.nextInt(6);
            versions.add(version);
            given.add(fix(FEATURES.get(random.nextInt(3)), text(version)));
        }
        Row old = current(name);
        Map<String, Integer> fixes = old == null ? new LinkedHashMap<>() : new LinkedHashMap<>(old.fixes);
        for (int i = 0; i < given.size(); i++) {
            String feature = given.get(i).feature().name();
            int version = versions.get(i);
            if (old == null && version > 0) {
                fixes.putIfAbsent(feature, version);
            } else if (old != null && isLast(given, i)) {
                apply(fixes, feature, version);
            }
        }
        var vulnerability = vulnerability(name, text, ClairSeverity.HIGH, null, given.toArray(FeatureVersion[]::new));
        if (random.nextBoolean()) {
            store.insert(vulnerability, true);
        } else {
            store.insertAll(List.of(vulnerability), true);
        }
        replace(old, new Row(name, text, fixes));
    }

    private static boolean isLast(List<FeatureVersion> given, int index) {
        return given.subList(index + 1, given.size()).stream()
                .noneMatch(each -> each.feature().equals(given.get(index).feature()));
    }

    private static void apply(Map<String, Integer> fixes, String feature, int version) {
        if (version == 0) {
            fixes.remove(feature);
        } else {
            fixes.put(feature, version);
        }
    }

    private void changeFix(VulnerabilityStore store, Random random) throws ClairException {
        String name = "v" + random.nextInt(4);
        String feature = FEATURES.get(random.nextInt(3));
        int version = random.nextInt(6);
        Row old = current(name);
        if (old == null) {
            assertThatThrownBy(() -> store.insertFixes(NAMESPACE.name(), name, List.of(fix(feature, "1"))))
                    .isInstanceOfSatisfying(
                            ClairException.class, e -> assertThat(e.error()).isEqualTo(ClairError.NOT_FOUND));
            return;
        }
        if (version == 0) {
            store.deleteFix(NAMESPACE.name(), name, feature);
        } else {
            store.insertFixes(NAMESPACE.name(), name, List.of(fix(feature, text(version))));
        }
        Map<String, Integer> fixes = new LinkedHashMap<>(old.fixes);
        apply(fixes, feature, version);
        replace(old, new Row(name, old.text, fixes));
    }

    private void deleteVulnerability(VulnerabilityStore store, Random random) throws ClairException {
        String name = "v" + random.nextInt(4);
        Row old = current(name);
        assertThat(store.delete(NAMESPACE.name(), name)).isEqualTo(old != null);
        if (old != null) {
            old.isDeleted = true;
            news.add(new News("", old, null));
        }
    }

    private void replace(@Nullable Row old, Row made) {
        if (old != null) {
            if (old.fixes.equals(made.fixes) && old.text.equals(made.text)) {
                return;
            }
            old.isDeleted = true;
        }
        rows.add(made);
        news.add(new News("", old, made));
    }

    private @Nullable Row current(String name) {
        return rows.stream()
                .filter(row -> !row.isDeleted && row.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    /** A number as a version: 0 and 5 are the ends. */
    private static String text(int version) {
        return version == 0 ? VersionFormats.LOWEST : version == 5 ? VersionFormats.HIGHEST : Integer.toString(version);
    }

    /** What a step made news of is claimed once, and has its name from there. */
    private void name(NotificationStore store, int told) throws ClairException {
        for (int i = told; i < news.size(); i++) {
            String name = store.claim("test", HOUR, HOUR).orElseThrow().name();
            news.set(i, new News(name, news.get(i).before, news.get(i).after));
        }
        assertThat(store.claim("test", HOUR, HOUR)).isEmpty();
    }

    private void compare(LayerStore layerStore, VulnerabilityStore vulnerabilities, NotificationStore notifications)
            throws ClairException {
        for (var entry : layers.entrySet()) {
            assertThat(told(layerStore, entry.getKey())).isEqualTo(expected(entry.getValue()));
        }
        for (int i = 0; i < 4; i++) {
            Row row = current("v" + i);
            var found = vulnerabilities.find(NAMESPACE.name(), "v" + i);
            assertThat(found.isPresent()).isEqualTo(row != null);
            if (row != null) {
                assertThat(found.orElseThrow().description()).isEqualTo(row.text);
                Map<String, String> fixes = new TreeMap<>();
                found.orElseThrow()
                        .fixedIn()
                        .forEach(each -> fixes.put(each.feature().name(), each.version()));
                Map<String, String> wanted = new TreeMap<>();
                row.fixes.forEach((feature, version) -> wanted.put(feature, text(version)));
                assertThat(fixes).isEqualTo(wanted);
            }
        }
        for (News each : news) {
            Notification found =
                    notifications.find(each.name, 2, Notification.Page.FIRST).orElseThrow();
            compare(notifications, each.name, found.before(), each.before, true);
            compare(notifications, each.name, found.after(), each.after, false);
        }
    }

    private static Map<String, String> told(LayerStore store, String name) throws ClairException {
        Map<String, String> told = new TreeMap<>();
        store.find(name, Depth.VULNERABILITIES).orElseThrow().features().forEach(feature -> {
            Map<String, String> affectedBy = new TreeMap<>();
            feature.affectedBy().forEach(each -> affectedBy.put(each.name(), each.fixedBy()));
            told.put(
                    feature.version().feature().name(),
                    feature.version().version() + " by " + feature.addedBy() + ": " + affectedBy);
        });
        return told;
    }

    private Map<String, String> expected(Layer layer) {
        Map<String, String> expected = new TreeMap<>();
        layer.versions.forEach((feature, version) -> {
            Map<String, String> affectedBy = new TreeMap<>();
            for (Row row : rows) {
                if (!row.isDeleted && row.affects(feature, version)) {
                    int fixed = row.fixes.getOrDefault(feature, 0);
                    affectedBy.put(row.name, fixed == 5 ? "" : text(fixed));
                }
            }
            expected.put(feature, version + " by " + layer.addedBy.get(feature) + ": " + affectedBy);
        });
        return expected;
    }

    private void compare(
            NotificationStore store, String name, Notification.@Nullable Side side, @Nullable Row row, boolean isBefore)
            throws ClairException {
        assertThat(side == null).isEqualTo(row == null);
        if (side == null || row == null) {
            return;
        }
        List<String> told = new ArrayList<>();
        Notification.Side page = side;
        while (true) {
            page.layers().forEach(layer -> told.add(layer.name()));
            if (page.next() == Notification.END) {
                break;
            }
            Notification.Page next = isBefore
                    ? new Notification.Page(page.next(), Notification.END)
                    : new Notification.Page(Notification.END, page.next());
            Notification more = store.find(name, 2, next).orElseThrow();
            page = Objects.requireNonNull(isBefore ? more.before() : more.after());
        }
        List<String> introducing = new ArrayList<>();
        layers.forEach((layer, has) -> {
            if (has.versions.entrySet().stream()
                    .anyMatch(each -> layer.equals(has.addedBy.get(each.getKey()))
                            && row.affects(each.getKey(), each.getValue()))) {
                introducing.add(layer);
            }
        });
        assertThat(told).isEqualTo(introducing);
    }
}
