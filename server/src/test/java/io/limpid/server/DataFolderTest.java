package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

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
