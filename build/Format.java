import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Formats the Java files of the repository, or names those that are not formatted.
 *
 * <p>Run by the root pom as a single source file, on the toolchain's java: the formatter uses the compiler's own parser, which must know the
 * language that the files are written in, and Maven's own java may be older. Texts found formatted once are remembered by their digest, so
 * that a second run reads files and formats none.
 */
public class Format {
    private static final String FIX = "mvn -N process-sources -Dformat=write";
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");

    private final String version;
    private final Set<String> known;
    private final Set<String> unformatted = new ConcurrentSkipListSet<>();
    private final Set<String> unreadable = new ConcurrentSkipListSet<>();
    private final Set<String> formatted = new ConcurrentSkipListSet<>();

    private Format(String version, Set<String> known) {
        this.version = version;
        this.known = known;
    }

    /** Arguments: {@code check}, {@code write} or {@code off}; the repository; where to remember; the formatter's version. */
    public static void main(String[] arguments) throws IOException {
        String mode = arguments[0];
        if (mode.equals("off")) {
            return;
        }
        if (!mode.equals("check") && !mode.equals("write")) {
            System.err.println("-Dformat=" + mode + ": it is check, write or off");
            System.exit(1);
        }
        Path root = Path.of(arguments[1]);
        Path memory = Path.of(arguments[2]);
        Format format =
                new Format(arguments[3], Files.exists(memory) ? Set.copyOf(Files.readAllLines(memory)) : Set.of());
        javaFiles(root).parallelStream().forEach(file -> format.one(root, file, mode.equals("write")));
        Files.createDirectories(memory.getParent());
        Files.write(memory, new TreeSet<>(format.formatted));
        System.exit(format.report(mode.equals("write")) ? 0 : 1);
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                Path name = folder.getFileName();
                return name != null && NOT_OURS.contains(name.toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private void one(Path root, Path file, boolean write) {
        String name = root.relativize(file).toString();
        try {
            String text = Files.readString(file);
            if (known.contains(digest(text))) {
                formatted.add(digest(text));
                return;
            }
            String right = Formatter.createFormatter(JavaFormatterOptions.builder()
                            .style(JavaFormatterOptions.Style.PALANTIR)
                            .build())
                    .formatSourceAndFixImports(text);
            if (right.equals(text)) {
                formatted.add(digest(text));
            } else {
                unformatted.add(name);
            }
            if (write && !right.equals(text)) {
                Files.writeString(file, right);
                formatted.add(digest(right));
            }
        } catch (IOException | FormatterException e) {
            unreadable.add(name + ": " + e.getMessage());
        }
    }

    private boolean report(boolean written) {
        if (written) {
            unformatted.forEach(name -> System.out.println("formatted " + name));
        } else if (!unformatted.isEmpty()) {
            System.err.println("not formatted:");
            unformatted.forEach(name -> System.err.println("  " + name));
            System.err.println("to format them: " + FIX);
        }
        unreadable.forEach(name -> System.err.println("cannot be formatted: " + name));
        return unreadable.isEmpty() && (written || unformatted.isEmpty());
    }

    private String digest(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(version.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
