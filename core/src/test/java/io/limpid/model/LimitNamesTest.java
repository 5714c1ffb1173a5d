package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of limits: what changes one, and that messages and the page about them use no others. */
class LimitNamesTest {
    private static final Pattern TOLD = Pattern.compile("\\(limit ([a-z-]+)\\)");

    @Test
    void oneIsChangedAndTheOthersStay() {
        Limits changed = LimitNames.with(Limits.DEFAULT, "layer-entries", 7);
        assertThat(changed.layerEntries()).isEqualTo(7);
        assertThat(LimitNames.with(changed, "layer-entries", Limits.DEFAULT.layerEntries()))
                .isEqualTo(Limits.DEFAULT);
        for (String name : LimitNames.all()) {
            assertThat(LimitNames.with(Limits.DEFAULT, name, 3)).as(name).isNotEqualTo(Limits.DEFAULT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "layer-entry,   5,           there is no limit layer-entry",
        "layerEntries,  5,           there is no limit layerEntries",
        "layer-entries, 0,           layer-entries is a number from 1 to 2147483647",
        "layer-entries, 2147483648,  layer-entries is a number from 1 to 2147483647",
        "layer-bytes,   -1,          layer-bytes is a number from 1 to 9223372036854775807"
    })
    void whatCannotBeIsSaid(String name, long value, String message) {
        assertThatThrownBy(() -> LimitNames.with(Limits.DEFAULT, name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void messagesNameLimitsThatThereAre() throws IOException {
        TreeSet<String> told = new TreeSet<>();
        for (String module : List.of("core", "feeds", "cli")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher matcher = TOLD.matcher(Files.readString(file));
                    while (matcher.find()) {
                        told.add(matcher.group(1));
                    }
                }
            }
        }
        assertThat(LimitNames.all()).containsAll(told);
        assertThat(told).hasSizeGreaterThan(10);
    }

    @Test
    void thePageListsAllOfThem() throws IOException {
        List<String> listed = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "limits.md"))) {
            String[] cells = line.split("\\s*\\|\\s*", -1);
            if (line.startsWith("| `")) {
                String name = cells[1].replace("`", "");
                listed.add(name);
                assertThat(LimitNames.with(Limits.DEFAULT, name, Long.parseLong(cells[2])))
                        .as(name)
                        .isEqualTo(Limits.DEFAULT);
            }
        }
        assertThat(listed).isEqualTo(LimitNames.all());
    }
}
