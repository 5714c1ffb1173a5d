package io.limpid.feed.alma;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedPart.Document;
import io.limpid.feed.FeedReading;
import io.limpid.feed.FeedTar;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.osv.OsvReader;
import io.limpid.feedformat.osv.OsvRecord;
import io.limpid.feedformat.updateinfo.Erratum;
import io.limpid.feedformat.updateinfo.ErratumAdvisories;
import io.limpid.feedformat.updateinfo.ErratumAdvisories.Scope;
import io.limpid.feedformat.updateinfo.ModularErrata;
import io.limpid.feedformat.updateinfo.OsvErrata;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * AlmaLinux's errata: one document a release.
 *
 * <p>Where a newer release has none, the same errata are read from its records in the form of OSV, which say less; never both, for they are made of
 * one list.
 */
public final class AlmaFeed implements Feed {
    static final String ID = "alma";
    static final String ERRATA = "errata.full.json";

    private static final String RECORDS = "osv-database.tar";
    private static final URI ARCHIVE =
            URI.create("https://github.com/AlmaLinux/osv-database/archive/refs/heads/master.tar.gz");

    private static final String DISTRO = "almalinux";
    /** The releases that are nothing without errata of their own. */
    private static final Set<String> ALWAYS = Set.of("8", "9");

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
        return new FeedPart(ID, release, List.of(new Document(ERRATA, url, ALWAYS.contains(release))));
    }

    @Override
    public List<Document> follow(FeedPart part, FeedDocuments fetched) {
        return fetched.names().contains(ERRATA) ? List.of() : List.of(new Document(RECORDS, ARCHIVE, true));
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Scope scope = new Scope(DISTRO + ":" + part.name());
        ErratumAdvisories advisories = new ErratumAdvisories(ID, Kind.BINARY, erratum -> page(part.name(), erratum));
        boolean own = documents.names().contains(ERRATA);
        String document = own ? ERRATA : RECORDS;
        ModularErrata errata = new ModularErrata(
                document, reading, erratum -> reading.record(document, advisories.of(erratum, scope)));
        int count = own
                ? new ErrataReader(ERRATA, reading).read(documents, errata::take)
                : records(part.name(), documents, reading, errata);
        if (count <= 0) {
            throw new FeedException(document, null, "it lists no errata");
        }
        errata.end();
        return reading.end(document, null);
    }

    /** Reads the records of a release in the archive of all, and gives their number. */
    private static int records(String release, FeedDocuments documents, PartReading reading, ModularErrata errata)
            throws IOException {
        OsvReader reader = new OsvReader(Set.of());
        int[] count = {0};
        FeedTar.read(documents, RECORDS, (path, member) -> {
            if (path.contains("/almalinux" + release + "/") && path.endsWith(".json")) {
                count[0]++;
                OsvRecord[] told = new OsvRecord[1];
                boolean isOne = FeedJson.readMember(member, path, reading, json -> told[0] = reader.read(json));
                Erratum erratum = isOne ? OsvErrata.of(told[0], path, reading).get("AlmaLinux:" + release) : null;
                if (erratum != null) {
                    errata.take(erratum);
                }
            }
        });
        return count[0];
    }

    /** {@code https://errata.almalinux.org/8/ALSA-2019-2511.html}. */
    private static String page(String release, Erratum erratum) {
        return "https://errata.almalinux.org/" + release + "/" + erratum.id().replace(':', '-') + ".html";
    }
}
