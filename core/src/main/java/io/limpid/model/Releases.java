package io.limpid.model;

import io.limpid.model.DistroFamily.Release;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The releases of the distributions of {@link DistroTable} that are known by number or name, the oldest first, and the last day on which each gets
 * fixes.
 *
 * <p>Debian: the end of long-term support; Ubuntu: of standard support, without Pro; Red Hat: of maintenance support, without the extended life cycle;
 * SUSE: of general support; Amazon 2022, a preview: the day on which 2023 came of it; OpenWrt: of the last release. A day that is still to come and only
 * expected is left out; of one that is over and known by its month or quarter only the last is here, for what gets no more fixes must not be called clean.
 */
final class Releases {
    private static final String SID = "sid";

    static final List<Release> ALPINE = List.of(
            release("3.2", "2017-05-01"),
            release("3.3", "2017-11-01"),
            release("3.4", "2018-05-01"),
            release("3.5", "2018-11-01"),
            release("3.6", "2019-05-01"),
            release("3.7", "2019-11-01"),
            release("3.8", "2020-05-01"),
            release("3.9", "2020-11-01"),
            release("3.10", "2021-05-01"),
            release("3.11", "2021-11-01"),
            release("3.12", "2022-05-01"),
            release("3.13", "2022-11-01"),
            release("3.14", "2023-05-01"),
            release("3.15", "2023-11-01"),
            release("3.16", "2024-05-23"),
            release("3.17", "2024-11-22"),
            release("3.18", "2025-05-09"),
            release("3.19", "2025-11-01"),
            release("3.20", "2026-04-01"),
            release("3.21", "2026-11-01"),
            release("3.22", "2027-05-01"),
            release("3.23", "2027-11-01"));

    static final List<Release> DEBIAN = List.of(
            release("7", "wheezy", "2018-05-31"),
            release("8", "jessie", "2020-06-30"),
            release("9", "stretch", "2022-06-30"),
            release("10", "buster", "2024-06-30"),
            release("11", "bullseye", "2026-08-31"),
            release("12", "bookworm", "2028-06-30"),
            release("13", "trixie", "2030-06-30"),
            release("14", "forky", null),
            release(null, SID, null));

    static final List<Release> UBUNTU = List.of(
            release("12.04", "precise", "2017-04-28"),
            release("12.10", "quantal", "2014-05-16"),
            release("13.04", "raring", "2014-01-27"),
            release("13.10", "saucy", "2014-07-17"),
            release("14.04", "trusty", "2019-04-25"),
            release("14.10", "utopic", "2015-07-23"),
            release("15.04", "vivid", "2016-02-04"),
            release("15.10", "wily", "2016-07-28"),
            release("16.04", "xenial", "2021-04-30"),
            release("16.10", "yakkety", "2017-07-20"),
            release("17.04", "zesty", "2018-01-13"),
            release("17.10", "artful", "2018-07-19"),
            release("18.04", "bionic", "2023-05-31"),
            release("18.10", "cosmic", "2019-07-18"),
            release("19.04", "disco", "2020-01-23"),
            release("19.10", "eoan", "2020-07-17"),
            release("20.04", "focal", "2025-05-29"),
            release("20.10", "groovy", "2021-07-22"),
            release("21.04", "hirsute", "2022-01-20"),
            release("21.10", "impish", "2022-07-14"),
            release("22.04", "jammy", "2027-06-01"),
            release("22.10", "kinetic", "2023-07-20"),
            release("23.04", "lunar", "2024-01-25"),
            release("23.10", "mantic", "2024-07-11"),
            release("24.04", "noble", "2029-05-31"),
            release("24.10", "oracular", "2025-07-10"),
            release("25.04", "plucky", "2026-01-15"),
            release("25.10", "questing", "2026-07-09"),
            release("26.04", "resolute", "2031-05-29"),
            release("26.10", "stonking", "2027-07-15"));

    static final List<Release> RHEL = List.of(
            release("5", "2017-03-31"),
            release("6", "2020-11-30"),
            release("7", "2024-06-30"),
            release("8", "2029-05-31"),
            release("9", "2032-05-31"),
            release("10", "2035-05-31"));

    static final List<Release> CENTOS = List.of(
            release("5", "2017-03-31"),
            release("6", "2020-11-30"),
            release("7", "2024-06-30"),
            release("8", "2021-12-31"));

    static final List<Release> CENTOS_STREAM =
            List.of(release("8", "2024-05-31"), release("9", "2027-05-31"), release("10", null));

    static final List<Release> ALMALINUX =
            List.of(release("8", "2029-03-01"), release("9", "2032-05-31"), release("10", "2035-05-31"));

    static final List<Release> ALMALINUX_KITTEN = List.of(release("10", null));

    static final List<Release> ROCKY =
            List.of(release("8", "2029-05-31"), release("9", "2032-05-31"), release("10", "2035-05-31"));

    static final List<Release> ORACLE = List.of(
            release("5", "2017-06-30"),
            release("6", "2021-03-31"),
            release("7", "2024-12-31"),
            release("8", "2029-07-31"),
            release("9", "2032-06-30"),
            release("10", "2035-06-30"));

    static final List<Release> AMAZON = List.of(
            release("2018.03", "2023-12-31"),
            release("2", "2026-06-30"),
            release("2022", "2023-03-15"),
            release("2023", "2029-06-30"));

    static final List<Release> FEDORA = List.of(
            release("20", "2015-06-23"),
            release("21", "2015-12-01"),
            release("22", "2016-07-19"),
            release("23", "2016-12-20"),
            release("24", "2017-08-08"),
            release("25", "2017-12-12"),
            release("26", "2018-05-29"),
            release("27", "2018-11-30"),
            release("28", "2019-05-28"),
            release("29", "2019-11-26"),
            release("30", "2020-05-26"),
            release("31", "2020-11-24"),
            release("32", "2021-05-25"),
            release("33", "2021-11-30"),
            release("34", "2022-06-07"),
            release("35", "2022-12-13"),
            release("36", "2023-05-16"),
            release("37", "2023-12-05"),
            release("38", "2024-05-21"),
            release("39", "2024-11-26"),
            release("40", "2025-05-13"),
            release("41", "2025-12-15"),
            release("42", "2026-05-13"),
            release("43", null),
            release("44", null));

    static final List<Release> SLES = List.of(
            release("11", "2010-12-31"),
            release("11.1", "2012-08-31"),
            release("11.2", "2014-01-31"),
            release("11.3", "2016-01-31"),
            release("11.4", "2019-03-31"),
            release("12", "2016-06-30"),
            release("12.1", "2017-05-31"),
            release("12.2", "2018-03-31"),
            release("12.3", "2019-06-30"),
            release("12.4", "2020-06-30"),
            release("12.5", "2024-10-31"),
            release("15", "2019-12-31"),
            release("15.1", "2021-01-31"),
            release("15.2", "2021-12-31"),
            release("15.3", "2022-12-31"),
            release("15.4", "2023-12-31"),
            release("15.5", "2024-12-31"),
            release("15.6", "2025-12-31"),
            release("15.7", "2031-07-31"),
            release("16.0", null));

    static final List<Release> LEAP = List.of(
            release("15.0", "2019-12-03"),
            release("15.1", "2021-02-02"),
            release("15.2", "2022-01-04"),
            release("15.3", "2022-12-31"),
            release("15.4", "2023-12-07"),
            release("15.5", "2024-12-31"),
            release("15.6", "2026-04-30"),
            release("16.0", null));

    static final List<Release> LEAP_MICRO =
            List.of(release("5.2", null), release("5.3", null), release("5.4", null), release("5.5", null));

    static final List<Release> SLE_MICRO = List.of(
            release("5.0", "2022-03-31"),
            release("5.1", "2025-10-31"),
            release("5.2", "2026-04-30"),
            release("5.3", "2026-10-30"),
            release("5.4", "2027-04-30"),
            release("5.5", "2027-10-31"));

    static final List<Release> SL_MICRO = List.of(release("6.0", "2028-06-30"), release("6.1", "2028-11-30"));

    static final List<Release> OPENSUSE = List.of(
            release("13.1", "2016-02-03"),
            release("13.2", "2017-01-17"),
            release("42.1", "2017-05-17"),
            release("42.2", "2018-01-26"),
            release("42.3", "2019-07-01"));

    static final List<Release> PHOTON = List.of(
            release("1.0", "2022-02-28"),
            release("2.0", "2022-12-31"),
            release("3.0", "2024-03-01"),
            release("4.0", "2025-12-31"),
            release("5.0", null));

    static final List<Release> MARINER = List.of(release("1.0", "2023-08-31"), release("2.0", "2025-07-31"));

    static final List<Release> AZURELINUX = List.of(release("3.0", null));

    static final List<Release> OPENWRT = List.of(
            release("19.07", "2022-04-30"),
            release("21.02", "2023-04-30"),
            release("22.03", "2024-07-23"),
            release("23.05", "2025-08-16"),
            release("24.10", null));

    private Releases() {}

    private static Release release(String versionId, @Nullable String endOfLife) {
        return new Release(versionId, null, endOfLife);
    }

    private static Release release(@Nullable String versionId, @Nullable String codename, @Nullable String endOfLife) {
        return new Release(versionId, codename, endOfLife);
    }
}
