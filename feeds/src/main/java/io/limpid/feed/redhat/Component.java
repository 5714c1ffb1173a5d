package io.limpid.feed.redhat;

import io.limpid.feedformat.csaf.CsafComponent;
import io.limpid.feedformat.csaf.CsafProduct;
import io.limpid.feedformat.purl.Purl;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An rpm, or the source of some, that a VEX document names.
 *
 * @param name without version
 * @param version epoch, version and release, the epoch only where it is not 0; null when all versions are meant
 * @param arch {@code x86_64}, {@code noarch}, {@code src}; null when not said
 * @param module the module stream, {@code nodejs:18}; null for one of no module
 * @param isCertain whether a package-url says that it is an rpm; what older documents name without one may as well be a file of Java
 */
record Component(
        String name,
        @Nullable String version,
        @Nullable String arch,
        @Nullable String module,
        boolean isCertain) {
    static final String SOURCE = "src";

    /** The type of a package-url. */
    static final String RPM = "rpm";

    private static final String RPM_MODULE = "rpmmod";

    /** {@code telnet-1:0.17-65.el7_6.x86_64}, in documents that are older than package-urls. */
    private static final Pattern NEVRA = Pattern.compile(
            "(.+)-(?:([0-9]+):)?([^-:/]+)-([^-:/]+)\\.(aarch64|i[3-6]86|ia64|noarch|ppc|ppc64|ppc64le|s390|s390x|src|x86_64)");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}");
    private static final Pattern IN_MODULE = Pattern.compile("([^/:]+:[^/:]+)/([A-Za-z0-9][A-Za-z0-9._+-]*)");

    boolean isSource() {
        return SOURCE.equals(arch);
    }

    /** What a product of the document is; null when it is no rpm: an image, a file of Java, a module as a whole. */
    static @Nullable Component of(CsafComponent product) {
        Purl purl = product.part().purl();
        if (purl == null) {
            return ofText(product.part().id());
        }
        if (!purl.type().equals(RPM) || !NAME.matcher(purl.name()).matches()) {
            return null;
        }
        String version = purl.version();
        return new Component(
                purl.name(),
                version == null ? null : version(purl.qualifiers().get("epoch"), version),
                purl.qualifiers().get("arch"),
                module(product, purl),
                true);
    }

    private static @Nullable Component ofText(String text) {
        Matcher nevra = NEVRA.matcher(text);
        if (nevra.matches()) {
            String version = version(nevra.group(2), nevra.group(3) + "-" + nevra.group(4));
            return new Component(nevra.group(1), version, nevra.group(5), null, false);
        }
        Matcher modular = IN_MODULE.matcher(text);
        if (modular.matches()) {
            return new Component(modular.group(2), null, null, modular.group(1), false);
        }
        return NAME.matcher(text).matches() ? new Component(text, null, null, null, false) : null;
    }

    private static String version(@Nullable String epoch, String version) {
        return epoch == null || epoch.equals("0") ? version : epoch + ":" + version;
    }

    /** Told by the package-url or, in older documents, by the module that the package is a part of. */
    private static @Nullable String module(CsafComponent product, Purl purl) {
        String own = purl.qualifiers().get(RPM_MODULE);
        if (own != null) {
            return stream(own);
        }
        for (CsafProduct around : product.modules()) {
            Purl module = around.purl();
            if (module != null && module.type().equals(RPM_MODULE) && module.version() != null) {
                return stream(module.name() + ":" + module.version());
            }
        }
        return product.modules().isEmpty()
                ? null
                : stream(product.modules().getFirst().id());
    }

    /** {@code nodejs:18} of {@code nodejs:18:8060020220523160029:ad008a3a}. */
    private static String stream(String module) {
        int first = module.indexOf(':');
        int second = first < 0 ? -1 : module.indexOf(':', first + 1);
        return second < 0 ? module : module.substring(0, second);
    }
}
