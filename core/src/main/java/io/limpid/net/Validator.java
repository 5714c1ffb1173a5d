package io.limpid.net;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a document from another (RFC 9110, 8.8).
 *
 * @param etag its strong ETag, null when there is none
 * @param lastModified its Last-Modified as it was written, null when there is none
 * @param settled whether the document had not been modified for so long when it was sent that the date, of whole seconds, can mean one state only
 */
record Validator(@Nullable String etag, @Nullable String lastModified, boolean settled) {
    private static final Duration SETTLED = Duration.ofSeconds(60);

    static Validator of(Headers headers) {
        String etag = headers.first("ETag");
        String lastModified = headers.first("Last-Modified");
        Instant modified = RetryAfter.date(lastModified);
        Instant sent = RetryAfter.date(headers.first("Date"));
        return new Validator(
                etag != null && etag.startsWith("\"") ? etag : null,
                modified == null ? null : lastModified,
                modified != null && sent != null && !modified.plus(SETTLED).isAfter(sent));
    }

    /** The condition under which a range of this very state can be asked for; null when there is none that is safe. */
    @Nullable
    String ifRange() {
        if (etag != null) {
            return etag;
        }
        return settled ? lastModified : null;
    }

    /**
     * Whether an answer has bytes of the same state: it must repeat the ETag (RFC 9110, 15.3.7), while it may leave out the date.
     */
    boolean agreesWith(Headers headers) {
        String otherDate = headers.first("Last-Modified");
        return (etag == null || etag.equals(headers.first("ETag")))
                && (lastModified == null || otherDate == null || lastModified.equals(otherDate));
    }
}
