package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import io.limpid.server.api.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** API v1 at a port of loopback, as a client sees it. */
record ApiAt(int port) {
    /** The namespace of all vulnerabilities of these tests. */
    static final String NAMESPACE = "debian:12";

    private static final int MOST_BYTES = 1 << 28;

    static final String VULNERABILITIES = "/v1/namespaces/" + NAMESPACE + "/vulnerabilities";

    /** Sends a request, and gives the status. */
    int ask(String method, String target, @Nullable String body) throws IOException {
        return told(method, target, body).status();
    }

    private RawHttp.Reply told(String method, String target, @Nullable String body) throws IOException {
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        return RawHttp.exchange(port, method, target, Map.of(), bytes);
    }

    int postLayer(String name, @Nullable String parent, String path) throws IOException {
        String below = parent == null ? "" : "\"ParentName\":\"" + parent + "\",";
        return ask(
                "POST",
                "/v1/layers",
                "{\"Layer\":{\"Name\":\"" + name + "\"," + below + "\"Path\":\"" + path + "\",\"Format\":\"Docker\"}}");
    }

    int postLayer(String name, @Nullable String parent, Path archive) throws IOException {
        return postLayer(name, parent, archive.toString());
    }

    int deleteLayer(String name) throws IOException {
        return ask("DELETE", "/v1/layers/" + name, null);
    }

    /**
     * Posts a vulnerability.
     *
     * @param fixes package and version each, with a space between
     */
    int postVulnerability(String name, String severity, List<String> fixes) throws IOException {
        String fixedIn = fixes.stream().map(ApiAt::fix).collect(Collectors.joining(","));
        return ask(
                "POST",
                VULNERABILITIES,
                "{\"Vulnerability\":{\"Name\":\"" + name + "\",\"NamespaceName\":\"" + NAMESPACE + "\",\"Severity\":\""
                        + severity + "\",\"FixedIn\":[" + fixedIn + "]}}");
    }

    int putSeverity(String name, String severity) throws IOException {
        return ask("PUT", VULNERABILITIES + "/" + name, "{\"Vulnerability\":{\"Severity\":\"" + severity + "\"}}");
    }

    int deleteVulnerability(String name) throws IOException {
        return ask("DELETE", VULNERABILITIES + "/" + name, null);
    }

    /** Puts a fix: package and version with a space between. */
    int putFix(String name, String fix) throws IOException {
        return ask("PUT", fixes(name) + "/" + fix.split(" ", 2)[0], "{\"Feature\":" + fix(fix) + "}");
    }

    int deleteFix(String name, String feature) throws IOException {
        return ask("DELETE", fixes(name) + "/" + feature, null);
    }

    private static String fixes(String name) {
        return VULNERABILITIES + "/" + name + "/fixes";
    }

    private static String fix(String text) {
        String[] words = text.split(" ", 2);
        return "{\"Name\":\"" + words[0] + "\",\"NamespaceName\":\"" + NAMESPACE
                + "\",\"VersionFormat\":\"dpkg\",\"Version\":\"" + words[1] + "\"}";
    }

    /** A vulnerability's severity and fixes, in an order of their own; nothing when it is not known. */
    Optional<String> vulnerability(String name) throws IOException {
        Optional<JsonObject> found = found(VULNERABILITIES + "/" + name + "?fixedIn", "Vulnerability");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Stream<String> fixes = objects(found.get(), "FixedIn").stream()
                .map(fix -> text(fix, "Name") + " " + text(fix, "Version"))
                .sorted();
        return Optional.of(text(found.get(), "Severity") + ": " + fixes.collect(Collectors.joining(", ")));
    }

    /** A layer's packages with their versions, and what affects each, with severity and fix; nothing when it is not known. */
    Optional<SortedMap<String, String>> layer(String name) throws IOException {
        Optional<JsonObject> found = found("/v1/layers/" + name + "?features&vulnerabilities", "Layer");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, String> features = new TreeMap<>();
        for (JsonObject feature : objects(found.get(), "Features")) {
            Stream<String> vulnerabilities = objects(feature, "Vulnerabilities").stream()
                    .map(each -> text(each, "Name") + " " + text(each, "Severity") + " " + text(each, "FixedBy"))
                    .sorted();
            String before = features.put(
                    text(feature, "Name") + " " + text(feature, "Version"),
                    vulnerabilities.collect(Collectors.joining(", ")));
            assertThat(before).as("listed twice in " + name).isNull();
        }
        return Optional.of(features);
    }

    private Optional<JsonObject> found(String target, String name) throws IOException {
        RawHttp.Reply reply = told("GET", target, null);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        assertThat(reply.status()).as(target + ": " + reply.body()).isEqualTo(200);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        return Optional.of(
                Objects.requireNonNull(((JsonObject) Json.parse(body, MOST_BYTES, Limits.DEFAULT)).object(name)));
    }

    private static List<JsonObject> objects(JsonObject from, String name) {
        try {
            return from.objects(name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(JsonObject from, String name) {
        try {
            return String.valueOf(from.string(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
