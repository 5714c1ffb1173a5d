package io.limpid.server.scale;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A receiver of notifications as it should be: it takes each name, asks for all pages of it, and deletes it. */
final class ToldLayers implements AutoCloseable {
    private static final String PATH = "/hook";
    private static final int READERS = 8;
    private static final int PAGE = 100;
    private static final int MOST_BYTES = 1 << 24;

    /** A side of a notification; the layers are null when it has none. */
    record Side(@Nullable String vulnerability, @Nullable Set<String> layers) {}

    /** All that a notification says. */
    record Told(String name, Side before, Side after) {}

    private final FaultServer hook;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);
    private final String api;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final AtomicLong pages = new AtomicLong();
    private final List<Long> pageNanos = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile long lastReceived;
    private volatile long lastRead;

    /**
     * @param api the port of the server that notifies
     */
    ToldLayers(int api) throws IOException {
        this.api = "http://127.0.0.1:" + api + "/v1/notifications/";
        hook = FaultServer.start();
        hook.on(PATH, request -> {
            take(request.body());
            return Answer.status(200);
        });
    }

    URI hook() {
        return hook.url(PATH);
    }

    private void take(String body) {
        try {
            String name = String.valueOf(
                    notification(body.getBytes(StandardCharsets.UTF_8)).string("Name"));
            if (names.add(name)) {
                lastReceived = System.nanoTime();
                readers.execute(() -> read(name));
            }
        } catch (IOException | RuntimeException e) {
            failures.add(e + " for " + body);
        }
    }

    private void read(String name) {
        try {
            Side before = new Side(null, null);
            Side after = new Side(null, null);
            String page = "";
            while (page != null) {
                long began = System.nanoTime();
                JsonObject one =
                        notification(ask("GET", name + "?limit=" + PAGE + (page.isEmpty() ? "" : "&page=" + page)));
                synchronized (pageNanos) {
                    pageNanos.add(System.nanoTime() - began);
                }
                pages.incrementAndGet();
                before = more(before, one.object("Old"));
                after = more(after, one.object("New"));
                page = one.string("NextPage");
            }
            told.put(name, new Told(name, before, after));
            ask("DELETE", name);
            lastRead = System.nanoTime();
        } catch (IOException | RuntimeException e) {
            failures.add(e + " for " + name);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Side more(Side known, @Nullable JsonObject side) throws IOException {
        if (side == null) {
            return known;
        }
        JsonObject vulnerability = Objects.requireNonNull(side.object("Vulnerability"), "no vulnerability");
        Set<String> before = known.layers();
        Set<String> layers = before == null ? new TreeSet<>() : before;
        layers.addAll(side.strings("LayersIntroducingVulnerability"));
        return new Side(vulnerability.string("NamespaceName") + " " + vulnerability.string("Name"), layers);
    }

    private byte[] ask(String method, String target) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(URI.create(api + target))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(method + " " + target + ": " + answer.statusCode());
        }
        return answer.body();
    }

    private static JsonObject notification(byte[] text) throws IOException {
        JsonObject envelope = (JsonObject) Json.parse(text, MOST_BYTES, Limits.DEFAULT);
        return Objects.requireNonNull(envelope.object("Notification"), "no notification");
    }

    /** By the names of the notifications what was read to its end so far. */
    Map<String, Told> told() {
        return Map.copyOf(told);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    long pages() {
        return pages.get();
    }

    /** How long a page took that was among so many of a thousand, in nanoseconds. */
    long pageNanos(int ofThousand) {
        synchronized (pageNanos) {
            List<Long> sorted = pageNanos.stream().sorted().toList();
            return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * ofThousand / 1000);
        }
    }

    /** When the last one came, by {@link System#nanoTime}. */
    long lastReceived() {
        return lastReceived;
    }

    /** When the last one was read and deleted. */
    long lastRead() {
        return lastRead;
    }

    @Override
    public void close() {
        readers.shutdownNow();
        client.close();
        hook.close();
    }
}
