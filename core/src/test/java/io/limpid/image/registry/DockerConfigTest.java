package io.limpid.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigTest {
    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();

    private static String auth(String both) {
        return "{\"auth\":\"" + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)) + "\"}";
    }

    private String found(String config, String host, String repository, @Nullable String helper) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), config);
        HelperProgram program = (name, server) -> {
            asked.add(name + " " + server);
            return helper;
        };
        return switch (new DockerConfig(file, true, program, Limits.DEFAULT).find(host, repository)) {
            case Credentials.Anonymous _ -> "nobody";
            case Credentials.Login login -> login.user() + "/" + login.password();
            case Credentials.IdentityToken token -> "identity " + token.token();
            case Credentials.RegistryToken token -> "token " + token.token();
        };
    }

    /** Columns: what the entry is for; host, repository; whether it is given. */
    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io, a/b, true",
        "https://ghcr.io, ghcr.io, a, true",
        "https://ghcr.io/v1/, ghcr.io, a, true",
        "http://GHCR.io/v2, ghcr.io, a, true",
        "https://index.docker.io/v1/, docker.io, library/alpine, true",
        "docker.io, docker.io, library/alpine, true",
        "localhost:5000, localhost:5000, a, true",
        "quay.io/team, quay.io, team/app, true",
        "quay.io/team, quay.io, team, true",
        "quay.io/team, quay.io, teamwork/app, false",
        "quay.io/team, quay.io, other, false",
        "localhost, localhost:5000, a, false",
        "localhost:5000, localhost, a, false",
        "localhost:5000, localhost:5001, a, false",
        "ghcr.io, evil-ghcr.io, a, false",
        "ghcr.io, ghcr.io.evil.example, a, false",
        "ghcr.io, sub.ghcr.io, a, false",
        "sub.ghcr.io, ghcr.io, a, false",
        "index.docker.io, example.org, a, false",
        "HOST, HOST, a, true",
        "*, ghcr.io, a, false",
        "https://ghcr.io@evil.example/, ghcr.io, a, false",
    })
    void onlyForExactlyTheHost(String key, String host, String repository, boolean given) throws IOException {
        String config = "{\"auths\":{\"" + key + "\":" + auth("u:p:w") + "}}";
        assertThat(found(config, host, repository, null)).isEqualTo(given ? "u/p:w" : "nobody");
        assertThat(asked).isEmpty();
        found("{\"credHelpers\":{\"" + key + "\":\"tool\"}}", host, "", null);
        assertThat(asked).hasSize(given && !key.contains("team") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"username\":\"u\",\"password\":\"p\"}|u/p",
                "{\"identitytoken\":\"t\",\"auth\":\"eDp5\"}|identity t",
                "{\"registrytoken\":\"t\"}|token t",
                "{}|nobody",
                "{\"auth\":\"\"}|nobody",
            })
    void formsOfAnEntry(String entry, String told) throws IOException {
        assertThat(found("{\"auths\":{\"h.example\":" + entry + "}}", "h.example", "a", null))
                .isEqualTo(told);
    }

    @Test
    void theNarrowestEntryCounts() throws IOException {
        String config = "{\"auths\":{\"h.example/a\":" + auth("a:1") + ",\"h.example/a/b\":" + auth("b:2")
                + ",\"h.example\":" + auth("c:3") + "}}";
        assertThat(found(config, "h.example", "a/b/c", null)).isEqualTo("b/2");
        assertThat(found(config, "h.example", "a/x", null)).isEqualTo("a/1");
        assertThat(found(config, "h.example", "x", null)).isEqualTo("c/3");
    }

    /** Columns: the configuration, the host, what the helper says; what it is asked, what is found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "{\"credsStore\":\"s\"}|h.example|{\"Username\":\"u\",\"Secret\":\"p\"}|s h.example|u/p",
                "{\"credsStore\":\"s\"}|docker.io|{\"ServerURL\":\"https://index.docker.io/v1/\",\"Username\":\"u\",\"Secret\":\"p\"}|s"
                    + " https://index.docker.io/v1/|u/p",
                "{\"credsStore\":\"s\",\"credHelpers\":{\"h.example\":\"t\"}}|h.example|{\"Username\":\"<token>\",\"Secret\":\"p\"}|t"
                    + " h.example|identity p",
                "{\"credsStore\":\"s\",\"auths\":{\"h.example\":{\"auth\":\"dTpw\"}}}|h.example|-|s h.example|u/p",
                "{\"credsStore\":\"\"}|h.example|-|-|nobody",
            })
    void helpers(String config, String host, @Nullable String says, @Nullable String question, String told)
            throws IOException {
        assertThat(found(config, host, "a", says)).isEqualTo(told);
        assertThat(asked).isEqualTo(question == null ? List.of() : List.of(question));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"credsStore\":\"../../bin/sh\"}|{}|no plain word",
                "{\"credsStore\":\"s\"}|secret|no JSON object with Username",
                "{\"credsStore\":\"s\"}|{\"Username\":\"u\"}|no JSON object with Username",
                "{\"credsStore\":\"s\"}|{\"ServerURL\":\"other.example\",\"Username\":\"u\",\"Secret\":\"p\"}|of"
                        + " another server",
                "{\"auths\":{\"h.example\":{\"auth\":\"secret!\"}}}|{}|no text~",
                "[]|{}|no JSON object",
                "{|{}|no JSON",
                "{\"auths\":[]}|{}|an object",
            })
    void brokenOnesAreToldWithoutWhatIsInThem(String config, String says, String told) {
        String word = told.startsWith("no text") ? "base64" : told;
        assertThatThrownBy(() -> found(config, "h.example", "a", says))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.getMessage()).contains(word).doesNotContain("secret");
                    assertThat(e.hint()).isNotNull();
                });
    }

    @Test
    void whereItLies() throws IOException {
        Path named = Files.writeString(folder.resolve("auth.json"), "{\"auths\":{\"h\":" + auth("a:1") + "}}");
        Files.createDirectories(folder.resolve(".docker"));
        Files.writeString(folder.resolve(".docker/config.json"), "{\"auths\":{\"h\":" + auth("b:2") + "}}");
        Files.writeString(folder.resolve("config.json"), "{\"auths\":{\"h\":" + auth("c:3") + "}}");
        String home = folder.toString();
        assertThat(user(Map.of("HOME", home))).isEqualTo("b");
        assertThat(user(Map.of("HOME", home, "DOCKER_CONFIG", home))).isEqualTo("c");
        assertThat(user(Map.of("HOME", home, "DOCKER_CONFIG", home, "REGISTRY_AUTH_FILE", named.toString())))
                .isEqualTo("a");
        assertThat(user(Map.of("HOME", folder.resolve("none").toString()))).isEqualTo("nobody");
        assertThatThrownBy(() -> user(Map.of("REGISTRY_AUTH_FILE", home + "/none")))
                .hasMessageContaining("no such file");
    }

    private static String user(Map<String, String> environment) throws IOException {
        DockerConfig config = DockerConfig.ofEnvironment(environment, HelperProgram.NONE, Limits.DEFAULT);
        return config.find("h", "a") instanceof Credentials.Login login ? login.user() : "nobody";
    }

    @Test
    void secretsAreNotWrittenOut() {
        assertThat(new Credentials.Login("user", "secret", "file")
                        + new Credentials.IdentityToken("secret", "file").toString()
                        + new Credentials.RegistryToken("secret", "file"))
                .doesNotContain("secret")
                .contains("file");
    }
}
