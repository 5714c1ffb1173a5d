package io.limpid.format.json;

import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON text (RFC 8259), strictly: UTF-8 without a flaw (a byte order mark in front is passed over), one value, nothing after it.
 *
 * <p>An object that has a member twice is refused: readers differ in which of the two they believe, so such an image or SBOM could show one
 * content to one tool and another to the next.
 */
public final class Json {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int NUMBER_CHARACTERS = 1000;
    /** A document may have one token in so many bytes of its bound: a value takes far more memory than the two bytes it may be written in. */
    private static final int BYTES_A_TOKEN = 16;

    private static final long TOKENS_OF_SMALL_DOCUMENTS = 10_000;

    private Json() {}

    /**
     * Reads a document that is in memory.
     *
     * @param maxBytes how many bytes it may have
     * @throws JsonException when it is no JSON or larger or deeper than allowed
     */
    public static JsonValue parse(byte[] document, int maxBytes, Limits limits) throws JsonException {
        try {
            return parse(new ByteArrayInputStream(document), maxBytes, "document-bytes", limits);
        } catch (JsonException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError("memory cannot fail to be read", e);
        }
    }

    /**
     * Reads a document to the end of the stream, which is not closed.
     *
     * @param maxBytes how many bytes it may have
     * @throws JsonException when it is no JSON or larger or deeper than allowed
     * @throws IOException when the stream cannot be read
     */
    public static JsonValue parse(InputStream document, int maxBytes, Limits limits) throws IOException {
        return parse(document, maxBytes, "sbom-bytes", limits);
    }

    private static JsonValue parse(InputStream document, int maxBytes, String limit, Limits limits) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints(maxBytes, limits))
                .build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text(document, maxBytes, limit))) {
            return read(parser, limits);
        } catch (JacksonException e) {
            throw wordsOf(e);
        }
    }

    /** The document's characters; a flaw in its UTF-8 is a {@link CharacterCodingException}, a byte too many a {@link JsonException}. */
    static Reader text(InputStream document, long maxBytes, String limit) throws IOException {
        return new InputStreamReader(
                withoutMark(new BoundedInput(document, maxBytes, limit)),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static JsonValue read(JsonParser parser, Limits limits) throws IOException {
        try {
            return new JsonTree(parser, limits.jsonDepth()).read();
        } catch (JacksonIOException e) {
            IOException cause = e.getCause();
            if (!(cause instanceof CharacterCodingException)) {
                throw cause;
            }
            var place = parser.currentLocation();
            throw new JsonException(
                    "after line " + place.getLineNr() + ", column " + place.getColumnNr() + ": not UTF-8");
        }
    }

    private static JsonException wordsOf(JacksonException e) {
        String what = JsonException.shown(e.getOriginalMessage());
        var place = e.getLocation();
        return place == null ? new JsonException(what) : JsonException.at(place.getLineNr(), place.getColumnNr(), what);
    }

    private static StreamReadConstraints constraints(int maxBytes, Limits limits) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(limits.jsonDepth())
                .maxNumberLength(NUMBER_CHARACTERS)
                .maxStringLength(maxBytes)
                .maxNameLength(limits.lineBytes())
                .maxTokenCount(Math.max(TOKENS_OF_SMALL_DOCUMENTS, maxBytes / BYTES_A_TOKEN))
                .build();
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
        byte[] first = whole.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(first, BYTE_ORDER_MARK)) {
            whole.unread(first);
        }
        return whole;
    }
}
