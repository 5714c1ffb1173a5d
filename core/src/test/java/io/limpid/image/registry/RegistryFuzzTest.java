package io.limpid.image.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.image.Reference;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What registries ask for, and what people call images: a value or the declared failure. */
final class RegistryFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void challenges(byte[] bytes) {
        for (Challenge challenge : Challenge.parse(List.of(new String(bytes, ISO_8859_1)))) {
            if (challenge.scheme().isEmpty()
                    || !challenge.scheme().equals(challenge.scheme().toLowerCase(Locale.ROOT))) {
                throw new AssertionError(challenge.toString());
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void references(byte[] bytes) {
        try {
            Reference reference = Reference.parse(new String(bytes, UTF_8));
            if (!Reference.parse(reference.toString()).equals(reference)) {
                throw new AssertionError(reference.toString());
            }
            // What it becomes is always a URL of that host.
            String url = Endpoint.of(reference.host(), reference.repository(), true)
                    .url("manifests/" + reference.manifest())
                    .toString();
            // A tag may have dots in a row, no step of the path is made of them alone.
            if (!url.contains("/v2/") || (url + "/").contains("/../")) {
                throw new AssertionError(url);
            }
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null) {
                throw new AssertionError(e);
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void mirrors(byte[] bytes) {
        try {
            Mirror mirror = Mirror.parse(new String(bytes, UTF_8));
            if (mirror.host().indexOf('@') >= 0) {
                throw new AssertionError(mirror.toString());
            }
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null) {
                throw new AssertionError(e);
            }
        }
    }

    /** A file that logins were kept in: credentials for a host, none, or the declared error; no helper has any. */
    @FuzzTest(maxDuration = "1m")
    void dockerConfig(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("config", "fuzz");
        try {
            Files.write(file, bytes);
            DockerConfig config = new DockerConfig(file, true, (program, server) -> null, Limits.DEFAULT);
            Credentials found = config.find("registry.example:5000", "team/app");
            // What is shown of it in a message is never the secret.
            if (found instanceof Credentials.Login login
                    && login.password().length() > 20
                    && !login.user().contains(login.password())
                    && login.toString().contains(login.password())) {
                throw new AssertionError("a secret is shown");
            }
        } catch (LimpidException e) {
            if (e.reason() == null) {
                throw new AssertionError("an error without a cause", e);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
