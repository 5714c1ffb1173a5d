package io.limpid.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A process that scans images again and again with the command line's own main: {@code CACHE FOLDER PAUSE}; it ends when its input does, and says
 * how often it did. Beside each image lies the report that is right.
 */
final class ScanProcess {
    private ScanProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[1]);
        // Everything is loaded, so that being killed hits what is done and not what is prepared.
        scan(folder.resolve("cache-" + ProcessHandle.current().pid()), folder.resolve("image-0.tar"));
        System.out.println("ready");
        System.out.flush();
        if (System.in.read() < 0) {
            return;
        }
        int scans = 0;
        while (System.in.available() == 0) {
            for (int i = 0; Files.exists(folder.resolve("image-" + i + ".tar")); i++) {
                Path image = folder.resolve("image-" + i + ".tar");
                byte[] report = scan(Path.of(args[0]), image);
                if (!Arrays.equals(report, Files.readAllBytes(folder.resolve("image-" + i + ".json")))) {
                    throw new IllegalStateException(image + ": " + new String(report, StandardCharsets.UTF_8));
                }
                scans++;
                Thread.sleep(Long.parseLong(args[2]));
            }
        }
        System.out.println("scans " + scans);
    }

    /** The report, made with this cache. */
    static byte[] scan(Path cache, Path image) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        Console console = new Console(
                System.in, stdout, new PrintStream(stderr, true, StandardCharsets.UTF_8), Map.of(), false, false);
        String[] words = {
            "scan", "--offline", "--reproducible", "-o", "json", "--cache", cache.toString(), image.toString()
        };
        int code = Main.run(words, console);
        String said = stderr.toString(StandardCharsets.UTF_8);
        if (code != ExitCode.FINE || said.contains("facts")) {
            throw new IllegalStateException(code + ": " + said);
        }
        return stdout.toByteArray();
    }
}
