package io.limpid.server.scale;

import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.VersionFormats;
import java.util.Random;

/** The releases that the bench makes up vulnerabilities of, and how their publishers' documents call them. */
enum Release {
    BULLSEYE(Publisher.DEBIAN, "debian:11", "bullseye"),
    BOOKWORM(Publisher.DEBIAN, "debian:12", "bookworm"),
    TRIXIE(Publisher.DEBIAN, "debian:13", "trixie"),
    ALPINE_18(Publisher.ALPINE, "alpine:v3.18", "v3.18"),
    ALPINE_19(Publisher.ALPINE, "alpine:v3.19", "v3.19"),
    ALPINE_20(Publisher.ALPINE, "alpine:v3.20", "v3.20"),
    PHOTON_4(Publisher.PHOTON, "photon:4.0", "4.0"),
    PHOTON_5(Publisher.PHOTON, "photon:5.0", "5.0");

    /** How many versions of each package there are. */
    static final int VERSIONS = 20;

    private static final int MINORS = 4;
    private static final int WITH_EPOCH = 10;

    /**
     * Who publishes.
     *
     * @see #packages
     */
    enum Publisher {
        DEBIAN("dpkg", 2020, 1_500, 14_000, true),
        ALPINE("dpkg", 2021, 600, 3_000, false),
        PHOTON("rpm", 2022, 800, 4_000, true);

        final String format;
        /** In the names of its vulnerabilities: no two publishers have one of the same name. */
        final int year;
        /** How many packages it names. */
        final int packages;
        /** How many vulnerabilities a release has, about. */
        final int vulnerabilities;
        /** Whether it can say that no version has the fix. */
        final boolean saysNever;

        Publisher(String format, int year, int packages, int vulnerabilities, boolean saysNever) {
            this.format = format;
            this.year = year;
            this.packages = packages;
            this.vulnerabilities = vulnerabilities;
            this.saysNever = saysNever;
        }
    }

    final Publisher publisher;
    final String namespace;
    /** Its name in documents. */
    final String word;

    Release(Publisher publisher, String namespace, String word) {
        this.publisher = publisher;
        this.namespace = namespace;
        this.word = word;
    }

    Namespace asNamespace() {
        return new Namespace(namespace, publisher.format);
    }

    /** One of its packages: few have most of the vulnerabilities and are in most layers. */
    int anyPackage(Random random) {
        double skewed = Math.pow(random.nextDouble(), 3);
        return (int) (publisher.packages * skewed);
    }

    String packageName(int number) {
        return "made-up-" + number;
    }

    /** A version of a package; they rise with their numbers, and end with {@link VersionFormats#HIGHEST}. */
    String version(int of, int number) {
        if (number >= VERSIONS) {
            return VersionFormats.HIGHEST;
        }
        String upstream = of % 7 + "." + number / MINORS + "." + number % MINORS * (1 + of % 3);
        return switch (publisher) {
            case DEBIAN ->
                (of % WITH_EPOCH == 0 ? "1:" : "") + upstream + (of % 4 == 0 ? "+dfsg" : "") + "-" + (1 + of % 5)
                        + (number % 2 == 0 ? "" : "+deb" + namespace.substring("debian:".length()) + "u" + number);
            case ALPINE -> upstream + "-r" + number % 3;
            case PHOTON -> upstream + "-" + (1 + number % 3) + ".ph" + word.charAt(0);
        };
    }
}
