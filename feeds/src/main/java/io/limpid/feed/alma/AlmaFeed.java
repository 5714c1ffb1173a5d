package io.limpid.feed.alma;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.updateinfo.Erratum;
import io.limpid.feedformat.updateinfo.ErratumAdvisories;
import io.limpid.feedformat.updateinfo.ErratumAdvisories.Scope;
import io.limpid.feedformat.updateinfo.ModularErrata;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** AlmaLinux's errata: one document a release. */
public final class AlmaFeed implements Feed {
    static final String ID = "alma";
    static final String ERRATA = "errata.full.json";

    private static final String DISTRO = "almalinux";
    private static final Pattern RELEASE = Pattern.compile("[1-9][0-9]?");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        // Kitten has a namespace of its own, and no errata.
        String namespace = distro.namespace();
        if (!distro.id().equals(DISTRO) || !namespace.startsWith(DISTRO + ":")) {
            return List.of();
        }
        String release = namespace.substring(DISTRO.length() + 1);
        return RELEASE.matcher(release).matches() ? List.of(part(release)) : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return Distros.versionIds(DISTRO).stream()
                .map(AlmaFeed::part)
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    private static FeedPart part(String release) {
        URI url = URI.create("https://errata.almalinux.org/" + release + "/errata.full.json");
        return new FeedPart(ID, release, List.of(new FeedPart.Document(ERRATA, url, true)));
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Scope scope = new Scope(DISTRO + ":" + part.name());
        ErratumAdvisories advisories = new ErratumAdvisories(ID, Kind.BINARY, erratum -> page(part.name(), erratum));
        ModularErrata errata =
                new ModularErrata(ERRATA, reading, erratum -> reading.record(ERRATA, advisories.of(erratum, scope)));
        int count = new ErrataReader(ERRATA, reading).read(documents, errata::take);
        if (count <= 0) {
            throw new FeedException(ERRATA, null, "it lists no errata");
        }
        errata.end();
        return reading.end(ERRATA, null);
    }

    /** {@code https://errata.almalinux.org/8/ALSA-2019-2511.html}. */
    private static String page(String release, Erratum erratum) {
        return "https://errata.almalinux.org/" + release + "/" + erratum.id().replace(':', '-') + ".html";
    }
}
