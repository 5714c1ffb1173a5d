package io.limpid.feedformat.yaml;

import io.limpid.feed.FeedException;
import io.limpid.format.Printable;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes JSON of one YAML document, event by event: no object is made of what it names, and nothing stands for something else.
 *
 * <p>Every scalar is a string, as it is written, but for those that YAML calls null: a version {@code 1.10} is no number. Each value stands on the
 * line on which it is in the YAML, so that errors of the JSON lead there. Anchors, aliases, tags and keys that are no scalar are refused.
 */
public final class YamlJson {
    private static final int BYTES = 1 << 24;

    private static final String DIGITS = "0123456789abcdef";

    private final String document;
    private final int depth;
    private final StringBuilder json = new StringBuilder();
    /** For each collection that is open the bracket that opened it. */
    private final StringBuilder open = new StringBuilder();
    /** For each whether its next value is the first, {@code 1}, a key, {@code k}, or a value, {@code v}. */
    private final StringBuilder next = new StringBuilder();

    private int line;

    private YamlJson(String document, int depth) {
        this.document = document;
        this.depth = depth;
    }

    /**
     * The JSON of a document, as UTF-8.
     *
     * @param in is read to its end, and not closed
     * @param document its name, for errors
     * @param limits bounds its nesting and its size, which is at most 16 MiB
     * @throws FeedException when it is no such document
     */
    public static byte[] of(InputStream in, String document, Limits limits) throws IOException {
        int most = (int) Math.min(BYTES, limits.feedPlainBytes());
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new FeedException(document, null, "YAML of more than " + most + " bytes");
        }
        YamlJson writer = new YamlJson(document, limits.jsonDepth());
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            writer.write(text);
        } catch (CharacterCodingException _) {
            throw new FeedException(document, null, "not UTF-8");
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark().map(YamlJson::place).orElse(null);
            throw new FeedException(document, place, "no YAML: " + Printable.of(String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            throw new FeedException(document, null, "no YAML: " + Printable.of(String.valueOf(e.getMessage())));
        }
        return writer.json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String place(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    private void write(String text) throws FeedException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(document)
                .setCodePointLimit(BYTES)
                .setParseComments(false)
                .build();
        Iterator<Event> events = new Parse(settings).parseString(text).iterator();
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw error(event, "a second document");
            }
            write(event);
        }
        if (json.isEmpty()) {
            throw new FeedException(document, null, "it is empty");
        }
    }

    private void write(Event event) throws FeedException {
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            throw error(event, "an alias or anchor, which is refused");
        }
        switch (event) {
            case ScalarEvent scalar -> {
                refuse(event, scalar.getTag());
                boolean key = begin(event);
                if (key || !isNull(scalar)) {
                    string(scalar.getValue());
                } else {
                    json.append("null");
                }
                end(key);
            }
            case CollectionStartEvent start -> {
                refuse(event, start.getTag());
                if (begin(event)) {
                    throw error(event, "a key that is no text");
                }
                if (open.length() >= depth) {
                    throw error(event, "nested more than " + depth + " deep");
                }
                boolean map = event instanceof MappingStartEvent;
                json.append(map ? '{' : '[');
                open.append(map ? '{' : '[');
                next.append('1');
            }
            case CollectionEndEvent _ -> {
                int last = open.length() - 1;
                json.append(open.charAt(last) == '{' ? '}' : ']');
                open.setLength(last);
                next.setLength(last);
                end(false);
            }
            default -> {}
        }
    }

    private void refuse(Event event, Optional<String> tag) throws FeedException {
        // "!" alone says no more than that a scalar is a string, as all are.
        if (tag.isPresent() && !tag.get().equals("!")) {
            throw error(event, "a tag, which is refused");
        }
    }

    /** Writes what stands before a value, and whether that is a key. */
    private boolean begin(Event event) {
        int last = open.length() - 1;
        boolean inMap = last >= 0 && open.charAt(last) == '{';
        char state = last < 0 ? 'v' : next.charAt(last);
        boolean key = inMap && state != 'v';
        if (last >= 0 && state == (inMap ? 'k' : 'v')) {
            json.append(',');
        }
        int wanted = event.getStartMark().map(Mark::getLine).orElse(line);
        for (; line < wanted; line++) {
            json.append('\n');
        }
        return key;
    }

    private void end(boolean key) {
        int last = open.length() - 1;
        if (key) {
            json.append(':');
        }
        if (last >= 0) {
            next.setCharAt(last, open.charAt(last) == '[' || key ? 'v' : 'k');
        }
    }

    private static boolean isNull(ScalarEvent scalar) {
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return false;
        }
        return switch (scalar.getValue()) {
            case "", "~", "null" -> true;
            default -> false;
        };
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 15));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private FeedException error(Event event, String what) {
        @Nullable String place = event.getStartMark().map(YamlJson::place).orElse(null);
        return new FeedException(document, place, what);
    }
}
