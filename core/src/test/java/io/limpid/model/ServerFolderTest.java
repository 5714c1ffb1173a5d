package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFolderTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        true,  /x, /var/lib/limpid
        false, /x, /x/limpid
        false, x,  /home/u/.local/share/limpid
        false, '', /home/u/.local/share/limpid
        """)
    void theUsualPlace(boolean isRoot, String xdg, Path place) {
        assertThat(ServerFolder.usual(isRoot, Path.of("/home/u"), Map.of("XDG_DATA_HOME", xdg)))
                .isEqualTo(place);
    }
}
