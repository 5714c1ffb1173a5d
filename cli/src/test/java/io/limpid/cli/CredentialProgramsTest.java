package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credential helpers as real programs: shell scripts. */
class CredentialProgramsTest {
    @TempDir
    private Path folder;

    private CredentialPrograms programs(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("docker-credential-test"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        String path = "/nowhere::" + folder + ":/usr/bin:/bin";
        return new CredentialPrograms(Map.of("PATH", path, "ONLY", "this"), Duration.ofSeconds(5));
    }

    @Test
    void asked() throws IOException {
        assertThat(programs("read server; echo \"$1 $server $ONLY $HOME\"; echo noise >&2")
                        .get("test", "h.example"))
                .isEqualTo("get h.example this \n");
        assertThat(programs("echo 'credentials not found in native keychain'; exit 1")
                        .get("test", "h.example"))
                .isNull();
        // One that does not read what it is asked.
        assertThat(programs("exec <&-; echo x").get("test", "h.example")).isEqualTo("x\n");
    }

    @ParameterizedTest
    @CsvSource({
        "echo secret; exit 1, it ended with exit code 1",
        "yes secret, more than 65536 bytes",
        "exit 3, exit code 3",
    })
    void failing(String script, String said) {
        assertThatThrownBy(() -> programs(script).get("test", "h.example"))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.getMessage()).contains("docker-credential-test", "h.example", said);
                    assertThat(e.getMessage()).doesNotContain("secret");
                    assertThat(e.hint()).isNotNull();
                });
    }

    @Test
    void oneThatDoesNotEndIsEnded() throws Exception {
        Path pid = folder.resolve("pid");
        programs("");
        CredentialPrograms impatient =
                new CredentialPrograms(Map.of("PATH", folder + ":/usr/bin:/bin"), Duration.ofMillis(700));
        programs("echo $$ >" + pid + "; sleep 1000");
        assertThatThrownBy(() -> impatient.get("test", "h.example")).hasMessageContaining("did not answer within");
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .ifPresent(
                        handle -> assertThat(handle.onExit().join().isAlive()).isFalse());
    }

    @Test
    void oneThatIsNotThere() {
        CredentialPrograms none = new CredentialPrograms(Map.of("PATH", folder.toString()));
        assertThatThrownBy(() -> none.get("test", "h.example")).hasMessageContaining("no such program");
    }
}
