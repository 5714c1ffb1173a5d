package io.limpid.feed;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.limpid.format.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML documents of a part as streams: element by element, in the document's order.
 *
 * <p>The stream stands at an element's start. Reading its children or its text moves on to its end; an element that its reader leaves alone is
 * passed over. A document type declaration, and so every entity but the five of XML, is refused; nesting, texts, tags, names and the number of
 * different names, whatever they are of, are bounded. Names are without their prefixes, which publishers change.
 */
public final class FeedXml {
    private static final int DEPTH = 100;
    private static final int DIFFERENT_NAMES = 10_000;
    private static final int NAME_CHARACTERS = 1000;
    private static final int SHOWN_OF_A_MESSAGE = 200;

    private final String document;
    private final XMLStreamReader reader;
    private final PieceBound bytes;
    private final int maxText;
    private final Set<String> names = new HashSet<>();
    private int depth;

    /** What is done with a document; the stream stands at its root. */
    @FunctionalInterface
    public interface Reading {
        void read(FeedXml document) throws IOException;
    }

    /** What is done with an element; the stream stands at its start. */
    @FunctionalInterface
    public interface Element {
        void read(String name) throws IOException;
    }

    private FeedXml(String document, InputStream in, FeedDocuments documents) throws IOException {
        this.document = document;
        this.bytes = new PieceBound(in, document, documents.limits().feedPlainBytes());
        this.maxText = documents.limits().advisoryBytes();
        try {
            this.reader = factory().createXMLStreamReader(bytes);
        } catch (XMLStreamException e) {
            throw told(e);
        }
    }

    /**
     * Reads a document to its end.
     *
     * @return false when its publisher does not have it
     * @throws FeedException when it is not what {@code reading} asks for
     */
    public static boolean read(FeedDocuments documents, String name, Reading reading) throws IOException {
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                return false;
            }
            new FeedXml(name, FirstBytes.of(in, name, "XML"), documents).all(reading);
            return true;
        }
    }

    private static XMLInputFactory factory() {
        // One factory a document: it keeps a table of the names that it has seen.
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // What is wrong with a text is thrown where it is read, not where it is asked for.
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory;
    }

    private void all(Reading reading) throws IOException {
        int event = advance();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = advance();
        }
        reading.read(this);
        leave();
        while (event != XMLStreamConstants.END_DOCUMENT) {
            event = advance();
        }
    }

    /** The name of the element that the stream stands at. */
    public String name() {
        return reader.getLocalName();
    }

    /** An attribute of the element that the stream stands at, null when it has none of this name. */
    public @Nullable String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** Reads the element's children; the text between them is passed over. */
    public void children(Element child) throws IOException {
        for (int event = advance(); event != XMLStreamConstants.END_ELEMENT; event = advance()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                child.read(reader.getLocalName());
                leave();
            }
        }
    }

    /** Reads the element's text, without that of its children. */
    public String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int event = advance(); event != XMLStreamConstants.END_ELEMENT; event = advance()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> leave();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (reader.getTextLength() > maxText - text.length()) {
                        throw error("a text of more than " + maxText + " characters");
                    }
                    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                }
                default -> {}
            }
        }
        return text.toString();
    }

    /** A failure where the stream stands. */
    public FeedException error(String what) {
        return new FeedException(document, place(reader.getLocation()), what);
    }

    /** Passes over an element that was not read. */
    private void leave() throws IOException {
        if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
            int outer = depth - 1;
            while (depth > outer) {
                advance();
            }
        }
    }

    private int advance() throws IOException {
        int event = next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> started();
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> named(null, reader.getPITarget());
            case XMLStreamConstants.DTD -> throw error("a document type declaration, which is refused");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw error("an entity that XML does not define");
            default -> {}
        }
        return event;
    }

    private int next() throws IOException {
        bytes.nextPiece();
        try {
            return reader.next();
        } catch (XMLStreamException e) {
            throw told(e);
        } catch (RuntimeException e) {
            // The parser's own slips, met on names such as "xmlns:a" that no document has.
            throw error("not well-formed: " + Printable.excerpt(String.valueOf(e.getMessage()), SHOWN_OF_A_MESSAGE));
        }
    }

    private void started() throws FeedException {
        if (++depth > DEPTH) {
            throw error("nested more than " + DEPTH + " deep");
        }
        named(reader.getPrefix(), reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            named(reader.getAttributePrefix(i), reader.getAttributeLocalName(i));
        }
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            named(null, reader.getNamespacePrefix(i));
        }
    }

    /** Takes note of a name that the parser now has in its table for good. */
    private void named(@Nullable String prefix, @Nullable String name) throws FeedException {
        String whole = prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
        if (whole == null) {
            return;
        }
        if (whole.length() > NAME_CHARACTERS) {
            throw error("a name of more than " + NAME_CHARACTERS + " characters");
        }
        names.add(whole);
        if (names.size() > DIFFERENT_NAMES) {
            throw error("more than " + DIFFERENT_NAMES + " different names");
        }
    }

    private IOException told(XMLStreamException e) {
        IOException failed = bytes.failure();
        if (failed != null) {
            return failed;
        }
        // The place is said before, and the parser repeats it in lines of its own.
        String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        boolean cut = what.contains("End-of-input") || what.contains("end-of-input");
        return new FeedException(
                document,
                place(e.getLocation()),
                cut
                        ? "the document ends in the middle; it was cut off"
                        : "not well-formed: " + Printable.excerpt(what, SHOWN_OF_A_MESSAGE));
    }

    private static @Nullable String place(@Nullable Location at) {
        return at == null ? null : "line " + at.getLineNumber() + ", column " + at.getColumnNumber();
    }
}
