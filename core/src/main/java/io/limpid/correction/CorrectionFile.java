package io.limpid.correction;

import io.limpid.format.Printable;
import io.limpid.model.Correction;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

/**
 * A file of local corrections: YAML, or JSON, which is YAML too.
 *
 * <p>It is read strictly: whoever writes that a vulnerability is not there must not be misunderstood. An unknown member, word or version range, a missing reason
 * or day, or the same said twice is an error that names the line.
 */
public final class CorrectionFile {
    /** Bytes that a file may have. */
    public static final int MOST_BYTES = 1 << 20;

    private static final String LIST = "overrides";
    private static final int SHOWN = 60;

    private final String name;

    private CorrectionFile(String name) {
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @throws LimpidException when it cannot be read or is not as it must be; it names the line
     */
    public static List<Correction> read(Path file) throws LimpidException {
        CorrectionFile reader = new CorrectionFile(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            return reader.read(in.readNBytes(MOST_BYTES + 1));
        } catch (LimpidException e) {
            throw e;
        } catch (NoSuchFileException _) {
            throw failureAt(reader.name, "there is no such file", "name one that is there, or leave the option out");
        } catch (AccessDeniedException _) {
            throw failureAt(reader.name, "permission denied", "let this user read it");
        } catch (IOException e) {
            throw failureAt(reader.name, Printable.of(String.valueOf(e.getMessage())), "is it a file?");
        }
    }

    /**
     * Reads the bytes of a file of that name.
     *
     * @throws LimpidException when they are not as they must be; it names the line
     */
    public static List<Correction> parse(String name, byte[] bytes) throws LimpidException {
        return new CorrectionFile(name).read(bytes);
    }

    private List<Correction> read(byte[] bytes) throws LimpidException {
        if (bytes.length > MOST_BYTES) {
            throw failureAt(name, "it is larger than " + MOST_BYTES + " bytes", "is it a file of overrides?");
        }
        Node root = compose(bytes);
        if (root == null) {
            throw failureAt(name, "it is empty", "write '" + LIST + ": []' where there are none");
        }
        if (!(root instanceof MappingNode map)) {
            throw failure(root, "it is no map with the member " + LIST, "docs/overrides.md shows one");
        }
        List<Correction> all = new ArrayList<>();
        Map<Object, Correction> said = new HashMap<>();
        SequenceNode list = list(map);
        for (Node node : list.getValue()) {
            Correction correction = new CorrectionEntry(this, members(node)).read(node);
            Correction before = said.putIfAbsent(CorrectionEntry.scope(correction), correction);
            if (before != null) {
                throw failure(
                        node,
                        "the same package and vulnerability is at " + before.place() + " already",
                        "leave one of the two out, or give each the versions or the namespace that it is about");
            }
            all.add(correction);
        }
        return all;
    }

    private SequenceNode list(MappingNode map) throws LimpidException {
        Node list = null;
        for (Map.Entry<String, Node> member : members(map).entrySet()) {
            if (!member.getKey().equals(LIST)) {
                throw failure(
                        member.getValue(),
                        "unknown member: " + Printable.excerpt(member.getKey(), SHOWN),
                        "the one member is " + LIST);
            }
            list = member.getValue();
        }
        if (!(list instanceof SequenceNode sequence)) {
            throw failure(
                    list == null ? map : list,
                    list == null ? "the member " + LIST + " is missing" : LIST + " is no list",
                    "docs/overrides.md shows one");
        }
        return sequence;
    }

    /** What a map has, each under its name. */
    private Map<String, Node> members(Node node) throws LimpidException {
        if (!(node instanceof MappingNode map)) {
            throw failure(
                    node, "an override is a map with an id, a package and a reason", "docs/overrides.md shows one");
        }
        Map<String, Node> members = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw failure(tuple.getKeyNode(), "the name of a member is no text", null);
            }
            if (members.put(key.getValue(), tuple.getValueNode()) != null) {
                throw failure(key, "the member " + Printable.excerpt(key.getValue(), SHOWN) + " is there twice", null);
            }
        }
        return members;
    }

    private @Nullable Node compose(byte[] bytes) throws LimpidException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("overrides")
                .setMaxAliasesForCollections(50)
                .build();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // JSON may be indented by tabs, YAML not; in the texts of JSON there are none.
            String read = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
            Optional<Node> root = new Compose(settings).composeString(read);
            return root.orElse(null);
        } catch (CharacterCodingException _) {
            throw failureAt(name, "it is not UTF-8", null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw failureAt(name + ":" + line, "it is neither YAML nor JSON: " + Printable.of(e.getProblem()), null);
        } catch (YamlEngineException | StackOverflowError e) {
            throw failureAt(name, "it is neither YAML nor JSON: " + Printable.of(String.valueOf(e.getMessage())), null);
        }
    }

    /** The place of a node, for people. */
    String place(Node node) {
        return name + ":" + (node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    LimpidException failure(Node node, String reason, @Nullable String hint) {
        return failureAt(place(node), reason, hint);
    }

    private static LimpidException failureAt(String place, String reason, @Nullable String hint) {
        return new LimpidException(ErrorCode.USAGE, "cannot use the overrides in " + place, reason, hint);
    }
}
