package io.limpid.cli;

import io.limpid.format.Printable;
import io.limpid.model.Advisory;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.KnownExploitation;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.snapshot.SnapshotCatalog;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is said of one vulnerability, whatever package has it: above the list of what it is in. */
final class DbPage {
    private static final int MOST_LINKS = 20;
    private static final int MOST_CHARACTERS = 2000;
    private static final int NARROWEST = 40;
    private static final double HUNDRED = 100;

    private final String id;
    private final List<Advisory> advisories;
    private final List<VulnerabilityDetails> known;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    DbPage(String id, List<Advisory> advisories, List<SnapshotCatalog.Known> known, int width) {
        this.id = id;
        this.advisories = List.copyOf(advisories);
        this.known = known.stream().map(SnapshotCatalog.Known::details).toList();
        this.width = Math.max(NARROWEST, width);
    }

    String text() {
        text.append(Printable.of(id)).append('\n');
        Set<String> aliases = new TreeSet<>();
        advisories.forEach(advisory -> aliases.addAll(advisory.aliases()));
        if (!aliases.isEmpty()) {
            wrapped("also " + String.join(", ", aliases));
        }
        known.forEach(this::details);
        String description = description();
        if (description != null) {
            text.append('\n');
            wrapped(description);
        }
        links();
        return text.append('\n').toString();
    }

    private void details(VulnerabilityDetails details) {
        for (SeverityRating rating : details.ratings()) {
            wrapped(rating.source() + ": " + rating.severity().word()
                    + (rating.score() == null ? "" : " " + rating.score())
                    + (rating.vector() == null ? "" : " " + rating.vector()));
        }
        ExploitPrediction prediction = details.exploitPrediction();
        if (prediction != null) {
            wrapped(String.format(
                            Locale.ROOT,
                            "%s: exploited within 30 days with %.2f %%",
                            details.feed(),
                            prediction.score() * HUNDRED)
                    + (prediction.date() == null ? "" : ", as of " + prediction.date()));
        }
        KnownExploitation exploitation = details.knownExploitation();
        if (exploitation != null) {
            wrapped(details.feed() + ": known to be exploited since " + exploitation.added()
                    + (exploitation.ransomware() ? ", by ransomware too" : ""));
        }
    }

    private @Nullable String description() {
        for (Advisory advisory : advisories) {
            if (advisory.description() != null) {
                return advisory.description();
            }
        }
        for (VulnerabilityDetails details : known) {
            if (details.description() != null) {
                return details.description();
            }
        }
        return null;
    }

    private void links() {
        Set<String> links = new LinkedHashSet<>();
        for (Advisory advisory : advisories) {
            if (advisory.url() != null) {
                links.add(advisory.url());
            }
            links.addAll(advisory.links());
        }
        for (VulnerabilityDetails details : known) {
            if (details.url() != null) {
                links.add(details.url());
            }
            links.addAll(details.links());
        }
        text.append(links.isEmpty() ? "" : "\n");
        links.stream()
                .limit(MOST_LINKS)
                .forEach(link -> text.append("  ").append(Printable.of(link)).append('\n'));
        if (links.size() > MOST_LINKS) {
            text.append("  ... and ").append(links.size() - MOST_LINKS).append(" more (-o json shows all)\n");
        }
    }

    private void wrapped(String said) {
        StringBuilder line = new StringBuilder();
        for (String word : Printable.cut(said, MOST_CHARACTERS).strip().split("\\s+", -1)) {
            String shown = Printable.of(word);
            if (!line.isEmpty() && line.length() + 1 + shown.length() > width) {
                text.append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(shown);
        }
        text.append(line).append('\n');
    }
}
