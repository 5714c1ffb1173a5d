package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.store.StoreLaws;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Races of clients of two servers on one PostgreSQL: whatever is answered could have been answered by one server to one after the other, nothing is
 * lost, and no client hears of a conflict.
 *
 * <p>{@code -Dlimpid.rounds=N} runs each race N times instead of a few.
 */
class TwoServersTest {
    private static final int ROUNDS = TwoServers.ROUNDS;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TwoServers servers;

    @SuppressWarnings("NullAway.Init")
    private static ApiAt one;

    @SuppressWarnings("NullAway.Init")
    private static ApiAt other;

    @BeforeAll
    static void start() throws Exception {
        servers = new TwoServers(folder);
        one = servers.one();
        other = servers.other();
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
    }

    @AfterEach
    void nothingIsBroken() throws Exception {
        assertThat(StoreLaws.broken(servers.source())).isEmpty();
    }

    /** What both servers say of a layer, which must be the same. */
    private static Optional<SortedMap<String, String>> layer(String name) throws IOException {
        Optional<SortedMap<String, String>> found = one.layer(name);
        assertThat(other.layer(name)).isEqualTo(found);
        return found;
    }

    private static void assertLayer(String name, Map<String, String> features) throws IOException {
        assertThat(layer(name)).as(name).contains(new TreeMap<>(features));
    }

    private static void assertGone(String... names) throws IOException {
        for (String name : names) {
            assertThat(layer(name)).as(name).isEmpty();
        }
    }

    @Test
    void theSameLayer() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String name = "same" + i;
            Path archive = servers.archive(name, "a" + i + " 1", "b" + i + " 1", "c 1", "d 1." + i);
            assertThat(servers.race(
                            () -> one.postLayer(name, null, archive),
                            () -> other.postLayer(name, null, archive),
                            () -> other.postLayer(name, null, archive)))
                    .containsOnly(201);
            assertLayer(name, Map.of("a" + i + " 1", "", "b" + i + " 1", "", "c 1", "", "d 1." + i, ""));
            // Another one on it has but one layer to lie on.
            assertThat(one.postLayer(name + "-above", name, servers.archive("above", "c 1")))
                    .isEqualTo(201);
            assertThat(other.deleteLayer(name)).isEqualTo(200);
            assertGone(name, name + "-above");
            assertThat(one.deleteLayer(name)).isEqualTo(404);
        }
    }

    @Test
    void layersOnAParentThatEnds() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String parent = "p" + i;
            Path archive = servers.archive(parent, "a 1", "b" + i + " 1");
            assertThat(one.postLayer(parent, null, archive)).isEqualTo(201);
            assertThat(one.postLayer("c" + i, parent, archive)).isEqualTo(201);
            List<Integer> answers = servers.race(
                    () -> other.deleteLayer(parent),
                    () -> one.postLayer("d" + parent, parent, archive),
                    () -> one.postLayer("e" + parent, "c" + parent.substring(1), archive),
                    () -> one.deleteLayer("c" + parent.substring(1)),
                    () -> other.postLayer("f" + parent, "d" + parent, archive));
            assertThat(answers.getFirst()).isEqualTo(200);
            assertThat(answers.get(3)).isIn(200, 404);
            assertThat(List.of(answers.get(1), answers.get(2), answers.get(4)))
                    .allMatch(status -> status == 201 || status == 400);
            assertGone(parent, "c" + i, "d" + parent, "e" + parent, "f" + parent);
        }
    }

    /** What the child has from its parent is of the parent that there is when the child is stored. */
    @Test
    void aParentThatIsReplacedWhileTheChildIsFetched() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch isReplaced = new CountDownLatch(1);
        byte[] empty = new TarMaker().file("usr/x", "x").bytes();
        try (FaultServer files = FaultServer.start().on("/child", _ -> {
            isAsked.countDown();
            await(isReplaced);
            return Answer.ok(empty);
        })) {
            assertThat(one.postLayer("parent", null, servers.archive("old", "old 1")))
                    .isEqualTo(201);
            List<Integer> answers = servers.race(
                    () -> one.postLayer("child", "parent", files.url("/child").toString()), () -> {
                        await(isAsked);
                        int deleted = other.deleteLayer("parent");
                        int posted = other.postLayer("parent", null, servers.archive("new", "new 1"));
                        isReplaced.countDown();
                        return deleted + posted;
                    });
            assertThat(answers).containsExactly(201, 200 + 201);
            assertLayer("child", Map.of("new 1", ""));
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void manyEndsOfOneTree() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String tree = "t" + i + "-";
            Path archive = servers.archive("tree", "a 1");
            assertThat(one.postLayer(tree + 0, null, archive)).isEqualTo(201);
            for (int child = 1; child < 12; child++) {
                assertThat(one.postLayer(tree + child, tree + (child - 1) / 2, archive))
                        .isEqualTo(201);
            }
            List<Integer> answers = servers.race(
                    () -> one.deleteLayer(tree + 1),
                    () -> other.deleteLayer(tree + 0),
                    () -> one.deleteLayer(tree + 0),
                    () -> other.deleteLayer(tree + 2),
                    () -> other.deleteLayer(tree + 4));
            assertThat(answers).allMatch(status -> status == 200 || status == 404);
            assertThat(answers.get(1) + answers.get(2)).isEqualTo(604);
            for (int child = 0; child < 12; child++) {
                assertGone(tree + child);
            }
        }
    }

    @Test
    void aLayerAndItsOwnEnd() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String name = "own" + i;
            Path archive = servers.archive(name, "a 1", "b" + i + " 1");
            boolean isKnown = i % 2 == 0;
            if (isKnown) {
                assertThat(one.postLayer(name, null, archive)).isEqualTo(201);
            }
            List<Integer> answers = servers.race(
                    () -> one.postLayer(name, null, archive),
                    () -> other.postLayer(name, null, archive),
                    () -> other.deleteLayer(name));
            assertThat(answers.subList(0, 2)).containsOnly(201);
            assertThat(answers.get(2)).isIn(200, isKnown ? 200 : 404);
            if (answers.get(2) == 404 || layer(name).isPresent()) {
                assertLayer(name, Map.of("a 1", "", "b" + i + " 1", ""));
            }
        }
    }

    /** What somebody does to vulnerability {@code v} of package {@code p}. */
    @FunctionalInterface
    private interface Act {
        int on(ApiAt one, ApiAt other, String v, String p) throws IOException;
    }

    /**
     * What is done to a vulnerability while layers with its package in version 1 are stored.
     *
     * @param before its fixes, that of the package as {@code P}, of the round's as {@code Q}; null when it is not known yet
     * @param after what is then said of the package in the layers
     */
    private record Change(String name, @Nullable List<String> before, List<Act> acts, String after) {
        List<String> fixes(String p) {
            return before == null
                    ? List.of()
                    : before.stream()
                            .map(fix -> fix.replace("P ", p + " ").replace("Q ", shared("q", p) + " "))
                            .toList();
        }
    }

    /** A package that all vulnerabilities of the package's round have to do with. */
    private static String shared(String name, String p) {
        return name + p.replaceAll("\\D", "");
    }

    private static List<Change> changes() {
        return List.of(
                new Change(
                        "posted",
                        null,
                        List.of((_, other, v, p) ->
                                other.postVulnerability(v, "Low", List.of(shared("q", p) + " 2", p + " 2"))),
                        "Low 2"),
                new Change(
                        "posted-twice",
                        null,
                        List.of(
                                (_, other, v, p) ->
                                        other.postVulnerability(v, "Low", List.of(shared("q", p) + " 2", p + " 2")),
                                (one, _, v, p) ->
                                        one.postVulnerability(v, "Low", List.of(p + " 2", shared("r", p) + " 2"))),
                        "Low 2"),
                new Change(
                        "severity",
                        List.of("P 2"),
                        List.of((_, other, v, _) -> other.putSeverity(v, "High")),
                        "High 2"),
                new Change("fix-put", List.of("Q 2"), List.of((_, other, v, p) -> other.putFix(v, p + " 3")), "Low 3"),
                new Change(
                        "fix-raised", List.of("P 1"), List.of((_, other, v, p) -> other.putFix(v, p + " 3")), "Low 3"),
                new Change("fix-lowered", List.of("P 3"), List.of((_, other, v, p) -> other.putFix(v, p + " 1")), ""),
                new Change(
                        "fix-deleted", List.of("P 3", "Q 2"), List.of((_, other, v, p) -> other.deleteFix(v, p)), ""),
                new Change("deleted", List.of("P 3"), List.of((_, other, v, _) -> other.deleteVulnerability(v)), ""),
                new Change(
                        "changed-by-both",
                        List.of("Q 2"),
                        List.of(
                                (_, other, v, p) -> other.putFix(v, p + " 4"),
                                (one, _, v, p) -> one.putFix(v, shared("r", p) + " 4"),
                                (one, _, v, _) -> one.putSeverity(v, "Critical"),
                                (_, other, v, p) -> other.deleteFix(v, shared("q", p))),
                        "Critical 4"));
    }

    @Test
    void aLayerAndTheVulnerabilitiesOfItsPackages() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            for (Change change : changes()) {
                String p = change.name() + i;
                prepare(change, p);
                Path archive = servers.archive(p, p + " 1", shared("q", p) + " 1", shared("r", p) + " 1." + p.length());
                List<TwoServers.Request> work = new ArrayList<>();
                work.add(() -> one.postLayer("l-" + p, null, archive));
                change.acts().forEach(act -> work.add(() -> act.on(one, other, "V-" + p, p)));
                work.add(() -> other.postLayer("m-" + p, null, archive));
                assertThat(servers.race(work)).as(p).isSubsetOf(200, 201);
                String expected = change.after().isEmpty() ? "" : "V-" + p + " " + change.after();
                for (String name : List.of("l-" + p, "m-" + p)) {
                    assertThat(layer(name).orElseThrow()).containsEntry(p + " 1", expected);
                }
            }
        }
    }

    /** Features that are made by both would make the later one wait, with or without a lock: they are known before. */
    private static void prepare(Change change, String p) throws IOException {
        assertThat(one.postLayer(
                        "before-" + p,
                        null,
                        servers.archive(p, p + " 0", shared("q", p) + " 0", shared("r", p) + " 0")))
                .isEqualTo(201);
        if (change.before() != null) {
            assertThat(one.postVulnerability("V-" + p, "Low", change.fixes(p))).isEqualTo(201);
        }
    }

    @Test
    void oneLayerAndAllChangesOfAllItsPackages() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            SortedMap<String, String> expected = new TreeMap<>();
            List<TwoServers.Request> work = new ArrayList<>();
            List<String> packages = new ArrayList<>();
            for (Change change : changes()) {
                String p = "all-" + change.name() + i;
                if (i % 2 == 0) {
                    prepare(change, p);
                } else if (change.before() != null) {
                    assertThat(other.postVulnerability("V-" + p, "Low", change.fixes(p)))
                            .isEqualTo(201);
                }
                change.acts().forEach(act -> work.add(() -> act.on(one, other, "V-" + p, p)));
                packages.add(p + " 1");
                expected.put(p + " 1", change.after().isEmpty() ? "" : "V-" + p + " " + change.after());
            }
            Path upward = servers.archive("up", packages.toArray(String[]::new));
            Path downward = servers.archive("down", packages.reversed().toArray(String[]::new));
            String name = "all-" + i;
            work.add(() -> one.postLayer(name + "a", null, upward));
            work.add(() -> other.postLayer(name + "b", null, downward));
            work.add(() -> other.postLayer(name + "c", null, upward));
            assertThat(servers.race(work)).as(name).isSubsetOf(200, 201);
            for (String each : List.of("a", "b", "c")) {
                assertLayer(name + each, expected);
            }
        }
    }
}
