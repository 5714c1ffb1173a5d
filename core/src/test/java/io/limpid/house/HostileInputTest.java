package io.limpid.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/hostile-input.md and docs/fuzzing.md call a proof is there. */
class HostileInputTest {
    private static final Pattern NAMED = Pattern.compile("`(?:[a-z]+\\.)*([A-Z]\\w+Test)(?:\\.(\\w+))?`");

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Map<String, String> sources = sources();
        TreeSet<String> missing = new TreeSet<>();
        int named = 0;
        for (String page : new String[] {"docs/hostile-input.md", "docs/fuzzing.md"}) {
            for (MatchResult match : NAMED.matcher(
                            Files.readString(Repository.root().resolve(page)))
                    .results()
                    .toList()) {
                named++;
                String method = match.group(2);
                String source = sources.get(match.group(1));
                boolean isThere = source != null && (method == null || source.contains(" " + method + "("));
                if (!isThere) {
                    missing.add(page + ": " + match.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(30);
    }

    @Test
    void everyFuzzTargetIsListed() throws IOException {
        String page = Files.readString(Repository.root().resolve("docs/fuzzing.md"));
        assertThat(sources().keySet().stream()
                        .filter(name -> name.endsWith("FuzzTest"))
                        .filter(name -> !page.contains("." + name + "`")))
                .as("not in docs/fuzzing.md")
                .isEmpty();
    }

    /** The sources of the tests of all modules by their names. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String module : Repository.modules()) {
            Path tests = Repository.root().resolve(module).resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(file -> file.toString().endsWith("Test.java"))
                            .toList()) {
                        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }
}
