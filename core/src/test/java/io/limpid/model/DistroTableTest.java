package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.DistroFamily.Release;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every row, so that a wrong one cannot be added unseen. */
class DistroTableTest {

    static Stream<DistroFamily> rows() {
        return Distros.all().stream();
    }

    @Test
    void rowsAreInOrderAndTheOneWithoutAnEditionIsFirst() {
        assertThat(Distros.all())
                .isSortedAccordingTo(Comparator.comparing(DistroFamily::id)
                        .thenComparing(DistroFamily::edition, Comparator.nullsFirst(Comparator.naturalOrder())));
        assertThat(rows().map(row -> row.id() + " " + row.edition())).doesNotHaveDuplicates();
        assertThat(rows().filter(row -> row.edition() != null).map(DistroFamily::id))
                .allMatch(id -> rows().anyMatch(row -> row.id().equals(id) && row.edition() == null));
    }

    @Test
    void noNameMeansTwo() {
        List<String> spellings = rows().flatMap(row -> Stream.concat(
                        row.edition() == null ? Stream.of(row.id()) : Stream.of(), row.spellings().stream()))
                .toList();
        assertThat(spellings)
                .doesNotHaveDuplicates()
                .allSatisfy(one -> assertThat(one).isEqualTo(one.toLowerCase(Locale.ROOT)));
        assertThat(rows().flatMap(row -> row.titles().stream())).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatItCallsItselfFindsIt(DistroFamily row) {
        row.spellings()
                .forEach(spelling -> assertThat(Distros.spelled(spelling)).isSameAs(row));
        row.titles()
                .forEach(title ->
                        assertThat(Distros.titled(title + " release 1")).isSameAs(row));
        assertThat(Distros.isKnown(row.id())).isTrue();
        assertThat(Distros.packageType(row.id())).isEqualTo(row.packageType());
        if (row.edition() != null) {
            assertThat(Distros.edition(row.id(), row.name() + " 9")).isEqualTo(row.edition());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyReleaseIsOne(DistroFamily row) {
        Set<String> namespaces = new HashSet<>();
        for (Release release : row.releases()) {
            String codename = row.edition() == null ? release.codename() : row.edition();
            Distro distro = Distros.of(row.id(), release.versionId(), codename);
            assertThat(distro.endOfLife()).isEqualTo(release.endOfLife());
            assertThat(distro.codename()).isEqualTo(codename);
            assertThat(distro.namespace()).contains(":");
            String clair = Distros.clairNamespace(distro);
            if (clair != null) {
                assertThat(Distros.ofClair(clair)).as(clair).contains(distro.namespace());
            }
            assertThat(namespaces.add(distro.namespace()))
                    .as(distro.namespace())
                    .isTrue();
        }
        assertThat(row.releases().isEmpty()).isEqualTo(row.form() == VersionForm.ROLLING);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyDayIsOneAndHasASource(DistroFamily row) {
        List<LocalDate> days = row.releases().stream()
                .map(Release::endOfLife)
                .filter(Objects::nonNull)
                .map(LocalDate::parse)
                .toList();
        assertThat(days).allMatch(day -> day.getYear() > 2009 && day.getYear() < 2040);
        assertThat(row.lifeSource() == null).isEqualTo(days.isEmpty());
        if (row.lifeSource() != null) {
            assertThat(row.lifeSource()).startsWith("https://");
        }
    }
}
