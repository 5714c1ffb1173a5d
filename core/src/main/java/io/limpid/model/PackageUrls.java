package io.limpid.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The package-urls of operating system packages in canonical form (Package-URL specification, ECMA-427): one package, one text.
 *
 * <p>{@code pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?arch=amd64&distro=debian-12&upstream=src%401.0}: the qualifiers sorted, {@code distro} is
 * os-release's {@code ID-VERSION_ID}, {@code upstream} only where the source is another than the package itself, an rpm's epoch is a
 * qualifier. Written by hand because an image has thousands of packages and a general builder validates and sorts for every one of them.
 */
public final class PackageUrls {
    private static final String HEX = "0123456789ABCDEF";
    private static final int ASCII = 0x80;
    private static final boolean[] LITERAL = literal();

    private PackageUrls() {}

    /** The package-url of a package of this distribution; of none that is known, without namespace. What a document lists keeps the document's. */
    public static String of(Package one, @Nullable Distro distro) {
        if (one.purl() != null) {
            return one.purl();
        }
        boolean rpm = one.type().equals("rpm");
        int colon = rpm ? one.version().indexOf(':') : -1;
        StringBuilder url = new StringBuilder(128);
        url.append("pkg:").append(one.type()).append('/');
        if (distro != null) {
            encode(url, Distros.purlNamespace(distro.id()));
            url.append('/');
        }
        encode(url, one.name());
        url.append('@');
        encode(url, one.version().substring(colon + 1));
        int start = url.length();
        qualifier(url, start, "arch", one.arch());
        qualifier(url, start, "distro", distro == null ? null : release(distro));
        qualifier(url, start, "epoch", colon < 0 ? null : one.version().substring(0, colon));
        qualifier(url, start, "upstream", upstream(one));
        return url.toString();
    }

    private static String release(Distro distro) {
        String release = distro.versionId() != null ? distro.versionId() : distro.codename();
        return release == null ? distro.id() : distro.id() + "-" + release;
    }

    private static @Nullable String upstream(Package one) {
        SourcePackage source = one.source();
        if (source == null) {
            return null;
        }
        if (!source.version().equals(one.version())) {
            return source.name() + "@" + source.version();
        }
        return source.name().equals(one.name()) ? null : source.name();
    }

    private static void qualifier(StringBuilder url, int start, String key, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        url.append(url.length() == start ? '?' : '&').append(key).append('=');
        encode(url, value);
    }

    private static void encode(StringBuilder url, String text) {
        int plain = 0;
        while (plain < text.length() && isLiteral(text.charAt(plain))) {
            plain++;
        }
        url.append(text, 0, plain);
        if (plain == text.length()) {
            return;
        }
        for (byte one : text.substring(plain).getBytes(StandardCharsets.UTF_8)) {
            if (one >= 0 && LITERAL[one]) {
                url.append((char) one);
            } else {
                url.append('%').append(HEX.charAt((one >> 4) & 0xf)).append(HEX.charAt(one & 0xf));
            }
        }
    }

    private static boolean isLiteral(char c) {
        return c < ASCII && LITERAL[c];
    }

    /** Letters, digits, {@code .-_~} and the colon are never encoded, all else is (specification, section on character encoding). */
    private static boolean[] literal() {
        boolean[] literal = new boolean[ASCII];
        for (char c = 0; c < ASCII; c++) {
            literal[c] = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || ".-_~:".indexOf(c) >= 0;
        }
        return literal;
    }
}
