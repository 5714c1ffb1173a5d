package io.limpid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.format.Printable;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FeedRecord;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What each feed says of the documents of its cases; {@code -Dgolden=write} rewrites what is expected. */
class FeedCasesTest {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    @TestFactory
    Stream<DynamicTest> cases() {
        return FeedCases.all().map(one -> dynamicTest(one.name(), () -> check(one)));
    }

    private static void check(FeedCases.Case one) throws IOException {
        Path expected = one.folder().resolve("expected.txt");
        String shown = shown(one);
        if (WRITE) {
            Files.writeString(expected, shown);
        }
        assertThat(shown).isEqualTo(Files.readString(expected));
    }

    private static String shown(FeedCases.Case one) throws IOException {
        StringBuilder records = new StringBuilder();
        try {
            FeedReading reading = one.feed().read(one.part(), one.documents(), told -> show(told, records));
            StringBuilder head = new StringBuilder("date ")
                    .append(reading.dataDate())
                    .append(", skipped ")
                    .append(reading.skipped())
                    .append('\n');
            reading.notes().forEach(note -> head.append("note ").append(note).append('\n'));
            return head.append(records).toString();
        } catch (FeedException e) {
            // What was given before does not count.
            return "failed " + e.getMessage() + "\n";
        }
    }

    private static void show(FeedRecord told, StringBuilder to) {
        switch (told) {
            case Advisory advisory -> show(advisory, to);
            case VulnerabilityDetails details -> show(details, to);
            case RepositoryProducts products -> {
                to.append("== repository ").append(products.repository()).append('\n');
                line(to, "products", products.products());
            }
        }
    }

    private static void show(VulnerabilityDetails details, StringBuilder to) {
        to.append("== ").append(details.id()).append(" details\n");
        details.ratings().forEach(rating -> line(to, "severity", shown(rating)));
        line(to, "exploit prediction", details.exploitPrediction());
        line(to, "known exploitation", details.knownExploitation());
        line(to, "weaknesses", details.weaknesses());
        line(to, "description", details.description());
        line(to, "url", details.url());
        line(to, "links", details.links());
        line(to, "published", details.published());
        line(to, "modified", details.modified());
    }

    private static String shown(SeverityRating rating) {
        return rating.source() + " " + rating.severity() + " " + rating.word() + " " + rating.vector()
                + (rating.score() == null ? "" : " " + rating.score());
    }

    private static void show(Advisory advisory, StringBuilder to) {
        AdvisorySubject subject = advisory.subject();
        to.append("== ")
                .append(advisory.id())
                .append(' ')
                .append(advisory.state().word())
                .append('\n');
        line(to, "aliases", advisory.aliases());
        line(to, subject.named() + " package", subject.namespace() + " " + subject.name());
        line(to, "module", subject.module());
        line(to, "architectures", subject.arches());
        line(to, "repositories", subject.repositories());
        line(to, "flavour", subject.flavour().isEmpty() ? null : subject.flavour());
        for (VersionRange range : advisory.affected()) {
            line(to, subject.versioned() + " versions", shown(range));
        }
        line(to, "fixed", advisory.fixedVersion());
        for (SeverityRating rating : advisory.severities()) {
            line(to, "severity", shown(rating));
        }
        line(to, "description", advisory.description());
        line(to, "note", advisory.note());
        line(to, "url", advisory.url());
        line(to, "links", advisory.links());
        line(to, "published", advisory.published());
        line(to, "modified", advisory.modified());
    }

    private static String shown(VersionRange range) {
        return range.equals(VersionRange.ALL)
                ? "all"
                : "from " + range.introduced() + " before " + range.fixed() + " up to " + range.lastAffected();
    }

    private static void line(StringBuilder to, String what, @Nullable Object value) {
        if (value != null && !value.equals(List.of())) {
            to.append("   ")
                    .append(what.toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(Printable.of(value.toString()))
                    .append('\n');
        }
    }
}
