package io.limpid.cli;

import io.limpid.feed.Feed;
import io.limpid.feed.Feeds;
import io.limpid.model.Distro;
import io.limpid.model.DistroFamily;
import io.limpid.model.DistroFamily.Release;
import io.limpid.model.Distros;
import io.limpid.model.VersionForm;
import io.limpid.testing.Golden;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page of supported systems says what the table of distributions and the list of feeds say. */
class SupportedSystemsTest {
    private static final String PAGE = "../../../../docs/supported-systems.md";

    private static final String TOP = """
        # Supported systems

        `SupportedSystemsTest` in module `cli` makes this page of the table of distributions (`io.limpid.model.DistroTable`) and the list of feeds;
        `-Dgolden=write` writes it anew.

        ## Distributions

        `ID` and `ID_LIKE` are os-release's; the release is what of `VERSION_ID` counts, and the newest known as a report's `namespace` has it. Without advisories the packages are listed and the
        verdict is `unknown`.

        | System | `ID` | `ID_LIKE` | Release | Packages | Package-urls | Clair v1 | Advisories |
        |---|---|---|---|---|---|---|---|
        """;

    private static final String BOTTOM = """

        ## Any other distribution

        It is reported as its os-release calls it, its packages are listed, and the verdict is `unknown`: no advisories are known to be about it. `ID_LIKE`
        lends it none: what is built anew from the sources of another has fixes of its own and at its own time.

        ## How a distribution is recognised

        The first of these files that names one decides, and each file after it only fills in what is still open and does not contradict:

        1. `etc/os-release`, then `usr/lib/os-release`. CentOS Stream and AlmaLinux Kitten have the `ID` of another distribution: `NAME` tells them apart.
        2. `etc/lsb-release`
        3. `etc/alpine-release`, `etc/debian_version`, the sources of apt
        4. `etc/almalinux-release`, `etc/azurelinux-release`, `etc/centos-release`, `etc/enterprise-release`, `etc/fedora-release`, `etc/mariner-release`,
           `etc/openwrt_release`, `etc/oracle-release`, `etc/photon-release`, `etc/rocky-release`, `etc/SuSE-release`
        5. `etc/redhat-release`, `etc/system-release`, which on Oracle Linux name Red Hat Enterprise Linux
        """;

    @Test
    void page() {
        StringBuilder page = new StringBuilder(TOP);
        Distros.all().forEach(family -> page.append(row(family)));
        page.append("\n"
                        + "## Releases\n\n"
                        + "The last day on which a release gets fixes without a further contract, where it is"
                        + " known: after it a report says")
                .append(" `end of life`.\n");
        Distros.all().stream()
                .filter(family -> !family.releases().isEmpty())
                .forEach(family -> page.append(releases(family)));
        Golden.check(PAGE, page.append(BOTTOM).toString());
    }

    private static String row(DistroFamily family) {
        Distro newest = examples(family).getLast();
        String release = form(family.form()) + ": " + code(newest.namespace());
        String clair = Distros.clairNamespace(newest);
        return "| "
                + String.join(
                        " | ",
                        family.name(),
                        code(family.id()),
                        family.idLike().isEmpty() ? "" : code(String.join(" ", family.idLike())),
                        release,
                        family.packageType(),
                        code("pkg:" + family.packageType() + "/" + family.purlNamespace()),
                        clair == null ? "" : code(clair),
                        feeds(family))
                + " |\n";
    }

    private static String form(VersionForm form) {
        return switch (form) {
            case MAJOR -> "first number";
            case MINOR -> "first two numbers";
            case WHOLE -> "all of it";
            case ALPINE -> "first two numbers, or edge";
            case AMAZON -> "first number, `2018.03` for every earlier month";
            case ROLLING -> "one for ever";
        };
    }

    private static String releases(DistroFamily family) {
        String source = family.lifeSource();
        StringBuilder table = new StringBuilder("\n### ").append(family.name()).append('\n');
        if (source != null) {
            table.append("\nSource: ").append(source).append('\n');
        }
        table.append("\n| Release | Name | Fixes until |\n|---|---|---|\n");
        for (Release release : family.releases()) {
            table.append("| ")
                    .append(orEmpty(release.versionId()))
                    .append(" | ")
                    .append(orEmpty(release.codename()))
                    .append(" | ")
                    .append(orEmpty(release.endOfLife()))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String feeds(DistroFamily family) {
        List<Distro> examples = examples(family);
        String feeds = Feeds.all().stream()
                .filter(feed -> examples.stream().anyMatch(distro -> isAbout(feed, distro)))
                .map(Feed::id)
                .collect(Collectors.joining(", "));
        return feeds.isEmpty() ? "none" : feeds;
    }

    private static boolean isAbout(Feed feed, Distro distro) {
        return !feed.partsFor(distro).isEmpty();
    }

    /** Each release, the newest with a number last. */
    private static List<Distro> examples(DistroFamily family) {
        if (family.form() == VersionForm.ROLLING) {
            return List.of(Distros.of(family.id(), null, null));
        }
        return Stream.concat(
                        family.releases().stream().filter(release -> release.versionId() == null),
                        family.releases().stream().filter(release -> release.versionId() != null))
                .map(release -> Distros.of(
                        family.id(),
                        release.versionId(),
                        family.edition() != null ? family.edition() : release.codename()))
                .toList();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
