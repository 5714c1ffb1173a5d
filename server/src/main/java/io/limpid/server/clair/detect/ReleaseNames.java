package io.limpid.server.clair.detect;

import io.limpid.server.clair.GoText;
import io.limpid.server.clair.Namespace;
import java.util.Map;
import java.util.Optional;

/** What distributions call themselves and their releases. */
final class ReleaseNames {
    static final String DPKG = "dpkg";
    static final String RPM = "rpm";

    private static final Map<String, String> FORMATS = Map.of(
            "debian", DPKG,
            "ubuntu", DPKG,
            "centos", RPM,
            "rhel", RPM,
            "fedora", RPM,
            "amzn", RPM,
            "ol", RPM,
            "oracle", RPM);

    /** Also the aliases, with what they stood for when the original was last released. */
    private static final Map<String, String> DEBIAN = Map.ofEntries(
            Map.entry("squeeze", "6"),
            Map.entry("wheezy", "7"),
            Map.entry("jessie", "8"),
            Map.entry("stretch", "9"),
            Map.entry("buster", "10"),
            Map.entry("bullseye", "11"),
            Map.entry("sid", "unstable"),
            Map.entry("unstable", "unstable"),
            Map.entry("oldoldstable", "8"),
            Map.entry("oldstable", "9"),
            Map.entry("stable", "10"),
            Map.entry("testing", "11"));

    private static final Map<String, String> UBUNTU = Map.ofEntries(
            Map.entry("precise", "12.04"),
            Map.entry("quantal", "12.10"),
            Map.entry("raring", "13.04"),
            Map.entry("trusty", "14.04"),
            Map.entry("utopic", "14.10"),
            Map.entry("vivid", "15.04"),
            Map.entry("wily", "15.10"),
            Map.entry("xenial", "16.04"),
            Map.entry("yakkety", "16.10"),
            Map.entry("zesty", "17.04"),
            Map.entry("artful", "17.10"),
            Map.entry("bionic", "18.04"),
            Map.entry("cosmic", "18.10"),
            Map.entry("disco", "19.04"));

    private ReleaseNames() {}

    /** The namespace of an ID and a version as release files have them; none for an ID whose versions Clair does not know. */
    static Optional<Namespace> namespace(String id, String version) {
        String format = FORMATS.get(id);
        return format == null || version.isEmpty()
                ? Optional.empty()
                : Optional.of(new Namespace(id + ":" + version, format));
    }

    /** The namespace of a distribution as package sources have it: {@code jessie}, {@code xenial/updates}. */
    static Optional<Namespace> ofSuite(String suite) {
        String debian = DEBIAN.get(suite);
        if (debian != null) {
            return namespace("debian", debian);
        }
        int slash = suite.indexOf('/');
        String ubuntu = UBUNTU.get(slash < 0 ? suite : suite.substring(0, slash));
        return ubuntu == null ? Optional.empty() : namespace("ubuntu", ubuntu);
    }

    /** A value of a release file as Clair takes it: in lower case, without double quotes anywhere in it. */
    static String value(String written) {
        return GoText.lowered(written).replace("\"", "");
    }
}
