package io.limpid.feed.ubuntu;

import io.limpid.model.Severity;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Canonical's words mean, in whichever of its documents they are. */
final class UbuntuWords {
    /** The name of a bulletin at the end of its address; those of Livepatch mend running kernels, of which an image has none. */
    private static final Pattern BULLETIN =
            Pattern.compile("https?://\\S*/(?:usn|notices)/((?i:USN|LSN)-[0-9]{1,6}-[0-9]{1,4})/?");

    private static final Pattern BULLETIN_NAME = Pattern.compile("USN-[0-9]{1,6}-[0-9]{1,4}");

    private static final Pattern DATE =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]{2}:[0-9]{2}:[0-9]{2}) (?:UTC|\\+0000))?");

    /** {@code 2.27-3ubuntu1.6+esm1}, {@code 1:4.0.34-1ubuntu0.1~esm2}: only Ubuntu Pro's archives have versions of such names. */
    private static final Pattern PRO = Pattern.compile("[+~.]esm[0-9]");

    private static final int LINK_CHARACTERS = 1000;

    private UbuntuWords() {}

    /** The page about a vulnerability. */
    static String page(String id) {
        return "https://ubuntu.com/security/" + id;
    }

    /** The name of the bulletin that a link leads to, null when it leads to none. */
    static @Nullable String bulletin(String link) {
        // As good as every reference is another link, and there are hundreds of thousands.
        if (!link.contains("/notices/") && !link.contains("/usn/")) {
            return null;
        }
        Matcher bulletin = BULLETIN.matcher(link);
        return bulletin.matches() ? bulletin.group(1).toUpperCase(Locale.ROOT) : null;
    }

    /** Whether this is the name of a bulletin about packages. */
    static boolean isBulletin(String name) {
        return BULLETIN_NAME.matcher(name).matches();
    }

    /** Whether this is an address of the web, of printable ASCII characters. */
    static boolean isLink(String text) {
        int from = text.startsWith("https://")
                ? "https://".length()
                : text.startsWith("http://") ? "http://".length() : -1;
        if (from < 0 || text.length() == from || text.length() > from + LINK_CHARACTERS) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** A date in ISO 8601, null when it is none. */
    static @Nullable String date(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return null;
        }
        return date.group(2) == null ? date.group(1) : date.group(1) + "T" + date.group(2) + "Z";
    }

    /** Whether only subscribers of Ubuntu Pro can install this version. */
    static boolean isPro(String version) {
        return PRO.matcher(version).find();
    }

    static Severity severity(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "critical" -> Severity.CRITICAL;
            case "high" -> Severity.HIGH;
            case "medium" -> Severity.MEDIUM;
            case "low" -> Severity.LOW;
            case "negligible" -> Severity.NEGLIGIBLE;
            default -> Severity.UNKNOWN;
        };
    }
}
