package io.limpid.feed.nvd;

import io.limpid.feed.FeedDocuments;
import io.limpid.format.PeekedInputStream;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents of which the one that is read is digested meanwhile. */
final class DigestedDocuments implements FeedDocuments {
    private static final int LOOKED_AT = 200;

    private final FeedDocuments documents;
    private final MessageDigest digest;
    /** What was looked at and not yet read, by its name. */
    private final Map<String, InputStream> begun = new HashMap<>();

    DigestedDocuments(FeedDocuments documents) {
        this.documents = documents;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public @Nullable InputStream open(String name) throws IOException {
        InputStream before = begun.remove(name);
        if (before != null) {
            return before;
        }
        InputStream in = documents.open(name);
        return in == null ? null : new DigestInputStream(in, digest);
    }

    /** The first characters of a document, which is read from its beginning all the same; null when it is not there. */
    @Nullable
    String beginning(String name) throws IOException {
        InputStream in = open(name);
        if (in == null) {
            return null;
        }
        try {
            PeekedInputStream whole = new PeekedInputStream(in, LOOKED_AT);
            begun.put(name, whole);
            return whole.firstText();
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public List<String> names() {
        return documents.names();
    }

    @Override
    public Limits limits() {
        return documents.limits();
    }

    /** The SHA-256 of all that was read since the last time, in hex. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
