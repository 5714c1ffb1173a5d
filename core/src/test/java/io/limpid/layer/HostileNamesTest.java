package io.limpid.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.model.Limits;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an entry is called, nothing on this machine has that name afterwards, and the layer is read to its end. */
class HostileNamesTest {
    private static final String UP = "../".repeat(40);

    @TempDir
    private Path canary;

    private record Bytes(InputStream stream, long size) implements Blob {
        @Override
        public InputStream open() {
            return stream;
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingIsCreated() {
        String inside = canary + "/made";
        return Stream.of(
                        inside,
                        "/" + inside,
                        "//" + inside,
                        UP + inside.substring(1),
                        "./" + UP + inside.substring(1),
                        "a/" + UP + inside.substring(1),
                        "etc/../" + UP + inside.substring(1),
                        "var/lib/dpkg/status/" + UP + inside.substring(1),
                        UP.replace('/', '\\') + inside.substring(1),
                        "C:" + inside,
                        "C:\\made",
                        "file://" + inside,
                        "~/made",
                        "$HOME/made",
                        "`touch " + inside + "`",
                        "$(touch " + inside + ")",
                        "|touch " + inside,
                        inside + "\n",
                        inside + "\u0001",
                        inside + " ",
                        inside + ".",
                        inside + "/.",
                        inside + "/..",
                        inside + "/../made",
                        inside + "\u202e",
                        inside + "\u001b[31m",
                        "." + inside,
                        ".wh." + inside.substring(1),
                        inside + "/.wh..wh..opq",
                        "-rf " + inside,
                        "",
                        ".",
                        "..",
                        "/.",
                        "///..",
                        "made",
                        "a".repeat(300),
                        "a/".repeat(3000) + "b",
                        "etc/os-release/../../" + UP + inside.substring(1))
                .map(name -> dynamicTest("name " + shown(name), () -> check(name)));
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(60, name.length())).replaceAll("\\p{Cntrl}", "?");
    }

    private void check(String name) throws IOException {
        Set<String> before = here();
        byte[] tar = new TarMaker()
                .file(name, "made")
                .symbolicLink("link", name)
                .file("link/made", "made")
                .hardLink(name + "2", name)
                .file("etc/os-release", "ID=debian")
                .bytes();
        Layer layer = new Layer(0, null, null, null, tar.length, new Bytes(new ByteArrayInputStream(tar), tar.length));
        LayerContents contents = new LayerReader(Limits.DEFAULT, false)
                .read(layer, PathQuery.ofFiles(List.of("etc/os-release", "made", "link/made")));
        assertThat(contents.diffId()).as("read to its end").isNotNull();
        assertThat(contents.files().get("etc/os-release")).isPresent();
        assertThat(canary).isEmptyDirectory();
        assertThat(here()).isEqualTo(before);
    }

    /** What is in the folder that the tests run in. */
    private static Set<String> here() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.toString()));
            return names;
        }
    }
}
