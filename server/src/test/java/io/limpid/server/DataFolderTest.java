package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFolderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        true,  /x, /var/lib/limpid
        false, /x, /x/limpid
        false, '', /home/u/.local/share/limpid
        """)
    void theUsualPlace(boolean isRoot, String xdg, Path place) {
        assertThat(DataFolder.usual(isRoot, Path.of("/home/u"), Map.of("XDG_DATA_HOME", xdg))
                        .path())
                .isEqualTo(place);
    }

    @Test
    void theTokenIsMadeOnceAndIsTheUsersAlone() throws IOException {
        DataFolder data = new DataFolder(folder.resolve("a/b"));
        String token = data.writeToken();
        assertThat(token).matches("[0-9a-f]{48}");
        assertThat(data.writeToken()).isEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.tokenFile())))
                .isEqualTo("rw-------");
        assertThat(new DataFolder(folder.resolve("c")).writeToken()).isNotEqualTo(token);
        try (var left = Files.list(data.path())) {
            assertThat(left).containsExactly(data.tokenFile());
        }
    }
}
