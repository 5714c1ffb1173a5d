package io.limpid.feed;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses of pages that documents name. */
public final class FeedLink {
    private static final Pattern LINK = Pattern.compile("https?://[\\x21-\\x7e]{1,1000}");

    private FeedLink() {}

    /** Whether a text is an address that can be shown as one. */
    public static boolean isOne(@Nullable String text) {
        return text != null && LINK.matcher(text).matches();
    }
}
