package io.limpid.feedformat.updateinfo;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The dates of errata, as they are written in updateinfo and elsewhere: a day, a moment without a zone, or seconds. */
public final class RpmDate {
    private static final Pattern DATE = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\\.[0-9]{1,9})?)?(?:Z|"
                    + " UTC|\\+00:00)?");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{9,11}");

    private RpmDate() {}

    /** The date in ISO 8601, null when it is none; a moment without a zone is taken for UTC's. */
    public static @Nullable String of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String date = text.strip();
        if (SECONDS.matcher(date).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(date)).toString();
        }
        Matcher found = DATE.matcher(date);
        if (!found.matches()) {
            return null;
        }
        String minute = found.group(2);
        String seconds = found.group(3) == null ? ":00" : found.group(3);
        return minute == null ? found.group(1) : found.group(1) + "T" + minute + seconds + "Z";
    }
}
