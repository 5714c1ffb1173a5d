package io.limpid.report;

import io.limpid.format.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON text being written: UTF-8, two spaces a level, {@code \n} at line ends on every system, a list's elements on lines of their own.
 *
 * <p>Its own code, because a report is tens of thousands of short members: a general writer, which keeps track of what may come next and decides
 * on escapes that are ours anyway, takes twice as long.
 */
public final class JsonOutput {
    private static final int CHUNK = 1 << 14;
    private static final String LEVEL = "  ";

    private final OutputStream out;
    private final StringBuilder text = new StringBuilder(2 * CHUNK);
    private String lineStart = "\n";
    /** Whether nothing is in the object or list yet that is being written. */
    private boolean empty = true;

    private JsonOutput(OutputStream out) {
        this.out = out;
    }

    /** Writes one object and a line end, and flushes; the stream stays open. */
    public static void writeObject(OutputStream out, Consumer<JsonOutput> members) throws IOException {
        JsonOutput json = new JsonOutput(out);
        try {
            json.object(() -> members.accept(json));
            json.text.append('\n');
            json.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private void flush() {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text.setLength(0);
    }

    private void object(Runnable members) {
        begin('{');
        members.run();
        end('}');
    }

    /** An object. */
    public void object(String name, Runnable members) {
        name(name);
        object(members);
    }

    /** A list of objects. */
    public <T> void objects(String name, List<T> values, Consumer<T> members) {
        name(name);
        begin('[');
        for (T value : values) {
            next();
            object(() -> members.accept(value));
        }
        end(']');
    }

    /** A list of elements of several kinds. */
    public void list(String name, Runnable elements) {
        name(name);
        begin('[');
        elements.run();
        end(']');
    }

    /** An object in a list. */
    public void element(Runnable members) {
        next();
        object(members);
    }

    /** A list of texts. */
    public void texts(String name, List<String> values) {
        name(name);
        begin('[');
        for (String value : values) {
            next();
            quoted(value);
        }
        end(']');
    }

    /** The value in its own spelling, null where there is none. */
    public void text(String name, @Nullable Object value) {
        if (value == null) {
            nothing(name);
        } else {
            name(name);
            quoted(value.toString());
        }
    }

    /** A number, null where there is none. */
    public void number(String name, @Nullable Number value) {
        if (value == null) {
            nothing(name);
        } else {
            name(name);
            text.append(value.longValue());
        }
    }

    /** A number with a fraction, in its shortest spelling; null where there is none. */
    public void decimal(String name, @Nullable Double value) {
        if (value == null) {
            nothing(name);
        } else {
            name(name);
            text.append(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
        }
    }

    /** True or false. */
    public void truth(String name, boolean value) {
        name(name);
        text.append(value);
    }

    /** A value that is not known. */
    public void nothing(String name) {
        name(name);
        text.append("null");
    }

    private void name(String name) {
        next();
        quoted(name);
        text.append(": ");
    }

    private void quoted(String value) {
        text.append('"').append(Printable.json(value)).append('"');
    }

    private void begin(char bracket) {
        text.append(bracket);
        lineStart = lineStart.concat(LEVEL);
        empty = true;
    }

    /** Goes to where the next member or element stands. */
    private void next() {
        if (!empty) {
            text.append(',');
        }
        empty = false;
        if (text.length() >= CHUNK) {
            flush();
        }
        text.append(lineStart);
    }

    private void end(char bracket) {
        lineStart = lineStart.substring(0, lineStart.length() - LEVEL.length());
        if (!empty) {
            text.append(lineStart);
        }
        text.append(bracket);
        empty = false;
    }
}
