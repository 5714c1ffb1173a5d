package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys in the forms that openssl writes, and files that hold none. */
class PemTest {
    @TempDir
    private Path folder;

    private OpenSsl made(String... kind) throws IOException {
        OpenSsl openSsl = OpenSsl.in(folder);
        openSsl.authority("own");
        openSsl.certificate("client", "own", "extendedKeyUsage = clientAuth", List.of(kind), "2");
        return openSsl;
    }

    private X509Certificate certificate() throws NetFailure {
        return pem("client-cert.pem").certificates().getFirst();
    }

    private Pem pem(String name) {
        return new Pem(folder.resolve(name), "a hint");
    }

    private String refused(String name) throws NetFailure {
        X509Certificate certificate = certificate();
        NetFailure failure =
                catchThrowableOfType(NetFailure.class, () -> pem(name).key(certificate));
        assertThat(failure.told("it failed").hint()).isEqualTo("a hint");
        return String.valueOf(failure.getMessage());
    }

    /** Columns: the kind of the key; openssl's words for another form of it, and what stands in that then. */
    @ParameterizedTest
    @CsvSource({
        "rsa:2048, pkey, BEGIN PRIVATE KEY",
        "rsa:2048, rsa -traditional, BEGIN RSA PRIVATE KEY",
        "rsa:4096, rsa -traditional, BEGIN RSA PRIVATE KEY",
        "ec -pkeyopt ec_paramgen_curve:P-256, pkey, BEGIN PRIVATE KEY",
        "ec -pkeyopt ec_paramgen_curve:P-256, ec, BEGIN EC PRIVATE KEY",
        "ec -pkeyopt ec_paramgen_curve:P-384, ec, BEGIN EC PRIVATE KEY",
        "ec -pkeyopt ec_paramgen_curve:P-521, ec -no_public, BEGIN EC PRIVATE KEY",
        "ed25519, pkey, BEGIN PRIVATE KEY",
    })
    void formsOfKeys(String kind, String form, String says) throws IOException {
        OpenSsl openSsl = made(kind.split(" ", -1));
        openSsl.run(List.of((form + " -in client-key.pem -out other.pem").split(" ", -1)));
        String text = Files.readString(folder.resolve("other.pem"));
        assertThat(text).contains(says);
        // That it is the certificate's is looked at before it is given.
        assertThat(pem("other.pem").key(certificate()).getAlgorithm())
                .isEqualTo(certificate().getPublicKey().getAlgorithm());
        Files.writeString(
                folder.resolve("words.pem"),
                "Bag Attributes: x\r\n"
                        + "-----BEGIN EC PARAMETERS-----\r\n"
                        + "BggqhkjOPQMBBw==\r\n"
                        + "-----END EC PARAMETERS-----\r\n"
                        + text.replace("\n", "\r\n"));
        assertThat(pem("words.pem").key(certificate()).getAlgorithm())
                .isEqualTo(certificate().getPublicKey().getAlgorithm());
    }

    @Test
    void keysThatCannotBeUsed() throws IOException {
        OpenSsl openSsl = made("rsa:2048");
        openSsl.run(List.of(
                "rsa", "-traditional", "-aes128", "-passout", "pass:x", "-in", "client-key.pem", "-out", "old.pem"));
        openSsl.run(List.of("pkcs8", "-topk8", "-passout", "pass:x", "-in", "client-key.pem", "-out", "encrypted.pem"));
        openSsl.certificate("rsa", "own", "", List.of("rsa:2048"), "2");
        openSsl.certificate("ec", "own", "");
        Files.writeString(folder.resolve("garbage.pem"), "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA");
        assertThat(refused("old.pem")).endsWith("the key in it is encrypted, and nobody can be asked for the password");
        assertThat(refused("encrypted.pem")).contains("the key in it is encrypted");
        assertThat(refused("rsa-key.pem")).endsWith("is not that of the certificate that belongs to it");
        assertThat(refused("ec-key.pem")).contains("is not of the kind of its certificate's (RSA)");
        assertThat(refused("client-cert.pem")).endsWith("there is no private key in it");
        assertThat(refused("garbage.pem")).contains("cannot be read");
        assertThat(refused("none.pem"))
                .endsWith("no such file")
                .contains(folder.resolve("none.pem").toString());
    }
}
