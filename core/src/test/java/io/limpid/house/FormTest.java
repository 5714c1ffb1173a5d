package io.limpid.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Files and methods that fit the eye, and a sentence for every package: over the sources of all modules. */
class FormTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final Pattern SENTENCE =
            Pattern.compile("(?s)/\\*\\*\\s.*?[\\p{L})}]\\.\\s.*?\\*/\\s*@NullMarked\\s+package ");

    @Test
    void noFileIsLongerThanTheLimit() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources("main", "test")) {
            long lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES) {
                tooLong.add(file + ": " + lines + " lines of at most " + FILE_LINES);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noMethodIsLongerThanTheLimit() throws IOException {
        assertThat(longMethods(sources("main", "test"), METHOD_LINES)).isEmpty();
    }

    @Test
    void aLongMethodIsFound() throws IOException {
        Path self = Path.of("src/test/java/io/limpid/house/FormTest.java");
        assertThat(longMethods(List.of(self), 15)).anyMatch(found -> found.contains("longMethods"));
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        TreeSet<Path> folders = new TreeSet<>();
        sources("main").forEach(file -> folders.add(file.resolveSibling("package-info.java")));
        List<Path> silent = new ArrayList<>();
        for (Path info : folders) {
            if (!Files.exists(info) || !SENTENCE.matcher(Files.readString(info)).find()) {
                silent.add(info);
            }
        }
        assertThat(silent)
                .as("each needs a javadoc sentence that ends with a full stop, then @NullMarked (imported)")
                .isEmpty();
    }

    private static List<Path> sources(String... sets) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : Repository.modules()) {
            for (String set : sets) {
                Path root = Repository.root()
                        .resolve(module)
                        .resolve("src")
                        .resolve(set)
                        .resolve("java");
                if (Files.isDirectory(root)) {
                    try (Stream<Path> walk = Files.walk(root)) {
                        walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        return files;
    }

    private static List<String> longMethods(List<Path> files, int limit) throws IOException {
        List<String> found = new ArrayList<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                LineMap lines = unit.getLineMap();
                new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        long first = lines.getLineNumber(positions.getStartPosition(unit, method));
                        long last = lines.getLineNumber(positions.getEndPosition(unit, method));
                        // A table is no method to read: its rows are.
                        boolean table = "Stream<Arguments>".equals(String.valueOf(method.getReturnType()));
                        if (last - first + 1 > limit && !table) {
                            found.add(unit.getSourceFile().getName() + ":" + first + ": " + method.getName() + " has "
                                    + (last - first + 1) + " lines of at most " + limit);
                        }
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        }
        return found;
    }
}
