package io.limpid.detect;

import io.limpid.model.SourcePackage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the file name of a source rpm says: {@code name-version-release.src.rpm}. */
public final class SourceRpm {
    private static final Pattern END = Pattern.compile("\\.(?:no)?src\\.rpm$");

    private SourceRpm() {}

    /** The source package of this file; null when it is no such name. The name has no epoch. */
    public static @Nullable SourcePackage parse(String file) {
        Matcher end = END.matcher(file);
        if (!end.find()) {
            return null;
        }
        String whole = file.substring(0, end.start());
        int release = whole.lastIndexOf('-');
        int version = whole.lastIndexOf('-', release - 1);
        if (version <= 0 || version + 1 == release || release + 1 == whole.length()) {
            return null;
        }
        return new SourcePackage(whole.substring(0, version), whole.substring(version + 1));
    }
}
