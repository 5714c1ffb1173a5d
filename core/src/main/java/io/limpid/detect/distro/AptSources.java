package io.limpid.detect.distro;

import io.limpid.detect.Lines;
import io.limpid.detect.Paragraph;
import io.limpid.detect.Paragraphs;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.DistroClue;
import io.limpid.model.Limits;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the sources that apt takes packages from, sources.list(5): one line each, or as paragraphs of fields.
 *
 * <p>They tell the release when all lines of the distribution's own archive name the same one.
 */
final class AptSources {
    private static final List<String> FIELDS = List.of("types", "uris", "suites", "components", "enabled");

    private final Set<AptArchive.Release> releases = new LinkedHashSet<>();
    private final LayerFile file;
    private final Limits limits;

    private AptSources(LayerFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    static Detection read(LayerFile file, Limits limits) {
        return new AptSources(file, limits).read();
    }

    private Detection read() {
        // apt itself reads no others of the folder.
        if (file.path().endsWith(".sources")) {
            readParagraphs();
        } else if (file.path().endsWith(".list")) {
            readLines();
        }
        return new Detection(file.path(), List.of(), clues(), List.of());
    }

    private List<DistroClue> clues() {
        if (releases.size() != 1) {
            return List.of();
        }
        AptArchive.Release only = releases.iterator().next();
        if (only.codename().isEmpty()) {
            return List.of();
        }
        return List.of(new DistroClue(Ranks.APT_SOURCES, only.id(), only.versionId(), only.codename()));
    }

    private void readLines() {
        Lines lines = new Lines(file.content());
        while (lines.next()) {
            // Whatever a line that long is, it is no source.
            if (lines.length() <= limits.lineBytes()) {
                readLine(lines.text());
            }
        }
    }

    private void readLine(String line) {
        int comment = line.indexOf('#');
        List<String> words = words(comment < 0 ? line : line.substring(0, comment));
        if (words.isEmpty() || !words.getFirst().equals("deb")) {
            return;
        }
        int uri = 1;
        if (words.size() > 1 && words.get(1).startsWith("[")) {
            while (uri < words.size() && !words.get(uri).endsWith("]")) {
                uri++;
            }
            uri++;
        }
        if (uri + 1 < words.size()) {
            List<String> components = words.subList(uri + 2, words.size());
            add(words.subList(uri, uri + 1), words.subList(uri + 1, uri + 2), components);
        }
    }

    private void readParagraphs() {
        Paragraphs paragraphs = new Paragraphs(file.content(), FIELDS, limits.lineBytes(), true);
        for (Paragraph paragraph = paragraphs.next(); paragraph != null; paragraph = paragraphs.next()) {
            boolean isEnabled = !isNo(paragraph.fields().getOrDefault("enabled", ""));
            if (paragraph.fault() == null
                    && isEnabled
                    && values(paragraph, "types").contains("deb")) {
                add(values(paragraph, "uris"), values(paragraph, "suites"), values(paragraph, "components"));
            }
        }
    }

    private void add(List<String> uris, List<String> suites, List<String> components) {
        boolean hasMain = components.contains("main");
        // Owners are two at most, addresses and suites as many as an attacker likes.
        Set<String> owners = uris.stream()
                .flatMap(uri -> Stream.ofNullable(AptArchive.owner(uri, hasMain)))
                .collect(Collectors.toSet());
        for (String owner : owners) {
            suites.forEach(suite -> AptArchive.release(owner, suite).ifPresent(releases::add));
        }
    }

    private static boolean isNo(String value) {
        return List.of("no", "false", "without", "off", "disable").contains(value.toLowerCase(Locale.ROOT));
    }

    private static List<String> values(Paragraph paragraph, String field) {
        return paragraph
                .fields()
                .getOrDefault(field, "")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> words(line).stream())
                .toList();
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
