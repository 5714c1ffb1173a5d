package io.limpid.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** JSON text being written: UTF-8, two spaces a level, {@code \n} at line ends on every system, a list's elements on lines of their own. */
final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final ObjectWriteContext CONTEXT = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    };

    private final JsonGenerator json;

    private JsonOutput(JsonGenerator json) {
        this.json = json;
    }

    /** Writes one object and a line end, and flushes; the stream stays open. */
    static void writeObject(OutputStream out, Consumer<JsonOutput> members) throws IOException {
        try (JsonGenerator generator = FACTORY.createGenerator(CONTEXT, new Unclosed(out), JsonEncoding.UTF8)) {
            JsonOutput json = new JsonOutput(generator);
            json.object(() -> members.accept(json));
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        out.write('\n');
        out.flush();
    }

    void object(Runnable members) {
        json.writeStartObject();
        members.run();
        json.writeEndObject();
    }

    void object(String name, Runnable members) {
        json.writeName(name);
        object(members);
    }

    <T> void objects(String name, List<T> values, Consumer<T> members) {
        json.writeArrayPropertyStart(name);
        for (T value : values) {
            object(() -> members.accept(value));
        }
        json.writeEndArray();
    }

    void texts(String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(value -> json.writeString(new JsonText(value)));
        json.writeEndArray();
    }

    /** The value in its own spelling, null where there is none. */
    void text(String name, @Nullable Object value) {
        if (value == null) {
            nothing(name);
        } else {
            json.writeName(name);
            json.writeString(new JsonText(value.toString()));
        }
    }

    void number(String name, @Nullable Number value) {
        if (value == null) {
            nothing(name);
        } else {
            json.writeName(new JsonText(name));
            json.writeNumber(value.longValue());
        }
    }

    void truth(String name, boolean value) {
        json.writeBooleanProperty(name, value);
    }

    void nothing(String name) {
        json.writeNullProperty(name);
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withArrayIndenter(indenter)
                .withObjectIndenter(indenter);
    }

    /** The caller's stream, which stays open when the text ends. */
    private static final class Unclosed extends FilterOutputStream {
        private Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
