package io.limpid.server.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Alpine's security databases on loopback: now and then another edition, in which some vulnerabilities are fixed in a later version than before.
 *
 * <p>A version tells the edition that it came with, so whoever stores an older one over a newer one is found out.
 */
final class Mirror implements AutoCloseable {
    static final String PACKAGE = "busybox";
    private static final int FLAWS = 60;
    private static final int EDGE = 0;
    private static final int FIRST_RELEASE = 2;
    private static final int LAST_RELEASE = 23;
    private static final Pattern PATH = Pattern.compile("/secdb\\.alpinelinux\\.org/(v3\\.\\d+|edge)/main\\.json");

    private final Duration each;
    private final HttpServer server;
    private final long begun = System.nanoTime();
    private volatile int last = Integer.MAX_VALUE;

    private Mirror(Duration each) throws IOException {
        this.each = each;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Starts one.
     *
     * @param each how long an edition lasts
     */
    static Mirror start(Duration each) throws IOException {
        return new Mirror(each);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int edition() {
        return (int) Math.min(last, (System.nanoTime() - begun) / each.toNanos());
    }

    /** From now on the edition stays. */
    void freeze() {
        last = edition();
    }

    /** The fixed versions by namespace and name, in the edition that there is now. */
    Map<String, String> fixes() {
        Map<String, String> fixes = new TreeMap<>();
        int edition = edition();
        for (int release = FIRST_RELEASE; release <= LAST_RELEASE; release++) {
            String namespace = "alpine:v3." + release;
            fixes(release, edition).forEach((name, version) -> fixes.put(namespace + " " + name, version));
        }
        fixes(EDGE, edition).forEach((name, version) -> fixes.put("alpine:edge " + name, version));
        return fixes;
    }

    /** What is fixed in a release: in every edition another fifth of the vulnerabilities moves on, in few releases. */
    private static SortedMap<String, String> fixes(int release, int edition) {
        SortedMap<String, String> fixes = new TreeMap<>();
        for (int i = 0; i < (release >= LAST_RELEASE - 2 ? FLAWS : 3); i++) {
            int changed = release >= LAST_RELEASE - 2 ? Math.max(0, edition - Math.floorMod(edition - i, 5)) : 0;
            fixes.put("CVE-2026-" + (1000 + i), "1." + changed + "-r0");
        }
        return fixes;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            if (!path.matches()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String release = path.group(1);
            int minor = release.startsWith("v3.") ? Integer.parseInt(release.substring(3)) : EDGE;
            int edition = minor >= LAST_RELEASE - 2 ? edition() : 0;
            String tag = "\"" + release + "-" + edition + "\"";
            exchange.getResponseHeaders().add("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            byte[] body = document(release, fixes(minor, edition)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String document(String release, SortedMap<String, String> fixes) {
        SortedMap<String, StringBuilder> byVersion = new TreeMap<>();
        fixes.forEach((name, version) -> {
            StringBuilder names = byVersion.computeIfAbsent(version, _ -> new StringBuilder());
            names.append(names.isEmpty() ? "" : ",").append('"').append(name).append('"');
        });
        StringBuilder versions = new StringBuilder();
        byVersion.forEach((version, names) -> versions.append(versions.isEmpty() ? "" : ",")
                .append('"')
                .append(version)
                .append("\":[")
                .append(names)
                .append(']'));
        return "{\"apkurl\":\"{{urlprefix}}/{{distroversion}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk\","
            + "\"archs\":[\"x86_64\"],\"reponame\":\"main\",\"urlprefix\":\"https://dl-cdn.alpinelinux.org/alpine\","
            + "\"distroversion\":\"" + release + "\",\"packages\":[{\"pkg\":{\"name\":\"" + PACKAGE
                + "\",\"secfixes\":{" + versions + "}}}]}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
