package io.limpid.server.config;

import io.limpid.format.Printable;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file as the paths of its values: {@code clair.api.port} with the text {@code 6060}, from line 7.
 *
 * @param name of the file, for errors
 * @param entries by their path, in the order of the file
 */
record YamlFile(String name, Map<String, Entry> entries) {
    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 20;

    /**
     * A value.
     *
     * @param texts of the scalar, or of the list's scalars; null for no value, and for a map
     * @param isList whether it is a list
     * @param isMap whether it has values below it, with paths of their own
     */
    record Entry(int line, @Nullable List<String> texts, boolean isList, boolean isMap) {}

    /** Reads a file. */
    static YamlFile read(Path file) throws LimpidException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException _) {
            throw failure(
                    file.toString(),
                    ErrorCode.NOT_FOUND,
                    "there is no such file",
                    "name the one that is meant with -config FILE");
        } catch (IOException e) {
            throw failure(
                    file.toString(),
                    ErrorCode.IO,
                    Printable.of(String.valueOf(e.getMessage())),
                    "may this user read it?");
        }
        return parse(file.toString(), bytes);
    }

    /** Reads the bytes of a file of that name. */
    static YamlFile parse(String name, byte[] bytes) throws LimpidException {
        if (bytes.length > MOST_BYTES) {
            throw failure(
                    name, ErrorCode.USAGE, "it is larger than " + MOST_BYTES + " bytes", "is it a configuration?");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setMaxAliasesForCollections(50)
                .build();
        YamlFile file = new YamlFile(name, new LinkedHashMap<>());
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent()) {
                file.add("", root.get(), 0);
            }
        } catch (CharacterCodingException _) {
            throw failure(name, ErrorCode.USAGE, "it is not UTF-8", null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw failure(name + ":" + line, ErrorCode.USAGE, "it is no YAML: " + Printable.of(e.getProblem()), null);
        } catch (YamlEngineException | StackOverflowError e) {
            throw failure(
                    name, ErrorCode.USAGE, "it is no YAML: " + Printable.of(String.valueOf(e.getMessage())), null);
        }
        return file;
    }

    /** A failure of this file at a line. */
    LimpidException failure(int line, String reason, @Nullable String hint) {
        return failure(name + ":" + line, ErrorCode.USAGE, reason, hint);
    }

    private static LimpidException failure(String place, ErrorCode code, String reason, @Nullable String hint) {
        return new LimpidException(code, "reading the configuration " + place, reason, hint);
    }

    private void add(String path, Node node, int depth) throws LimpidException {
        int line = line(node);
        if (depth > DEEPEST) {
            throw failure(line, "it is nested deeper than " + DEEPEST, null);
        }
        switch (node) {
            case MappingNode map -> {
                if (!path.isEmpty()) {
                    entries.put(path, new Entry(line, null, false, true));
                }
                for (NodeTuple tuple : map.getValue()) {
                    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                        throw failure(line, "a key is no text", null);
                    }
                    int keyLine = line(key);
                    if (key.getValue().indexOf('.') >= 0) {
                        throw failure(
                                keyLine,
                                Printable.excerpt(key.getValue(), 60) + " has a dot",
                                "keys are nested, not dotted");
                    }
                    String below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                    if (entries.containsKey(below)) {
                        throw failure(keyLine, Printable.of(below) + " is there twice", null);
                    }
                    add(below, tuple.getValueNode(), depth + 1);
                }
            }
            case SequenceNode list -> entries.put(path, new Entry(line, texts(list, line), true, false));
            case ScalarNode scalar -> entries.put(path, new Entry(line, text(scalar), false, false));
            default -> throw failure(line, "neither a text, a list nor a map", null);
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static @Nullable List<String> text(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL) ? null : List.of(scalar.getValue());
    }

    private List<String> texts(SequenceNode list, int line) throws LimpidException {
        List<String> texts = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (!(item instanceof ScalarNode scalar)) {
                throw failure(line, "a list of anything but texts", null);
            }
            texts.add(scalar.getValue());
        }
        return texts;
    }
}
