package io.limpid.feed.oracle;

import io.limpid.model.VersionRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which builds of a package compare with each other.
 *
 * <p>Oracle publishes several of one name side by side: for Ksplice and with the FIPS module, whose versions compare with no others, and of its kernel,
 * UEK, several lines ({@code 5.4.17}, {@code 5.15.0}) in one release. A line gets its own fixes; the version of another line is none.
 */
final class Builds {
    private static final String UEK = "kernel-uek";
    private static final Pattern OF_UEK = Pattern.compile(".*[0-9]uek.*");
    private static final Pattern FLAVOUR = Pattern.compile(".*(?:\\.(ksplice)|_(fips)).*");
    /** {@code 5.4.17} of {@code 5.4.17-2136.317.5.3.el8uek}. */
    private static final Pattern LINE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9}){1,5})-.*");

    /** What builds of UEK by another name have in their versions: {@code perf}, {@code bpftool}. */
    private static final String UEK_FLAVOUR = "uek";

    private static final Comparator<String> BY_NUMBERS = Comparator.comparing(Builds::numbers, Arrays::compare);

    /** The lines of UEK in each release, the oldest first: the versions that all builds of a line have. */
    private final Map<String, NavigableSet<String>> lines = new HashMap<>();

    /** The builds that a version is one of: {@code ksplice}, {@code fips}, {@code uek}; empty for the usual ones. */
    static String flavour(String name, String version) {
        Matcher flavour = FLAVOUR.matcher(version);
        if (flavour.matches()) {
            return flavour.group(1) == null ? flavour.group(2) : flavour.group(1);
        }
        // The name of the kernel itself tells already.
        return !name.startsWith(UEK) && OF_UEK.matcher(version).matches() ? UEK_FLAVOUR : "";
    }

    /** Takes note of the line that a version is of. */
    void add(String namespace, String name, String version) {
        String line = line(name, version);
        if (line != null) {
            lines.computeIfAbsent(namespace, _ -> new TreeSet<>(BY_NUMBERS)).add(line);
        }
    }

    /** The versions before a fix, of its own line where there are several. */
    VersionRange before(String namespace, String name, String fixed) {
        String line = line(name, fixed);
        NavigableSet<String> known = lines.get(namespace);
        String older = line == null || known == null ? null : known.lower(line);
        // What is between two lines, as previews are, is of the newer one: so nothing is of none.
        return older == null ? VersionRange.before(fixed) : new VersionRange(behind(older), fixed, null);
    }

    private static @Nullable String line(String name, String version) {
        boolean uek = name.startsWith(UEK) || OF_UEK.matcher(version).matches();
        Matcher line = LINE.matcher(version);
        return uek && line.matches() && !FLAVOUR.matcher(version).matches() ? line.group(1) : null;
    }

    private static long[] numbers(String line) {
        return Arrays.stream(line.split("\\.", -1)).mapToLong(Long::parseLong).toArray();
    }

    /** The lowest version behind all of a line: {@code 5.4.18}. */
    private static String behind(String line) {
        int dot = line.lastIndexOf('.') + 1;
        return line.substring(0, dot) + (Long.parseLong(line.substring(dot)) + 1);
    }
}
