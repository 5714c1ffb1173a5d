package io.limpid.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever adds a dependency says why, in docs/dependencies.md. */
class DependenciesTest {
    private static final Pattern EXCLUSIONS = Pattern.compile("(?s)<exclusions>.*?</exclusions>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.+?)</artifactId>");

    @Test
    void everyDependencyAndPluginHasItsReason() throws IOException {
        String reasons = Files.readString(Repository.root().resolve("docs/dependencies.md"));
        Set<String> silent = artifacts();
        silent.removeIf(artifact -> reasons.contains("`" + artifact + "`"));
        assertThat(silent).as("not in docs/dependencies.md").isEmpty();
    }

    @Test
    void noReasonIsForADependencyThatIsGone() throws IOException {
        TreeSet<String> gone = new TreeSet<>();
        Pattern.compile("(?m)^\\| `([^`]+)` ")
                .matcher(Files.readString(Repository.root().resolve("docs/dependencies.md")))
                .results()
                .forEach(match -> gone.add(match.group(1)));
        assertThat(gone).isNotEmpty();
        gone.removeAll(artifacts());
        assertThat(gone).as("in docs/dependencies.md, but in no pom").isEmpty();
    }

    private static Set<String> artifacts() throws IOException {
        List<Path> poms = new ArrayList<>();
        poms.add(Repository.root().resolve("pom.xml"));
        for (String module : Repository.modules()) {
            poms.add(Repository.root().resolve(module).resolve("pom.xml"));
        }
        Set<String> artifacts = new TreeSet<>();
        for (Path pom : poms) {
            String ours = EXCLUSIONS.matcher(Files.readString(pom)).replaceAll("");
            ARTIFACT.matcher(ours).results().forEach(match -> artifacts.add(match.group(1)));
        }
        artifacts.removeIf(artifact -> artifact.startsWith("limpid"));
        return artifacts;
    }
}
