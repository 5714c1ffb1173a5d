package io.limpid.feed;

import io.limpid.format.PeekedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** Tells by a document's beginning what would otherwise end in a puzzling message: nothing at all, or a web page with status 200. */
final class FirstBytes {
    private static final int LOOKED_AT = 1 << 10;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private static final Pattern PAGE = Pattern.compile("(?i)<(?:!doctype\\s+)?html\\b");

    private FirstBytes() {}

    /**
     * The same bytes, when they may be a document of this format.
     *
     * @param format {@code JSON} or {@code XML}
     */
    static InputStream of(InputStream in, String document, String format) throws IOException {
        PeekedInputStream whole = new PeekedInputStream(in, LOOKED_AT);
        String text = whole.firstText();
        String start = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text).strip();
        if (start.isEmpty() && text.length() < LOOKED_AT) {
            throw new FeedException(document, null, "it is empty");
        }
        boolean markup = start.startsWith("<");
        boolean json = format.equals("JSON");
        // JSON never begins so, and XML of a feed is no page.
        boolean page = markup && (json || PAGE.matcher(start).find());
        if (page) {
            throw new FeedException(document, null, "it is a web page, not " + format + " (a proxy or login page?)");
        }
        if (!markup && !json) {
            throw new FeedException(document, null, "it is no XML: it does not begin with '<'");
        }
        return whole;
    }
}
