package io.limpid.server.scale;

import io.limpid.server.clair.VersionFormats;
import io.limpid.server.scale.Release.Publisher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Made-up vulnerabilities of all {@link Release}s: the bench's own knowledge of them, and the documents that publish them. */
final class Publication {
    private static final String DEBIAN = "/security-tracker.debian.org/tracker/data/json";
    private static final String ALPINE = "/secdb.alpinelinux.org/";
    private static final String PHOTON = "/packages.broadcom.com/photon/photon_cve_metadata/cve_data_photon";

    /** What names a vulnerability: the same name is another one in each release. */
    record Key(Release release, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = release.compareTo(other.release);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    /** What is said of one: the numbers of its packages, each with that of the version that fixes it. */
    private final SortedMap<Key, SortedMap<Integer, Integer>> vulnerabilities;

    private Publication(SortedMap<Key, SortedMap<Integer, Integer>> vulnerabilities) {
        this.vulnerabilities = vulnerabilities;
    }

    /** The same for each seed. */
    static Publication of(long seed) {
        Random random = new Random(seed);
        SortedMap<Key, SortedMap<Integer, Integer>> all = new TreeMap<>();
        for (Release release : Release.values()) {
            for (int number = 0; number < release.publisher.vulnerabilities; number++) {
                if (random.nextInt(8) > 0) {
                    all.put(new Key(release, name(release, number)), fixes(release, number, random));
                }
            }
        }
        return new Publication(all);
    }

    private SortedMap<Integer, Integer> said(Key key) {
        return Objects.requireNonNull(vulnerabilities.get(key));
    }

    private static String name(Release release, int number) {
        return "CVE-" + release.publisher.year + "-" + (10_000 + number);
    }

    /** A vulnerability is in the same package of each release. */
    private static SortedMap<Integer, Integer> fixes(Release release, int number, Random random) {
        SortedMap<Integer, Integer> fixes = new TreeMap<>();
        Random ofName = new Random(number * 31L + release.publisher.year);
        int count = ofName.nextInt(10) == 0 ? 2 : 1;
        for (int i = 0; i < count; i++) {
            fixes.put(
                    release.anyPackage(ofName),
                    random.nextInt(Release.VERSIONS + (release.publisher.saysNever ? 2 : 0)));
        }
        fixes.replaceAll((_, version) -> Math.min(version, Release.VERSIONS));
        return fixes;
    }

    /** One in which a part is another one: a fifth each is fixed later, fixed earlier, fixed never or later, gone, new. */
    Publication changed(long seed, double percent) {
        Random random = new Random(seed);
        SortedMap<Key, SortedMap<Integer, Integer>> all = new TreeMap<>(vulnerabilities);
        List<Key> keys = new ArrayList<>(vulnerabilities.keySet());
        long count = Math.round(keys.size() * percent / 100);
        for (long i = 0; i < count; i++) {
            Key key = keys.remove(random.nextInt(keys.size()));
            switch ((int) (i % 5)) {
                case 0 -> all.put(key, moved(key.release(), said(key), 1 + random.nextInt(6)));
                case 1 -> all.put(key, moved(key.release(), said(key), -1 - random.nextInt(6)));
                case 2 -> all.put(key, moved(key.release(), said(key), Release.VERSIONS));
                case 3 -> all.remove(key);
                default -> {
                    int number = key.release().publisher.vulnerabilities + (int) i;
                    all.put(new Key(key.release(), name(key.release(), number)), fixes(key.release(), number, random));
                }
            }
        }
        return new Publication(all);
    }

    /** Where a fix cannot move any further it goes the other way: something always changes. */
    private static SortedMap<Integer, Integer> moved(Release release, Map<Integer, Integer> fixes, int by) {
        int highest = Release.VERSIONS - (release.publisher.saysNever ? 0 : 1);
        SortedMap<Integer, Integer> moved = new TreeMap<>();
        fixes.forEach((of, version) -> {
            int to = Math.clamp(version + by, 0, highest);
            moved.put(of, to == version ? Math.clamp(version - by, 0, highest) : to);
        });
        return moved;
    }

    int size() {
        return vulnerabilities.size();
    }

    /** What is not the same in another one. */
    List<Key> differences(Publication other) {
        TreeMap<Key, SortedMap<Integer, Integer>> both = new TreeMap<>(vulnerabilities);
        both.putAll(other.vulnerabilities);
        return both.keySet().stream()
                .filter(key -> !String.valueOf(vulnerabilities.get(key))
                        .equals(String.valueOf(other.vulnerabilities.get(key))))
                .toList();
    }

    boolean has(Key key) {
        return vulnerabilities.containsKey(key);
    }

    /** The packages of a vulnerability by name, each with the version that fixes it; empty when there is no such one. */
    Map<String, String> fixes(Key key) {
        Map<String, String> fixes = new TreeMap<>();
        vulnerabilities
                .getOrDefault(key, new TreeMap<>())
                .forEach((of, version) ->
                        fixes.put(key.release().packageName(of), key.release().version(of, version)));
        return fixes;
    }

    /** The documents by their paths on a mirror. */
    Map<String, byte[]> documents() {
        Map<String, byte[]> documents = new TreeMap<>();
        documents.put(DEBIAN, bytes(debian()));
        for (Release release : Release.values()) {
            if (release.publisher == Publisher.ALPINE) {
                documents.put(ALPINE + release.word + "/main.json", bytes(alpine(release)));
            } else if (release.publisher == Publisher.PHOTON) {
                documents.put(PHOTON + release.word + ".json", bytes(photon(release)));
            }
        }
        return documents;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Taker {
        void take(String name, String of, String version);
    }

    private void each(Release release, Taker taker) {
        vulnerabilities.forEach((key, fixes) -> {
            if (key.release() == release) {
                fixes.forEach(
                        (of, version) -> taker.take(key.name(), release.packageName(of), release.version(of, version)));
            }
        });
    }

    private String debian() {
        Map<String, Map<String, Map<String, String>>> tracker = new TreeMap<>();
        for (Release release : Release.values()) {
            if (release.publisher == Publisher.DEBIAN) {
                each(
                        release,
                        (name, of, version) -> tracker.computeIfAbsent(of, _ -> new TreeMap<>())
                                .computeIfAbsent(name, _ -> new TreeMap<>())
                                .put(release.word, debianRow(version)));
            }
        }
        return object(
                tracker,
                ofPackage -> object(
                        ofPackage,
                        rows -> "{\"description\":\"A sentence or two as they have it, made up by the bench, about"
                                + " what could happen to whom by which"
                                + " means.\",\"releases\":" + object(rows, row -> row) + "}"));
    }

    private static String debianRow(String version) {
        return version.equals(VersionFormats.HIGHEST)
                ? "{\"status\":\"open\",\"urgency\":\"medium\"}"
                : "{\"status\":\"resolved\",\"fixed_version\":\"" + version + "\",\"urgency\":\"medium\"}";
    }

    private String alpine(Release release) {
        Map<String, Map<String, List<String>>> packages = new TreeMap<>();
        each(
                release,
                (name, of, version) -> packages.computeIfAbsent(of, _ -> new TreeMap<>())
                        .computeIfAbsent(version, _ -> new ArrayList<>())
                        .add(name));
        return "{\"distroversion\":\"" + release.word + "\",\"reponame\":\"main\",\"packages\":"
                + packages.entrySet().stream()
                        .map(entry -> "{\"pkg\":{\"name\":\"" + entry.getKey() + "\",\"secfixes\":"
                                + object(entry.getValue(), names -> "[\"" + String.join("\",\"", names) + "\"]") + "}}")
                        .collect(Collectors.joining(",\n", "[", "]}"));
    }

    private String photon(Release release) {
        List<String> rows = new ArrayList<>();
        each(
                release,
                (name, of, version) -> rows.add("{\"cve_id\":\"" + name + "\",\"pkg\":\"" + of
                        + "\",\"cve_score\":7.5,\"aff_ver\":\"all\",\"res_ver\":\""
                        + (version.equals(VersionFormats.HIGHEST) ? "NA" : version) + "\"}"));
        return rows.stream().collect(Collectors.joining(",\n", "[", "]"));
    }

    private interface Text<T> {
        String of(T value);
    }

    private static <T> String object(Map<String, T> members, Text<T> text) {
        return members.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + text.of(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
