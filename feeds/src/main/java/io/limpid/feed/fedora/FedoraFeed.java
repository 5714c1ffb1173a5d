package io.limpid.feed.fedora;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedPart.Document;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.updateinfo.Erratum;
import io.limpid.feedformat.updateinfo.ErratumAdvisories;
import io.limpid.feedformat.updateinfo.ErratumAdvisories.Scope;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Fedora's security updates, as Bodhi lists them: pages for each release.
 *
 * <p>The list of updates in the release's repository is not asked: it has only those whose builds are still the newest, so what an older one
 * fixed is not in it.
 */
public final class FedoraFeed implements Feed {
    static final String ID = "fedora";

    private static final String PAGE = "updates.";
    private static final String ENDING = ".json";
    private static final int ON_A_PAGE = 100;
    private static final int PAGES = 500;
    /** Bodhi, as it is now, has the updates of all releases since this. */
    private static final int FIRST = 21;

    private static final Pattern RELEASE = Pattern.compile("[1-9][0-9]{1,2}");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        String release = distro.versionId();
        return distro.id().equals(ID) && release != null && isPublished(release) ? List.of(part(release)) : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return Distros.versionIds(ID).stream()
                .filter(FedoraFeed::isPublished)
                .map(FedoraFeed::part)
                .toList();
    }

    private static boolean isPublished(String release) {
        return RELEASE.matcher(release).matches() && Integer.parseInt(release) >= FIRST;
    }

    private static FeedPart part(String release) {
        return new FeedPart(ID, release, List.of(page(release, 1)));
    }

    private static Document page(String release, int number) {
        URI url = URI.create("https://bodhi.fedoraproject.org/updates/?releases=F" + release
                + "&type=security&rows_per_page=" + ON_A_PAGE + "&page=" + number);
        return new Document(PAGE + number + ENDING, url, number == 1);
    }

    @Override
    public List<Document> follow(FeedPart part, FeedDocuments fetched) throws IOException {
        int pages = UpdatesPage.pages(fetched, PAGE + 1 + ENDING, ON_A_PAGE, PAGES);
        List<Document> further = new ArrayList<>();
        for (int number = 2; number <= pages; number++) {
            further.add(page(part.name(), number));
        }
        return further;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Scope scope = new Scope(ID + ":" + part.name());
        ErratumAdvisories advisories = new ErratumAdvisories(ID, Kind.SOURCE, FedoraFeed::link);
        Set<String> seen = new HashSet<>();
        ToCome toCome = new ToCome();
        String first = PAGE + 1 + ENDING;
        int pages = UpdatesPage.pages(documents, first, ON_A_PAGE, PAGES);
        for (int number = 1; number <= pages; number++) {
            String name = PAGE + number + ENDING;
            new UpdatesPage(name, part.name(), reading).read(documents, erratum -> {
                // A page moves on while an update is added before it.
                if (seen.add(erratum.id())) {
                    List<Advisory> told = advisories.of(erratum, scope);
                    if (erratum.released()) {
                        toCome.released(told);
                        reading.record(name, told);
                    } else {
                        toCome.add(name, told);
                    }
                }
            });
        }
        toCome.end(reading::record);
        return reading.end(first, null);
    }

    private static String link(Erratum erratum) {
        return "https://bodhi.fedoraproject.org/updates/" + erratum.id();
    }
}
