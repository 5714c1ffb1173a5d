package io.limpid.image;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonValue;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document of an image that was read and has the digest that is claimed of it.
 *
 * @param name its name inside the image, for messages
 * @param digest the digest of its bytes
 * @param value its content
 */
record Document(String name, Digest digest, JsonValue value) {

    /**
     * Reads a document.
     *
     * @param claimed the digest that it must have, null when nothing is claimed
     * @throws LimpidException when it is absent, too large, has another digest or is no JSON
     */
    static Document read(BlobFolder folder, String name, @Nullable Digest claimed, Limits limits) throws IOException {
        return read(folder, folder.find(name), name, claimed, limits);
    }

    /** Reads a document out of a blob, which is null when there is none. */
    static Document read(BlobFolder folder, @Nullable Blob blob, String name, @Nullable Digest claimed, Limits limits)
            throws IOException {
        if (blob == null) {
            throw broken(folder, name + " is missing");
        }
        if (blob.size() > limits.documentBytes()) {
            throw limited(
                    folder,
                    name + " has " + blob.size() + " bytes, more than " + limits.documentBytes()
                            + " (limit document-bytes)");
        }
        byte[] bytes;
        try (InputStream in = blob.open()) {
            bytes = in.readNBytes(limits.documentBytes());
        }
        Digest digest = Sha256.of(bytes);
        if (claimed != null && !claimed.equals(digest)) {
            throw broken(folder, name + " should have the digest " + claimed + " but has " + digest);
        }
        try {
            return new Document(name, digest, Json.parse(bytes, limits.documentBytes(), limits));
        } catch (JsonException e) {
            throw broken(folder, name + " is not readable: " + e.getMessage());
        }
    }

    /**
     * Its content as an object.
     *
     * @throws LimpidException when it is none
     */
    Fields fields(BlobFolder folder) throws LimpidException {
        if (value instanceof JsonObject object) {
            return new Fields(object);
        }
        throw broken(folder, name + " is no JSON object");
    }

    /** The error of an image that contradicts itself. */
    static LimpidException broken(BlobFolder folder, String reason) {
        return new LimpidException(
                ErrorCode.BROKEN_IMAGE,
                folder.description() + " is a broken image",
                reason,
                "save or download it again");
    }

    /** The error of an image that has more of something than is read; the reason names the limit. */
    static LimpidException limited(BlobFolder folder, String reason) {
        return new LimpidException(ErrorCode.LIMIT, folder.description() + " cannot be read", reason, null);
    }
}
