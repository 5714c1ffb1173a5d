package io.limpid.feed.amazon;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedPart.Document;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.updateinfo.Erratum;
import io.limpid.feedformat.updateinfo.ErratumAdvisories;
import io.limpid.feedformat.updateinfo.ErratumAdvisories.Scope;
import io.limpid.feedformat.updateinfo.Repomd;
import io.limpid.feedformat.updateinfo.UpdateInfoReader;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Linux: for each repository of a release a list of mirrors, which names an index, which names a list of updates.
 *
 * <p>The lists of the repositories for x86_64 are those for aarch64 and i686 too. Packages that patch a running kernel are left out: an image
 * runs none.
 */
public final class AmazonFeed implements Feed {
    static final String ID = "amazon";

    private static final String DISTRO = "amzn";
    private static final String FIRST = "2018.03";
    private static final String SECOND = "2";
    private static final String CDN = "https://cdn.amazonlinux.com/";

    private static final String CORE = "core";
    private static final String NVIDIA = "nvidia";
    private static final String CATALOG = "extras-catalog.json";
    private static final String MIRRORS = ".mirror.list";
    private static final String INDEX = ".repomd.xml";
    private static final String UPDATES = ".updateinfo.xml";

    /** {@code 2023}, and those to come. */
    private static final Pattern YEAR = Pattern.compile("20[2-9][0-9]");
    /** {@code ALAS2023-2023-001}, {@code ALAS2LIVEPATCH-2021-045}. */
    private static final Pattern BULLETIN = Pattern.compile("ALAS(2|20[0-9]{2})?(?=[A-Z-])([A-Za-z0-9._]*-.*)");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        String namespace = distro.namespace();
        if (!distro.id().equals(DISTRO) || !namespace.startsWith(DISTRO + ":")) {
            return List.of();
        }
        String release = namespace.substring(DISTRO.length() + 1);
        boolean known = release.equals(FIRST)
                || release.equals(SECOND)
                || YEAR.matcher(release).matches();
        return known ? List.of(part(release)) : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return List.of(part(SECOND), part(FIRST), part("2022"), part("2023"));
    }

    private static FeedPart part(String release) {
        List<Document> documents = new ArrayList<>();
        switch (release) {
            case FIRST ->
                documents.add(
                        mirrors(CORE, "https://repo.us-west-2.amazonaws.com/2018.03/updates/x86_64/mirror.list", true));
            case SECOND -> {
                documents.add(mirrors(CORE, CDN + "2/core/latest/x86_64/mirror.list", true));
                documents.add(new Document(CATALOG, URI.create(CDN + "2/extras-catalog.json"), false));
            }
            default -> {
                String base = CDN + "al" + release + "/";
                documents.add(mirrors(CORE, base + "core/mirrors/latest/x86_64/mirror.list", true));
                if (!release.equals("2022")) {
                    documents.add(mirrors(NVIDIA, base + "nvidia/mirrors/latest/x86_64/mirror.list", false));
                }
            }
        }
        return new FeedPart(ID, release, documents);
    }

    private static Document mirrors(String repository, String url, boolean required) {
        return new Document(repository + MIRRORS, URI.create(url), required);
    }

    @Override
    public List<Document> follow(FeedPart part, FeedDocuments fetched) throws IOException {
        List<Document> further = new ArrayList<>();
        for (String name : fetched.names()) {
            if (name.equals(CATALOG)) {
                for (String topic : ExtrasCatalog.topics(fetched, name, _ -> {})) {
                    String url = CDN + "2/extras/" + topic + "/latest/x86_64/mirror.list";
                    further.add(mirrors(ExtrasCatalog.DOCUMENTS + topic, url, false));
                }
            } else if (name.endsWith(MIRRORS)) {
                String repository = stem(name, MIRRORS);
                URI mirror = mirror(repository, fetched, _ -> {});
                if (mirror != null) {
                    URI index = mirror.resolve("repodata/repomd.xml");
                    further.add(new Document(repository + INDEX, index, repository.equals(CORE)));
                }
            } else if (name.endsWith(INDEX)) {
                Document updates = updates(stem(name, INDEX), fetched);
                if (updates != null) {
                    further.add(updates);
                }
            }
        }
        return further;
    }

    /** The list of updates that a repository's index names; null when a repository besides the main one has none. */
    private static @Nullable Document updates(String repository, FeedDocuments fetched) throws IOException {
        String index = repository + INDEX;
        Repomd found = Repomd.read(fetched, index);
        boolean main = repository.equals(CORE);
        if (found == null) {
            if (main) {
                throw new FeedException(index, null, "it names no list of updates");
            }
            return null;
        }
        URI base = MirrorList.first(fetched, repository + MIRRORS);
        return new Document(repository + UPDATES, base.resolve(found.location()), main);
    }

    /** The folder of a repository; null when the list of one besides the main one makes no sense. */
    private static @Nullable URI mirror(String repository, FeedDocuments documents, Consumer<String> odd)
            throws IOException {
        try {
            return MirrorList.first(documents, repository + MIRRORS);
        } catch (FeedException e) {
            if (repository.equals(CORE)) {
                throw e;
            }
            odd.accept(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static String stem(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        String date = repository(CORE, part, documents, reading);
        for (String name : documents.names()) {
            if (name.equals(CATALOG)) {
                ExtrasCatalog.topics(documents, name, odd -> reading.skip(name, odd));
            } else if (name.endsWith(MIRRORS) && !name.equals(CORE + MIRRORS)) {
                repository(stem(name, MIRRORS), part, documents, reading);
            }
        }
        return reading.end(CORE + UPDATES, date);
    }

    /** Reads all documents of a repository, and gives the date of its updates. */
    private static @Nullable String repository(
            String repository, FeedPart part, FeedDocuments documents, PartReading reading) throws IOException {
        if (mirror(repository, documents, odd -> reading.skip(repository, odd)) == null) {
            return null;
        }
        Repomd index = Repomd.read(documents, repository + INDEX);
        boolean main = repository.equals(CORE);
        if (index == null && main) {
            throw new FeedException(repository + INDEX, null, "it names no list of updates");
        }
        String namespace = DISTRO + ":" + part.name();
        Scope scope = part.name().equals(SECOND)
                ? new Scope(namespace, ExtrasCatalog.repositories(repository), "")
                : new Scope(namespace);
        ErratumAdvisories advisories = new ErratumAdvisories(ID, Kind.BINARY, AmazonFeed::page);
        String document = repository + UPDATES;
        int count = new UpdateInfoReader(document, reading)
                .read(documents, erratum -> reading.record(document, advisories.of(erratum, scope)));
        // A repository of extras may have had no update yet.
        if (count <= 0 && main) {
            throw new FeedException(document, null, "it lists no update");
        }
        return index == null ? null : index.date();
    }

    /** {@code https://alas.aws.amazon.com/AL2/ALAS-2018-939.html} for {@code ALAS2-2018-939}. */
    private static @Nullable String page(Erratum erratum) {
        Matcher bulletin = BULLETIN.matcher(erratum.id());
        if (!bulletin.matches()) {
            return null;
        }
        String release = bulletin.group(1);
        return "https://alas.aws.amazon.com/" + (release == null ? "" : "AL" + release + "/") + "ALAS"
                + bulletin.group(2) + ".html";
    }
}
