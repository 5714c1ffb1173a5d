package io.limpid.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Authorities, certificates and keys as people make them for Docker, by openssl; where it is absent the calling test is skipped with a word. */
public final class OpenSsl {
    private static final String[] EC = {"ec", "-pkeyopt", "ec_paramgen_curve:P-256"};

    private final Path folder;

    private OpenSsl(Path folder) {
        this.folder = folder;
    }

    /** Makes files in a folder. */
    public static OpenSsl in(Path folder) {
        return new OpenSsl(folder);
    }

    /** An authority: {@code NAME-ca.pem} and its key. */
    public Path authority(String name) throws IOException {
        List<String> command = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "2", "-newkey"));
        command.addAll(List.of(EC));
        command.addAll(List.of("-subj", "/CN=" + name, "-keyout", name + "-ca-key.pem", "-out", name + "-ca.pem"));
        run(command);
        return folder.resolve(name + "-ca.pem");
    }

    /**
     * A certificate and its key: {@code NAME-cert.pem}, {@code NAME-key.pem}.
     *
     * @param extensions lines of openssl's configuration, {@code extendedKeyUsage = clientAuth}
     */
    public void certificate(String name, String authority, String extensions) throws IOException {
        certificate(name, authority, extensions, List.of(EC), "2");
    }

    /**
     * The same, with a key of another kind or another time.
     *
     * @param kind openssl's words for the new key
     * @param days how long it is valid; less than nothing for one that is not
     */
    public void certificate(String name, String authority, String extensions, List<String> kind, String days)
            throws IOException {
        Files.writeString(folder.resolve(name + ".ext"), extensions + "\n");
        List<String> request = new ArrayList<>(List.of("req", "-nodes", "-newkey"));
        request.addAll(kind);
        request.addAll(List.of("-subj", "/CN=" + name, "-keyout", name + "-key.pem", "-out", name + ".csr"));
        run(request);
        run(List.of(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                authority + "-ca.pem",
                "-CAkey",
                authority + "-ca-key.pem",
                "-CAcreateserial",
                "-days",
                days,
                "-extfile",
                name + ".ext",
                "-out",
                name + "-cert.pem"));
    }

    /** Runs openssl in the folder. */
    public void run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        Path log = folder.resolve("openssl.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        } catch (IOException _) {
            Assumptions.abort("skipped: no openssl here");
        }
    }

    /** Puts the files of a name, and the certificate of an authority, into a folder as Docker wants to find them. */
    public Path dockerFolder(String target, String authority, String name) throws IOException {
        Path made = Files.createDirectories(folder.resolve(target));
        Files.copy(folder.resolve(authority + "-ca.pem"), made.resolve("ca.pem"));
        if (!name.isEmpty()) {
            Files.copy(folder.resolve(name + "-cert.pem"), made.resolve("cert.pem"));
            Files.copy(folder.resolve(name + "-key.pem"), made.resolve("key.pem"));
        }
        return made;
    }
}
