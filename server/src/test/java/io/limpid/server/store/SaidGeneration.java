package io.limpid.server.store;

import io.limpid.model.ClairSeverity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows as "namespace vulnerability package version severity", and what is known besides by name. */
record SaidGeneration(List<String> lines, Set<String> leftAlone, Map<String, Detail> details, boolean lacksDetails)
        implements Generation {
    SaidGeneration(List<String> lines) {
        this(lines, Set.of(), Map.of(), false);
    }

    @Override
    public boolean replaces(String namespace) {
        return !leftAlone.contains(namespace);
    }

    @Override
    public void tell(Generation.Rows rows) throws IOException {
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            rows.take(new Row(
                    words[0],
                    words[1],
                    words[2],
                    words[3],
                    ClairSeverity.of(words[4]).orElseThrow(),
                    "http://link/" + words[1],
                    0,
                    words.length > 5 ? Long.parseLong(words[5]) : 0));
        }
    }

    @Override
    public String description(int source, long text) {
        return "text " + text;
    }

    @Override
    public @Nullable Detail detail(String vulnerability) {
        return details.get(vulnerability);
    }

    @Override
    public String versionFormat(String namespace) {
        return "dpkg";
    }
}
