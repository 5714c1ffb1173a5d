package io.limpid.feed.nvd;

import io.limpid.feed.FeedDocuments;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents of which the one that is read is digested meanwhile. */
final class DigestedDocuments implements FeedDocuments {
    private final FeedDocuments documents;
    private final MessageDigest digest;

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
        InputStream in = documents.open(name);
        return in == null ? null : new DigestInputStream(in, digest);
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
