package io.limpid.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the launcher as it is, over programs of its own: mains that say what they were started with, and a Maven that only copies them.
 * {@code .ci/test-launcher} does the same with a real clone and the real Maven.
 */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../limpid").toAbsolutePath().normalize();
    private static final String JAVA = System.getProperty("java.home");

    @TempDir
    static Path shared;

    private static Path stubs;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new TreeMap<>();
    private final Map<Long, Path> errors = new TreeMap<>();
    private final List<Path> linksOut = new ArrayList<>();

    @BeforeAll
    static void compileStubs() throws IOException {
        stubs = Stubs.into(shared);
    }

    @BeforeEach
    void useThisJava() {
        environment.put("LIMPID_JAVA_HOME", JAVA);
        environment.put("PATH", "/usr/bin:/bin");
    }

    /** Nobody shall wonder whether what they point to is deleted with the folder. */
    @AfterEach
    void deleteLinksOut() throws IOException {
        for (Path link : linksOut) {
            Files.delete(link);
        }
    }

    @Test
    void anInstalledCopyRunsInAFolderWithSpaces() throws Exception {
        Path limpid = install(folder.resolve("a b  c"));
        Run run = run("some input\n", limpid, "scan", "an image", "*", "$HOME", "");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("io.limpid.cli.Main [scan][an image][*][$HOME][]\n")
                .contains("stdin some input\n");
        assertThat(run.code()).isEqualTo(7);
    }

    @Test
    void serverWordsGoToTheServerWithItsJarsAndNoOthersDo() throws Exception {
        Path limpid = install(folder.resolve("copy"));
        for (String word : List.of("server", "migrate", "backup", "restore", "notifications", "vulnerabilities")) {
            assertThat(run("", limpid, word, "x").out())
                    .startsWith("io.limpid.server.Main [" + word + "][x]\n")
                    .contains("lib/server/server.jar");
        }
        assertThat(run("", limpid, "version", "server").out())
                .startsWith("io.limpid.cli.Main [version][server]\n")
                .doesNotContain("server.jar");
        assertThat(run("", limpid).out()).startsWith("io.limpid.cli.Main \n");
    }

    @Test
    void linksToItAreFollowed() throws Exception {
        Path limpid = install(folder.resolve("opt/limpid copy"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("../opt/limpid copy/limpid"));
        Files.createSymbolicLink(bin.resolve("absolute"), limpid);
        Files.createSymbolicLink(bin.resolve("twice"), Path.of("relative"));
        for (String link : List.of("relative", "absolute", "twice")) {
            assertThat(run("", bin.resolve(link), "x").out()).startsWith("io.limpid.cli.Main [x]\n");
        }
        environment.put("PATH", bin + ":/usr/bin:/bin");
        assertThat(run("", Path.of("twice"), "x").out()).startsWith("io.limpid.cli.Main [x]\n");
    }

    @Test
    void optionsForJavaAreSplitAtBlanksAndAreNoFilePatterns() throws Exception {
        environment.put("LIMPID_JAVA_OPTS", "-Dlimpid.test=* -Xmx64m");
        assertThat(run("", install(folder.resolve("copy")), "x").out()).contains("option *\n");
    }

    @Test
    void withoutATerminalNothingIsMeasured() throws Exception {
        environment.put("LIMPID_TERMINALS", "12");
        environment.put("LIMPID_COLUMNS", "33");
        assertThat(run("", install(folder.resolve("copy")), "x").out()).contains("terminals \ncolumns \n");
    }

    /** What is redirected inside the terminal, and what the program is told. */
    @ParameterizedTest
    @CsvSource({"'', 12, 97", "2>err, 1, 97", ">out, 2, 97", ">out 2>err, '', ''"})
    void theTerminalIsMeasured(String redirected, String terminals, String columns) throws Exception {
        Path limpid = install(folder.resolve("copy"));
        Path typescript = folder.resolve("typescript");
        String inside = "stty cols 97 rows 30; " + limpid + " x " + redirected + " </dev/null; cat out 2>&-; true";
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script(1) to make a terminal with");
        Process process = new ProcessBuilder("/usr/bin/script", "-qec", inside, typescript.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(typescript).replace("\r", ""))
                .contains("terminals " + terminals + "\ncolumns " + columns + "\n");
    }

    @Test
    void withoutAJavaItSaysWhatToDo() throws Exception {
        Path limpid = install(folder.resolve("copy"));
        environment.put("LIMPID_JAVA_HOME", fakeJava("old", "JAVA_VERSION=\"21.0.2\"\n"));
        environment.put("JAVA_HOME", fakeJava("ancient", "JAVA_VERSION=\"1.8.0_400\"\n"));
        environment.put("LIMPID_JVM_FOLDER", folder.resolve("none").toString());
        environment.put("PATH", commands("readlink").toString());
        Run run = run("", limpid, "scan");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .containsSubsequence(
                        "error: Java 25 or newer was not found\n", "cause: ", "old", "\nhint: install a JDK 25");
    }

    @Test
    void theFirstJavaThatIsNewEnoughIsTaken() throws Exception {
        Path limpid = install(folder.resolve("copy"));
        Files.createDirectories(folder.resolve("jvm"));
        link(folder.resolve("jvm/b-this"), Path.of(JAVA));
        fakeJava("jvm/a-old", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.15\"\n");
        environment.put("LIMPID_JAVA_HOME", fakeJava("old", "JAVA_VERSION=\"24\""));
        environment.put("JAVA_HOME", fakeJava("odd", "JAVA_VERSION=\n"));
        environment.put("LIMPID_JVM_FOLDER", folder.resolve("jvm").toString());
        Run run = run("", limpid, "x");
        assertThat(run.out()).startsWith("io.limpid.cli.Main [x]\n");
        assertThat(run.err())
                .isEqualTo("limpid: LIMPID_JAVA_HOME=" + folder.resolve("old")
                        + " is not the home of a Java 25 or newer; looking further\n");
    }

    @Test
    void theJavaInPathIsTakenLast() throws Exception {
        Path limpid = install(folder.resolve("copy"));
        Path bin = commands("readlink");
        link(bin.resolve("java"), Path.of(JAVA, "bin", "java"));
        environment.remove("LIMPID_JAVA_HOME");
        environment.put("LIMPID_JVM_FOLDER", folder.resolve("none").toString());
        environment.put("PATH", bin.toString());
        assertThat(run("", limpid, "x").out()).startsWith("io.limpid.cli.Main [x]\n");
    }

    @Test
    void anIncompleteCopySaysSo() throws Exception {
        Path limpid = install(folder.resolve("copy"));
        Files.delete(folder.resolve("copy/lib/cli.jar"));
        Run run = run("", limpid, "x");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error: Limpid is not whole: no jars in ")
                .contains("\ncause: ", "\nhint: ");
    }

    @Test
    void aCheckoutBuildsOnceAndAgainWhenASourceChanges() throws Exception {
        Path limpid = checkout("cp -r \"$STUBS/.\" cli/target/limpid/");
        Run first = run("", limpid, "x");
        assertThat(first.err()).isEqualTo("limpid: building (first use, takes a minute) ...\n");
        assertThat(first.out()).startsWith("io.limpid.cli.Main [x]\n");
        assertThat(run("", limpid, "x").err()).isEmpty();

        Path source = limpid.resolveSibling("core/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        Run changed = run("", limpid, "x");
        assertThat(changed.err()).isEqualTo("limpid: building (the sources have changed) ...\n");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void startsAtOnceBuildOnce() throws Exception {
        Path limpid = checkout("sleep 1; cp -r \"$STUBS/.\" cli/target/limpid/");
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(start(limpid, "x" + i));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(finish(starts.get(i), "").out()).startsWith("io.limpid.cli.Main [x" + i + "]\n");
        }
        assertThat(builds()).isEqualTo(1);
    }

    /** Columns: what holds the lock without flock, and whether it is waited for in vain. */
    @ParameterizedTest
    @CsvSource({"nobody, false", "a dead one, false", "a living one, true", "one on another machine, true"})
    void withoutFlockALockIsInheritedFromTheDeadAndTheWaitIsBounded(String owner, boolean inVain) throws Exception {
        Path limpid = checkout("sleep 1; cp -r \"$STUBS/.\" cli/target/limpid/");
        Path tools = commands("cp", "find", "mkdir", "mv", "readlink", "rmdir", "sleep", "uname");
        environment.put("PATH", folder.resolve("maven") + ":" + tools);
        environment.put("LIMPID_BUILD_WAIT", inVain ? "1" : "60");
        Path alone = limpid.resolveSibling("target/limpid-build.alone");
        String host = finish(startWords("uname", "-n"), "").out().strip();
        Files.createDirectories(
                switch (owner) {
                    case "nobody" -> alone;
                    case "a dead one" -> {
                        Process dead = startWords("true");
                        dead.waitFor();
                        yield alone.resolve(host + "." + dead.pid());
                    }
                    case "a living one" ->
                        alone.resolve(host + "." + ProcessHandle.current().pid());
                    default -> alone.resolve("elsewhere.1");
                });
        List<Process> starts = List.of(start(limpid, "x"), start(limpid, "x"), start(limpid, "x"));
        for (Process start : starts) {
            Run run = finish(start, "");
            if (inVain) {
                assertThat(run.code()).isEqualTo(1);
                assertThat(run.err())
                        .contains(
                                "waiting for another build",
                                "cause: another build has held " + alone,
                                "hint: if there");
            } else {
                assertThat(run.out()).as(run.err()).startsWith("io.limpid.cli.Main [x]\n");
            }
        }
        assertThat(Files.exists(folder.resolve("builds")) ? builds() : 0).isEqualTo(inVain ? 0 : 1);
        assertThat(Files.exists(alone)).isEqualTo(inVain);
    }

    @Test
    void aFailedBuildShowsItsLastLinesAndIsTriedAgain() throws Exception {
        Path limpid = checkout("seq 100; echo went wrong; exit 1");
        for (int i = 1; i <= 2; i++) {
            Run run = run("", limpid, "x");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("\n100\nwent wrong\nerror: Limpid could not be built in ", "\nhint: the whole log is ")
                    .doesNotContain("\n50\n");
            assertThat(builds()).isEqualTo(i);
        }
    }

    @Test
    void withoutMavenACheckoutSaysWhatToDo() throws Exception {
        Path limpid = checkout("true");
        environment.put("PATH", commands("find", "mkdir", "flock", "readlink").toString());
        Run run = run("", limpid, "x");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("cause: Maven (mvn) is not in PATH\n");
    }

    private static Path install(Path into) throws IOException {
        Stubs.copy(stubs, into);
        return Files.copy(LAUNCHER, into.resolve("limpid"));
    }

    /** A checkout, and a Maven that counts its runs and does what {@code script} says. */
    private Path checkout(String script) throws IOException {
        Path root = Files.createDirectories(folder.resolve("check out"));
        Path sources = Files.createDirectories(root.resolve("core/src/main/java"));
        List<Path> files = List.of(root.resolve("pom.xml"), root.resolve("core/pom.xml"), sources.resolve("A.java"));
        for (Path file : files) {
            Files.writeString(file, "");
        }
        Path bin = Files.createDirectories(folder.resolve("maven"));
        executable(
                bin.resolve("mvn"),
                "#!/bin/sh\necho run >> '" + folder + "/builds'\ncd '" + root + "'\nmkdir -p cli/target/limpid\n"
                        + script + "\n");
        environment.put("STUBS", stubs.toString());
        environment.put("PATH", bin + ":/usr/bin:/bin");
        return Files.copy(LAUNCHER, root.resolve("limpid"));
    }

    private long builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds")).size();
    }

    private String fakeJava(String name, String release) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/java"), "#!/bin/sh\necho started the wrong java\n");
        Files.writeString(home.resolve("release"), release);
        return home.toString();
    }

    /** A folder for PATH with a few commands of the system and no others. */
    private Path commands(String... names) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("commands"));
        for (String name : names) {
            Path real = Path.of("/usr/bin", name);
            link(bin.resolve(name), Files.exists(real) ? real : Path.of("/bin", name));
        }
        return bin;
    }

    private void link(Path link, Path target) throws IOException {
        linksOut.add(Files.createSymbolicLink(link, target));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(String input, Path limpid, String... words) throws Exception {
        return finish(start(limpid, words), input);
    }

    private Process start(Path limpid, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(limpid.toString()));
        command.addAll(List.of(words));
        return startWords(command.toArray(String[]::new));
    }

    /** Starts it with nothing in the environment but what the test says: no HOME either. */
    private Process startWords(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$0\" \"$@\""));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path err = Files.createTempFile(folder, "err", "");
        Process process = builder.redirectError(err.toFile()).start();
        errors.put(process.pid(), err);
        return process;
    }

    private Run finish(Process process, String input) throws IOException, InterruptedException {
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        int code = process.waitFor();
        return new Run(code, out, Files.readString(errors.get(process.pid())));
    }

    private record Run(int code, String out, String err) {}
}
