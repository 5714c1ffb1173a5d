package io.limpid.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.testing.OpenSsl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys as this program and as openssl write them. */
class KeysTest {
    @TempDir
    Path folder;

    @Test
    void aKeyIsReadAsItWasWritten() throws Exception {
        SigningKey key = SigningKey.generate();
        SigningKey again = TrustedKeys.signing(key.pem());
        assertThat(again.verifying()).isEqualTo(key.verifying());
        byte[] message = "any".getBytes(StandardCharsets.UTF_8);
        assertThat(key.verifying().hasSigned(message, again.sign(message))).isTrue();
        assertThat(key.verifying().hasSigned(new byte[3], again.sign(message))).isFalse();
        assertThat(SigningKey.generate().verifying().hasSigned(message, key.sign(message)))
                .isFalse();
    }

    @Test
    void aTrustedKeyIsAFileAFolderATextOrAnId() throws Exception {
        VerifyingKey key = SigningKey.generate().verifying();
        VerifyingKey other = SigningKey.generate().verifying();
        Path file = Files.writeString(folder.resolve("a.pub"), key.pem());
        Files.writeString(folder.resolve("b.pem"), "# both\n" + other.pem() + key.pem());
        Files.writeString(folder.resolve("c.txt"), "not a key");
        assertThat(TrustedKeys.of(file.toString())).containsExactly(key);
        assertThat(TrustedKeys.of(folder.toString())).containsExactly(key, other);
        assertThat(TrustedKeys.of(key.pem() + other.pem())).containsExactly(key, other);
        assertThat(TrustedKeys.of(" " + key.id().toUpperCase(java.util.Locale.ROOT)))
                .containsExactly(key);
        assertThat(TrustedKeys.inFolder(folder.resolve("none"))).isEmpty();
    }

    @Test
    void whatIsNoKeyIsTold() throws Exception {
        SigningKey key = SigningKey.generate();
        for (String text : List.of("", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", key.pem())) {
            Path file = Files.writeString(folder.resolve("x.pub"), text);
            assertThatThrownBy(() -> TrustedKeys.of(file.toString())).hasMessageContaining("no key to trust in");
        }
        assertThatThrownBy(() -> TrustedKeys.of(key.pem())).hasMessageContaining("it is a private key");
        assertThatThrownBy(() -> TrustedKeys.signing(key.verifying().pem()))
                .hasMessageContaining("no key to sign with")
                .hasMessageNotContaining("BEGIN");
    }

    @Test
    void opensslsKeysAreTheSame() throws Exception {
        OpenSsl openssl = OpenSsl.in(folder);
        openssl.run(List.of("genpkey", "-algorithm", "ed25519", "-out", "theirs.key"));
        openssl.run(List.of("pkey", "-in", "theirs.key", "-pubout", "-out", "theirs.pub"));
        SigningKey theirs = TrustedKeys.signing(folder.resolve("theirs.key").toString());
        assertThat(TrustedKeys.of(folder.resolve("theirs.pub").toString())).containsExactly(theirs.verifying());
        assertThat(theirs.verifying().pem()).isEqualTo(Files.readString(folder.resolve("theirs.pub")));
        assertThat(theirs.pem()).isEqualTo(Files.readString(folder.resolve("theirs.key")));
        Path message = Files.writeString(folder.resolve("message"), "signed here, verified there");
        Files.write(folder.resolve("signature"), theirs.sign(Files.readAllBytes(message)));
        openssl.run(List.of(
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                "theirs.pub",
                "-rawin",
                "-in",
                "message",
                "-sigfile",
                "signature"));
    }
}
