package io.limpid.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a product or platform (CPE 2.3, NISTIR 7695), read from either binding: {@code cpe:/o:redhat:rhel_eus:8.4::baseos},
 * {@code cpe:2.3:o:redhat:rhel_eus:8.4:*:baseos:*:*:*:*:*}.
 *
 * <p>A value is lower-case and unquoted; {@code *} and {@code ?} that stand for others are private characters, so that a quoted one is itself.
 *
 * @param attributes the eleven: part, vendor, product, version, update, edition, language, software edition, target software, target hardware,
 *     other
 */
public record CpeName(List<String> attributes) {
    /** Any value: nothing is said of it. */
    static final String ANY = "*";
    /** No value: it makes no sense for the product. */
    static final String NA = "-";

    private static final char MANY = '\uE000';
    private static final char ONE = '\uE001';

    private static final int ATTRIBUTES = 11;
    private static final int VENDOR = 1;
    private static final int PRODUCT = 2;
    private static final int VERSION = 3;
    private static final int UPDATE = 4;
    private static final int EDITION = 5;
    private static final int LANGUAGE = 6;
    /** The attributes that the older binding packs into the edition: edition, software edition, target software, target hardware, other. */
    private static final int[] PACKED = {EDITION, 7, 8, 9, 10};

    private static final int URI_ATTRIBUTES = 7;
    private static final String FORMATTED = "cpe:2.3:";
    private static final String URI = "cpe:/";
    private static final int HEX = 16;
    private static final Pattern STREAM =
            Pattern.compile("rhel_(?:aus|common|e4s|els|eus|eus_long_life|extras.*|mission_critical|tus)");
    private static final int CHARACTERS = 1000;

    public CpeName {
        attributes = List.copyOf(attributes);
        if (attributes.size() != ATTRIBUTES) {
            throw new IllegalArgumentException("not the attributes of a CPE name: " + attributes);
        }
    }

    /** Reads a name in either binding; null when it is none. */
    public static @Nullable CpeName parse(String text) {
        if (text.length() > CHARACTERS) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> values = lower.startsWith(FORMATTED)
                ? formatted(lower.substring(FORMATTED.length()))
                : lower.startsWith(URI) ? uri(lower.substring(URI.length())) : List.of();
        return values.size() == ATTRIBUTES && values.getFirst().matches("[aoh*-]") ? new CpeName(values) : null;
    }

    private static List<String> formatted(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == ':') {
                values.add(value.toString());
                value.setLength(0);
            } else if (one == '\\' && i + 1 < text.length()) {
                value.append(text.charAt(++i));
            } else if (one == '*' && !isWhole(text, i)) {
                value.append(MANY);
            } else if (one == '?') {
                value.append(ONE);
            } else {
                value.append(one);
            }
        }
        values.add(value.toString());
        return values.contains("") ? List.of() : values;
    }

    /** Whether the character there is a value of its own. */
    private static boolean isWhole(String text, int at) {
        return (at == 0 || text.charAt(at - 1) == ':') && (at + 1 == text.length() || text.charAt(at + 1) == ':');
    }

    private static List<String> uri(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > URI_ATTRIBUTES) {
            return List.of();
        }
        String[] values = new String[ATTRIBUTES];
        for (int i = 0; i < ATTRIBUTES; i++) {
            values[i] = i < parts.length && i <= LANGUAGE ? value(parts[i]) : ANY;
        }
        if (parts.length > EDITION && parts[EDITION].startsWith("~")) {
            String[] packed = parts[EDITION].split("~", -1);
            for (int i = 0; i < PACKED.length; i++) {
                values[PACKED[i]] = i + 1 < packed.length ? value(packed[i + 1]) : ANY;
            }
        }
        return List.of(values);
    }

    private static String value(String encoded) {
        if (encoded.isEmpty()) {
            return ANY;
        }
        StringBuilder value = new StringBuilder();
        byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], HEX);
            if (low < 0) {
                value.append((char) (bytes[i] & 0xff));
                continue;
            }
            int code = high * HEX + low;
            value.append(code == 1 ? ONE : code == 2 ? MANY : (char) code);
            i += 2;
        }
        return value.toString();
    }

    public String vendor() {
        return attributes.get(VENDOR);
    }

    public String product() {
        return attributes.get(PRODUCT);
    }

    /** The version, {@code *} when nothing is said of it. */
    public String version() {
        return attributes.get(VERSION);
    }

    /** The edition, which Red Hat writes repositories into: {@code baseos}; {@code *} when nothing is said of it. */
    public String edition() {
        return attributes.get(EDITION);
    }

    /** Whether what this names includes all that another one names: the relation "superset or equal" of NISTIR 7696. */
    public boolean includes(CpeName other) {
        for (int i = 0; i < ATTRIBUTES; i++) {
            if (!includes(attributes.get(i), other.attributes.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean includes(String source, String target) {
        if (source.equals(ANY) || source.equals(target)) {
            return true;
        }
        if (source.equals(NA) || target.equals(ANY) || target.equals(NA)) {
            return false;
        }
        boolean wild = source.indexOf(MANY) >= 0 || source.indexOf(ONE) >= 0;
        return wild && matches(source, target);
    }

    /** Linear in the pattern for each star, as wildcards stand at the ends only. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int from = 0;
        while (t < text.length()) {
            char want = p < pattern.length() ? pattern.charAt(p) : 0;
            if (want == ONE || (want != MANY && p < pattern.length() && want == text.charAt(t))) {
                p++;
                t++;
            } else if (p < pattern.length() && want == MANY) {
                star = p++;
                from = t;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && (pattern.charAt(p) == MANY || pattern.charAt(p) == ONE)) {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether it names a product as a whole, {@code cpe:/o:redhat:enterprise_linux:8}, and no edition or update of it. */
    public boolean isOfProduct() {
        return attributes.subList(UPDATE, ATTRIBUTES).stream().allMatch(ANY::equals);
    }

    /**
     * Whether another one names a part of the product that this names: one of its editions or of the versions below its own, {@code 4.13} below
     * {@code 4}.
     *
     * <p>The part (operating system or application) is left aside: Red Hat calls one product's repositories both,
     * {@code cpe:/o:redhat:enterprise_linux:8::baseos} and {@code cpe:/a:redhat:enterprise_linux:8::appstream}.
     */
    public boolean isProductOf(CpeName other) {
        return isOfProduct()
                && vendor().equals(other.vendor())
                && product().equals(other.product())
                && (version().equals(ANY)
                        || other.version().equals(version())
                        || other.version().startsWith(version() + "."));
    }

    /** Its product as a whole, of which it is an edition or update. */
    CpeName whole() {
        List<String> values = new ArrayList<>(attributes.subList(0, UPDATE));
        while (values.size() < ATTRIBUTES) {
            values.add(ANY);
        }
        return new CpeName(values);
    }

    /** Whether it is of one of the streams in which Red Hat keeps fixing a release that others have left, or of what is sold with it. */
    boolean isStreamOf(CpeName release) {
        return vendor().equals(release.vendor())
                && STREAM.matcher(product()).matches()
                && (version().equals(release.version()) || version().startsWith(release.version() + "."));
    }
}
