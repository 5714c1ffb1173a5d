package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan of an archive starts with: nothing that only other scans need. */
class LoadedClassesTest {
    @TempDir
    private Path folder;

    @Test
    void noRegistryForAnArchive() throws Exception {
        byte[] layer = new TarMaker().file("etc/os-release", "ID=alpine\n").bytes();
        Path archive = Files.write(
                folder.resolve("a.tar"), new ImageMaker().layer(layer).dockerArchive("a:1"));
        assertThat(loaded("scan", "-q", "--offline", archive.toString()))
                .contains("io.limpid.image.ArchiveSource")
                .noneMatch(name -> name.startsWith("io.limpid.image.registry.")
                        || name.startsWith("io.limpid.net.OutboundClient")
                        || name.startsWith("io.limpid.cli.push.")
                        || name.equals("io.limpid.cli.Pushing")
                        || name.equals("io.limpid.image.RegistryFolder")
                        || name.equals("io.limpid.image.OpenFolder")
                        || name.equals("io.limpid.layer.TreeWalk")
                        || name.startsWith("io.limpid.format.tarsplit."));
        // Which the same look at another scan does find.
        assertThat(loaded("scan", "-q", "--offline", "127.0.0.1:1/a"))
                .anyMatch(name -> name.startsWith("io.limpid.image.registry."));
    }

    private List<String> loaded(String... words) throws Exception {
        Path log = folder.resolve("classes");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load=info:file=" + log + "::filecount=0",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.start().waitFor();
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("io.limpid."))
                .map(line -> line.replaceFirst("^.*?(io\\.limpid\\.[\\w.$]+).*$", "$1"))
                .toList();
    }
}
