package io.limpid.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.format.compress.Compression;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.ImageSource;
import io.limpid.image.ImageSources;
import io.limpid.model.Limits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Programs of the system that make what a test scans. */
final class Programs {
    private Programs() {}

    /** Runs one; what it says is the error when it fails. */
    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    /** Unpacks the base layer of an image. */
    static void unpack(Path archive, Path folder) throws IOException, InterruptedException {
        ImageSource source = ImageSources.all().stream()
                .filter(one -> one.accepts(archive))
                .findFirst()
                .orElseThrow();
        ProcessBuilder tar = new ProcessBuilder("tar", "-x", "-f", "-", "-C", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try (Image image = source.open("", new ImageRequest(archive.toString(), null, null, Limits.DEFAULT));
                BufferedInputStream in = new BufferedInputStream(
                        Objects.requireNonNull(image.layers().getFirst().blob()).open())) {
            in.mark(Compression.MAGIC_BYTES);
            byte[] first = in.readNBytes(Compression.MAGIC_BYTES);
            in.reset();
            Process process = tar.start();
            try (InputStream plain = Compression.of(first).open(in, Limits.DEFAULT);
                    OutputStream out = process.getOutputStream()) {
                plain.transferTo(out);
            }
            if (process.waitFor() != 0) {
                throw new IOException("tar cannot unpack " + archive);
            }
        }
    }

    /** What a main of the tests writes when it runs as a process to which permissions apply, whoever runs the tests. */
    static String withoutPrivileges(Class<?> main, String argument) throws IOException, InterruptedException {
        List<String> command = List.of(
                "setpriv",
                "--bounding-set=-all",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName(),
                argument);
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        try {
            Process process = new ProcessBuilder(isRoot ? command : command.subList(2, command.size()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            return said;
        } catch (IOException _) {
            return Assumptions.abort("skipped: no setpriv here (util-linux), and root may read everything");
        }
    }
}
