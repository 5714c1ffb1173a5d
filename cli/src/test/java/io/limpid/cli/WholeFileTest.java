package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are there whole or not at all, on the file systems of the machine. */
class WholeFileTest {
    @TempDir
    Path folder;

    /** Whatever happened, nothing half-written stays behind. */
    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void aNewFile() throws IOException {
        write(folder.resolve("new"));
        assertThat(folder.resolve("new")).hasContent("content");
    }

    @Test
    void permissionsStay() throws IOException {
        for (String permissions : List.of("rw-------", "rw-rw-r--", "r--------")) {
            Path file = Files.writeString(folder.resolve("file"), "a secret that is longer");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            write(file);
            assertThat(file).hasContent("content");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(permissions);
            Files.delete(file);
        }
    }

    @Test
    void aFailureLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        IOException broken = new IOException("broken");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw broken;
                }))
                .isSameAs(broken);
        assertThat(file).hasContent("old");
    }

    /** What fails is what is to be written, not the place it goes to: a file that cannot be read meanwhile is not "overwrite it in place". */
    @Test
    void aContentThatCannotBeReadLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        List<FileSystemException> failures = List.of(
                new AccessDeniedException("part/current.limpid"),
                new NoSuchFileException("part/current.limpid"),
                new FileAlreadyExistsException("part/current.limpid"));
        for (FileSystemException failure : failures) {
            int[] asked = {0};
            assertThatThrownBy(() -> WholeFile.write(file, out -> {
                        asked[0]++;
                        out.write(new byte[100_000]);
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(asked[0]).isEqualTo(1);
            assertThat(file).hasContent("old");
        }
    }

    @Test
    void linksStayAndWhatTheyNameIsWritten() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        Path target = folder.resolve("sub/report");
        Path near = Files.createSymbolicLink(folder.resolve("sub/near"), Path.of("report"));
        Path far = Files.createSymbolicLink(folder.resolve("far"), Path.of("sub/near"));
        for (String state : List.of("dangling", "there")) {
            write(far);
            assertThat(Files.isSymbolicLink(far) && Files.isSymbolicLink(near))
                    .as(state)
                    .isTrue();
            assertThat(target).isRegularFile().hasContent("content");
        }
        assertThat(WholeFile.place(far)).isEqualTo(WholeFile.place(target));
        Files.delete(target);
        assertThat(WholeFile.place(far)).isEqualTo(WholeFile.place(target));
    }

    @Test
    void linksThatLeadNowhere() throws IOException {
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
        assertThatThrownBy(() -> write(circle)).isInstanceOf(FileSystemLoopException.class);
        Path lost = Files.createSymbolicLink(folder.resolve("lost"), Path.of("missing/report"));
        assertThatThrownBy(() -> write(lost))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aFileThatSomebodyLaidOutIsNotWrittenThrough() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "mine");
        Path bait = folder.resolve(".limpid-" + ProcessHandle.current().pid() + ".part");
        Files.createSymbolicLink(bait, victim);
        write(folder.resolve("report"));
        assertThat(victim).hasContent("mine");
        assertThat(folder.resolve("report")).hasContent("content");
        Files.delete(bait);
    }

    @Test
    void aDeviceIsWrittenTo() throws IOException {
        write(Path.of("/dev/null"));
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    /** In a mount namespace of its own: one file mounted alone, which no rename can replace, and one in a folder that is read-only. */
    @Test
    void whatCannotBeReplacedIsWrittenInPlace() throws Exception {
        Files.writeString(folder.resolve("alone"), "old and longer than the new one");
        Files.writeString(folder.resolve("inside"), "old and longer than the new one");
        Files.createDirectories(folder.resolve("locked"));
        String script = "mount --bind alone alone && mount -t tmpfs none locked && : > locked/file"
                + " && mount --bind inside locked/file && mount -o remount,ro locked || exit 99\n"
                + "exec \"$JAVA\" -cp \"$CLASSES\" io.limpid.cli.WholeFileTest alone locked/file";
        ProcessBuilder builder = new ProcessBuilder("unshare", "-rm", "/bin/sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        Process process = started(builder);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assumeTrue(code != 99 && !said.startsWith("unshare:"), "skipped: no mount namespaces here: " + said);
        assertThat(said).isEmpty();
        assertThat(code).isZero();
        assertThat(folder.resolve("alone")).hasContent("content");
        assertThat(folder.resolve("inside")).hasContent("content");
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "skipped: no unshare here");
        return builder.start();
    }

    /** Writes each of the files named. */
    public static void main(String[] names) throws IOException {
        for (String name : names) {
            write(Path.of(name));
        }
    }

    private static void write(Path file) throws IOException {
        WholeFile.write(file, out -> out.write("content".getBytes(StandardCharsets.UTF_8)));
    }
}
