package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The run from which the start-up cache is made: all that most commands do, on small images and advisories of its own.
 *
 * <p>What is not done here is loaded and compiled as if there were no cache: slower, never otherwise.
 */
final class StartTraining {
    /** As many advisories as there are of a kernel: how they are looked up is learnt from these. */
    private static final int ADVISORIES = 4000;

    private static final String SECDB = """
        {"apkurl": "{{urlprefix}}/{{distroversion}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk", "archs": ["x86_64"],
         "reponame": "main", "urlprefix": "https://dl-cdn.alpinelinux.org/alpine", "distroversion": "v3.20",
         "packages": [{"pkg": {"name": "busybox", "secfixes": {"1.36.1-r29": ["CVE-2023-42363"], "0": ["CVE-2022-0001"]}}}]}
        """;

    private final Path folder;
    private final Console console;

    private StartTraining(Path folder) {
        this.folder = folder;
        OutputStream nowhere = OutputStream.nullOutputStream();
        this.console = new Console(
                InputStream.nullInputStream(),
                nowhere,
                new PrintStream(nowhere, true, UTF_8),
                Map.of("XDG_CACHE_HOME", folder.toString()),
                false,
                false);
    }

    public static void main(String[] arguments) throws IOException {
        NativeLibraries.useThoseShipped();
        Console.ofProcess();
        StartCache.ofProcess().keep(System.err);
        Path folder = Files.createTempDirectory("limpid-training");
        HttpServer mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/", StartTraining::answer);
        mirror.start();
        try {
            new StartTraining(folder)
                    .train("http://127.0.0.1:" + mirror.getAddress().getPort());
        } finally {
            mirror.stop(0);
            delete(folder);
        }
    }

    private void train(String mirror) throws IOException {
        run("scan");
        run("--version");
        run("version", "compare", "--scheme", "deb", "1.0-1", "1.0-2");
        run("no-such-command");
        run("demo");
        for (String image : images()) {
            run("scan", "--feeds-mirror", mirror, "-o", "json=" + folder.resolve("report.json"), "-o", "table", image);
            run("scan", "--feeds-mirror", mirror, "--offline", "-q", "-o", "json", "--fail-on", "high", image);
            run("scan", "--feeds-mirror", mirror, "--refresh", "1d", "--packages", "--reproducible", image);
        }
        // The first use of an installation without a network.
        run(
                "scan",
                "--offline",
                "-q",
                "-o",
                "json",
                folder.resolve("alpine.tar").toString());
        run("db", "list", "--feeds-mirror", mirror);
    }

    private void run(String... words) {
        // Most of it is meant to go well, but no single failure shall keep the rest from being learnt.
        Main.run(words, console);
    }

    private List<String> images() throws IOException {
        byte[] debian = bytes(DemoImage::write);
        byte[] alpine = bytes(TrainingImage::write);
        return List.of(
                unpacked(alpine, folder.resolve("layout")),
                kept("debian.tar", debian),
                kept("debian.tar.gz", compressed(debian, GZIPOutputStream::new)),
                kept("alpine.tar", alpine),
                kept("alpine.tar.zst", compressed(alpine, ZstdOutputStreamNoFinalizer::new)));
    }

    private static String unpacked(byte[] archive, Path layout) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = layout.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return layout.toString();
    }

    private String kept(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        return file.toString();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String text = path.endsWith("/data/json") ? tracker() : path.endsWith("/main.json") ? SECDB : "";
        try (exchange) {
            byte[] body = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(text.isEmpty() ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Debian's security tracker: of each four vulnerabilities one is open, the others were fixed before or after what is installed. */
    private static String tracker() {
        StringBuilder text = new StringBuilder("{\"openssl\": {");
        for (int i = 0; i < ADVISORIES; i++) {
            String fix = i % 4 == 0
                    ? "\"status\": \"open\""
                    : "\"status\": \"resolved\", \"fixed_version\": \"3.0." + i % 20 + "-1~deb12u" + i + "\"";
            text.append(i == 0 ? "" : ",").append("""
                "CVE-2024-%04d": {"description": "sample", "scope": "remote", "releases": {"bookworm": {%s,
                  "repositories": {"bookworm": "3.0.15-1~deb12u1"}, "urgency": "not yet assigned"}}}
                """.formatted(i, fix));
        }
        return text.append("}}").toString();
    }

    /** Writes something to a stream. */
    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Makes a stream that compresses. */
    @FunctionalInterface
    private interface Compressor {
        OutputStream to(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static byte[] compressed(byte[] plain, Compressor compressor) throws IOException {
        return bytes(out -> {
            try (OutputStream compressing = compressor.to(out)) {
                compressing.write(plain);
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
