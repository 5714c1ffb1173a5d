package io.limpid.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a document an answer has: {@code Content-Range: bytes 100-199/1000} (RFC 9110, 14.4).
 *
 * @param first the first byte
 * @param last the last byte
 * @param total how many the whole document has, -1 when that is not said
 */
public record ContentRange(long first, long last, long total) {
    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** Reads a header field; null when there is none, or one that makes no sense. */
    public static @Nullable ContentRange parse(@Nullable String value) {
        Matcher matcher = FORM.matcher(value == null ? "" : value.strip());
        if (!matcher.matches()) {
            return null;
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
        return last < first || (total >= 0 && last >= total) ? null : new ContentRange(first, last, total);
    }
}
