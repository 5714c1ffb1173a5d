package io.limpid.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The releases of distributions that are known by number or name, and the last day on which each gets fixes. */
final class Releases {
    private static final String ALPINE = "alpine";
    private static final String DEBIAN = "debian";
    private static final String UBUNTU = "ubuntu";
    static final String SID = "sid";

    /**
     * A release.
     *
     * @param id os-release's ID
     * @param versionId its number as advisories name it, null when it has none and never will
     * @param codename its name, null when it has none
     * @param endOfLife the last day on which it gets fixes without a contract (ISO 8601), null when it is not known
     */
    record Release(
            String id,
            @Nullable String versionId,
            @Nullable String codename,
            @Nullable String endOfLife) {}

    /**
     * The oldest first.
     *
     * <p>The days are those of the package distro-info-data (Debian: the end of long-term support; Ubuntu: of standard
     * support, without Pro) and of alpinelinux.org/releases.
     */
    static final List<Release> ALL = List.of(
            new Release(ALPINE, "3.2", null, "2017-05-01"),
            new Release(ALPINE, "3.3", null, "2017-11-01"),
            new Release(ALPINE, "3.4", null, "2018-05-01"),
            new Release(ALPINE, "3.5", null, "2018-11-01"),
            new Release(ALPINE, "3.6", null, "2019-05-01"),
            new Release(ALPINE, "3.7", null, "2019-11-01"),
            new Release(ALPINE, "3.8", null, "2020-05-01"),
            new Release(ALPINE, "3.9", null, "2020-11-01"),
            new Release(ALPINE, "3.10", null, "2021-05-01"),
            new Release(ALPINE, "3.11", null, "2021-11-01"),
            new Release(ALPINE, "3.12", null, "2022-05-01"),
            new Release(ALPINE, "3.13", null, "2022-11-01"),
            new Release(ALPINE, "3.14", null, "2023-05-01"),
            new Release(ALPINE, "3.15", null, "2023-11-01"),
            new Release(ALPINE, "3.16", null, "2024-05-23"),
            new Release(ALPINE, "3.17", null, "2024-11-22"),
            new Release(ALPINE, "3.18", null, "2025-05-09"),
            new Release(ALPINE, "3.19", null, "2025-11-01"),
            new Release(ALPINE, "3.20", null, "2026-04-01"),
            new Release(ALPINE, "3.21", null, "2026-11-01"),
            new Release(ALPINE, "3.22", null, "2027-05-01"),
            new Release(ALPINE, "3.23", null, "2027-11-01"),
            new Release(DEBIAN, "7", "wheezy", "2018-05-31"),
            new Release(DEBIAN, "8", "jessie", "2020-06-30"),
            new Release(DEBIAN, "9", "stretch", "2022-06-30"),
            new Release(DEBIAN, "10", "buster", "2024-06-30"),
            new Release(DEBIAN, "11", "bullseye", "2026-08-31"),
            new Release(DEBIAN, "12", "bookworm", "2028-06-30"),
            new Release(DEBIAN, "13", "trixie", "2030-06-30"),
            new Release(DEBIAN, "14", "forky", null),
            new Release(DEBIAN, null, SID, null),
            new Release(UBUNTU, "12.04", "precise", "2017-04-28"),
            new Release(UBUNTU, "12.10", "quantal", "2014-05-16"),
            new Release(UBUNTU, "13.04", "raring", "2014-01-27"),
            new Release(UBUNTU, "13.10", "saucy", "2014-07-17"),
            new Release(UBUNTU, "14.04", "trusty", "2019-04-25"),
            new Release(UBUNTU, "14.10", "utopic", "2015-07-23"),
            new Release(UBUNTU, "15.04", "vivid", "2016-02-04"),
            new Release(UBUNTU, "15.10", "wily", "2016-07-28"),
            new Release(UBUNTU, "16.04", "xenial", "2021-04-30"),
            new Release(UBUNTU, "16.10", "yakkety", "2017-07-20"),
            new Release(UBUNTU, "17.04", "zesty", "2018-01-13"),
            new Release(UBUNTU, "17.10", "artful", "2018-07-19"),
            new Release(UBUNTU, "18.04", "bionic", "2023-05-31"),
            new Release(UBUNTU, "18.10", "cosmic", "2019-07-18"),
            new Release(UBUNTU, "19.04", "disco", "2020-01-23"),
            new Release(UBUNTU, "19.10", "eoan", "2020-07-17"),
            new Release(UBUNTU, "20.04", "focal", "2025-05-29"),
            new Release(UBUNTU, "20.10", "groovy", "2021-07-22"),
            new Release(UBUNTU, "21.04", "hirsute", "2022-01-20"),
            new Release(UBUNTU, "21.10", "impish", "2022-07-14"),
            new Release(UBUNTU, "22.04", "jammy", "2027-06-01"),
            new Release(UBUNTU, "22.10", "kinetic", "2023-07-20"),
            new Release(UBUNTU, "23.04", "lunar", "2024-01-25"),
            new Release(UBUNTU, "23.10", "mantic", "2024-07-11"),
            new Release(UBUNTU, "24.04", "noble", "2029-05-31"),
            new Release(UBUNTU, "24.10", "oracular", "2025-07-10"),
            new Release(UBUNTU, "25.04", "plucky", "2026-01-15"),
            new Release(UBUNTU, "25.10", "questing", "2026-07-09"),
            new Release(UBUNTU, "26.04", "resolute", "2031-05-29"),
            new Release(UBUNTU, "26.10", "stonking", "2027-07-15"));

    private Releases() {}
}
