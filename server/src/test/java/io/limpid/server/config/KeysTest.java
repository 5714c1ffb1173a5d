package io.limpid.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.config.Key.Trait;
import io.limpid.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {

    @Test
    void eachKeyIsThereOnceAndItsDefaultIsOne() {
        assertThat(Keys.all())
                .extracting(Key::path)
                .doesNotHaveDuplicates()
                .allMatch(path -> path.matches("[a-z0-9_.]+"));
        for (Key<?> key : Keys.all()) {
            if (!key.standard().isEmpty()) {
                assertThat(key.form().reader().apply(List.of(key.standard())))
                        .as(key.path())
                        .isNotNull();
            }
        }
    }

    @Test
    void thePageHasThemAll() {
        StringBuilder page = new StringBuilder("""
            # The server's configuration

            One YAML file, Clair's: `-config FILE`, by default `/etc/clair/config.yaml`. All keys stand below `clair:`. The layouts of Clair 2.0
            and of its version 3 are understood, and the keys that are Limpid's own. An unknown key, or a value that makes no sense, is an error
            with its line. `limpid server --check-config` prints each key with its value and where that comes from.

            A section `api`, `updater` or `notifier` that is there with nothing in it switches that service off. Lengths of time are Go's:
            `900s`, `1h30m`.

            Without any file the server listens on 127.0.0.1 only, runs a PostgreSQL of its own, and lets change something who shows the token
            that it keeps in its data folder.

            | Key | Default | Value | Meaning |
            |---|---|---|---|
            """);
        for (Key<?> key : Keys.all()) {
            page.append("| `")
                    .append(key.path())
                    .append("` | ")
                    .append(key.standard().isEmpty() ? "" : "`" + key.standard() + "`")
                    .append(" | ")
                    .append(key.form().words())
                    .append(" | ")
                    .append(key.is(Trait.UNUSED) ? "does nothing here (" + key.meaning() + ")" : key.meaning())
                    .append(" |\n");
        }
        Golden.check("../../../../docs/server-configuration.md", page.toString());
    }
}
