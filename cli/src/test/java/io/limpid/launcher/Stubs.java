package io.limpid.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The lib folder of an installed copy whose two mains only say how they were started. */
final class Stubs {
    private static final String SOURCE = """
        package NAME;

        public class Main {
            public static void main(String[] words) throws Exception {
                StringBuilder line = new StringBuilder("NAME.Main ");
                for (String word : words) {
                    line.append('[').append(word).append(']');
                }
                System.out.println(line);
                System.out.println("path " + System.getProperty("java.class.path"));
                System.out.println("option " + System.getProperty("limpid.test"));
                System.out.println("terminals " + System.getenv("LIMPID_TERMINALS"));
                System.out.println("columns " + System.getenv("LIMPID_COLUMNS"));
                System.out.println("stdin " + new String(System.in.readAllBytes()));
                System.exit(7);
            }
        }
        """;

    private Stubs() {}

    /** Makes {@code lib/cli.jar} and {@code lib/server/server.jar} below a new folder, and gives that back. */
    static Path into(Path folder) throws IOException {
        Path copy = folder.resolve("stubs");
        Files.createDirectories(copy.resolve("lib/server"));
        jar(folder, "io.limpid.cli", copy.resolve("lib/cli.jar"));
        jar(folder, "io.limpid.server", copy.resolve("lib/server/server.jar"));
        return copy;
    }

    /** Copies a folder with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void jar(Path folder, String name, Path jar) throws IOException {
        Path source = Files.createDirectories(folder.resolve(name)).resolve("Main.java");
        Files.writeString(source, SOURCE.replace("NAME", name));
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.resolve("classes").toString(), source.toString());
        if (code != 0) {
            throw new IOException("the stub of " + name + " does not compile");
        }
        String path = name.replace('.', '/') + "/Main.class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry(path));
            entries.write(Files.readAllBytes(folder.resolve("classes").resolve(path)));
        }
    }
}
