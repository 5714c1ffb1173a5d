package io.limpid.detect.redhat;

import io.limpid.detect.Lines;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.ImageLabels;
import io.limpid.model.Limits;
import io.limpid.model.OriginClue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Dockerfile of a build, called {@code Dockerfile-NAME-VERSION-RELEASE}: its name and the values of its LABEL instructions.
 *
 * <p>Values with a variable in them are passed over: what they stood for is not in the file.
 */
final class Dockerfile {
    private static final String LABEL = "LABEL";

    private final String text;
    private final Map<String, String> labels = new HashMap<>();
    private int at;

    private Dockerfile(String text) {
        this.text = text;
    }

    static Detection read(LayerFile file, String called, Limits limits) {
        Map<String, String> labels = new HashMap<>();
        Lines lines = new Lines(file.content());
        StringBuilder instruction = new StringBuilder();
        while (lines.next()) {
            if (lines.length() + instruction.length() > limits.lineBytes()) {
                // Labels are short; what is longer is a script.
                instruction.setLength(0);
                continue;
            }
            String line = lines.text().strip();
            if (line.startsWith("#")) {
                continue;
            }
            boolean goesOn = line.endsWith("\\");
            instruction
                    .append(goesOn ? line.substring(0, line.length() - 1) : line)
                    .append(' ');
            if (!goesOn) {
                labels.putAll(labels(instruction.toString()));
                instruction.setLength(0);
            }
        }
        labels.putAll(labels(instruction.toString()));
        List<OriginClue> clues = new ArrayList<>(ImageLabels.clues(labels));
        addNamed(called, clues);
        return Detection.ofOrigins(file.path(), clues, List.of());
    }

    /** Adds the build that the file's own name tells of. */
    private static void addNamed(String called, List<OriginClue> clues) {
        int release = called.lastIndexOf('-');
        int version = called.lastIndexOf('-', release - 1);
        if (version > 0 && version + 1 < release && release + 1 < called.length() && ImageLabels.isWord(called)) {
            clues.add(new OriginClue.ImageBuild(
                    null,
                    called.substring(0, version),
                    called.substring(version + 1, release),
                    called.substring(release + 1),
                    null));
        }
    }

    /** The labels that an instruction sets, none when it is another one. */
    private static Map<String, String> labels(String instruction) {
        String text = instruction.strip();
        boolean label = text.length() > LABEL.length()
                && text.regionMatches(true, 0, LABEL, 0, LABEL.length())
                && Character.isWhitespace(text.charAt(LABEL.length()));
        if (!label) {
            return Map.of();
        }
        Dockerfile reading = new Dockerfile(text.substring(LABEL.length()));
        reading.read();
        return reading.labels;
    }

    private void read() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            String name = word('=');
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                String value = word(' ');
                if (value.indexOf('$') < 0) {
                    labels.put(name, value);
                }
            }
        }
    }

    /** What stands up to a blank or {@code end}, quotes and escapes undone. */
    private String word(char end) {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quote == 0 && (c == end || Character.isWhitespace(c))) {
                break;
            }
            at++;
            if (c == '\\' && quote != '\'' && at < text.length()) {
                word.append(text.charAt(at++));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }
}
