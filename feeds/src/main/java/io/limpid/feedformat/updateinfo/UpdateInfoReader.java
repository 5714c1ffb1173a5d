package io.limpid.feedformat.updateinfo;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedLink;
import io.limpid.feed.FeedXml;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.updateinfo.Erratum.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the updates of an rpm-md repository, {@code updateinfo.xml}: erratum by erratum.
 *
 * <p>The vulnerabilities of an erratum are those of its references of type {@code cve}, and those that titles of bug reports name. Its description
 * is not searched: it also speaks of vulnerabilities that are others.
 */
public final class UpdateInfoReader {
    private static final String ROOT = "updates";
    private static final String CVE = "cve";
    private static final String RETRACTED = "retracted";
    private static final Pattern OTHER_NAME = Pattern.compile("[A-Z]{2,10}-[A-Za-z0-9-]{1,60}");
    /** What is held of an erratum. */
    private static final int BUILDS = 100_000;

    private static final int REFERENCES = 10_000;

    private final String document;
    private final PartReading reading;

    /** What is done with an erratum. */
    @FunctionalInterface
    public interface Sink {
        void take(Erratum erratum) throws IOException;
    }

    /** Reads a document of this name; {@code reading} is told what makes no sense. */
    public UpdateInfoReader(String document, PartReading reading) {
        this.document = document;
        this.reading = reading;
    }

    /**
     * Reads the document to its end.
     *
     * @return how many updates are in it, -1 when its publisher does not have it
     * @throws FeedException when it is no such document
     */
    public int read(FeedDocuments documents, Sink sink) throws IOException {
        int[] count = {0};
        boolean there = FeedXml.read(documents, document, xml -> {
            if (!xml.name().equals(ROOT)) {
                throw xml.error("no list of updates: its root is <" + xml.name() + ">");
            }
            xml.children(name -> {
                if (name.equals("update")) {
                    count[0]++;
                    Update update = new Update(xml);
                    Erratum erratum = update.erratum(count[0]);
                    if (erratum != null) {
                        sink.take(erratum);
                    }
                }
            });
        });
        return there ? count[0] : -1;
    }

    /** An update while it is read. */
    private final class Update {
        private final FeedXml xml;
        private final @Nullable String type;
        private final @Nullable String status;
        private @Nullable String id;
        private @Nullable String title;
        private @Nullable String description;
        private @Nullable String severity;
        private @Nullable String issued;
        private @Nullable String updated;
        private final Set<String> cves = new TreeSet<>();
        private final Set<String> pending = new TreeSet<>();
        private final Set<String> links = new LinkedHashSet<>();
        private final List<RpmBuild> builds = new ArrayList<>();

        private Update(FeedXml xml) throws IOException {
            this.xml = xml;
            type = xml.attribute("type");
            status = xml.attribute("status");
            xml.children(this::child);
        }

        private void child(String name) throws IOException {
            switch (name) {
                case "id" -> id = xml.text().strip();
                case "title" -> title = textOrNull();
                case "description" -> description = textOrNull();
                case "severity" -> severity = textOrNull();
                case "issued" -> issued = RpmDate.of(xml.attribute("date"));
                case "updated" -> updated = RpmDate.of(xml.attribute("date"));
                case "references" -> xml.children(_ -> reference());
                case "pkglist" ->
                    xml.children(collection -> {
                        if (collection.equals("collection")) {
                            collection();
                        }
                    });
                default -> {}
            }
        }

        private @Nullable String textOrNull() throws IOException {
            String text = xml.text().strip();
            return text.isEmpty() ? null : text;
        }

        private void reference() throws FeedException {
            String named = xml.attribute("id");
            String about = xml.attribute("title");
            String href = xml.attribute("href");
            if (cves.size() + links.size() > REFERENCES) {
                throw xml.error("an update with more than " + REFERENCES + " references");
            }
            if (CVE.equals(xml.attribute("type")) && named != null) {
                List<String> found = Erratum.cves(named);
                if (found.isEmpty() && OTHER_NAME.matcher(named).matches()) {
                    pending.add(named);
                }
                cves.addAll(found);
            } else if (about != null) {
                cves.addAll(Erratum.cves(about));
            }
            if (FeedLink.isOne(href)) {
                links.add(href);
            }
        }

        private void collection() throws IOException {
            xml.children(name -> {
                if (name.equals("package")) {
                    if (builds.size() >= BUILDS) {
                        throw xml.error("an update of more than " + BUILDS + " packages");
                    }
                    build();
                }
            });
        }

        private void build() {
            String name = xml.attribute("name");
            String version = xml.attribute("version");
            RpmBuild build = RpmBuild.of(
                    name, xml.attribute("epoch"), version, xml.attribute("release"), xml.attribute("arch"), null);
            if (build == null) {
                reading.skip(document + ", " + id, "no package with a version: " + name + " " + version);
            } else {
                builds.add(build);
            }
        }

        /** What was read; null when it makes no sense or was taken back. */
        private @Nullable Erratum erratum(int number) {
            if (id == null || !Erratum.ID.matcher(id).matches()) {
                reading.skip(document + ", update " + number, "it has no name");
                return null;
            }
            if (RETRACTED.equals(status)) {
                return null;
            }
            List<Named> named = new ArrayList<>();
            cves.forEach(cve -> named.add(new Named(cve)));
            if (!pending.isEmpty()) {
                // "CVE-PENDING": there is something, and it has no other name.
                named.add(new Named(id, List.copyOf(pending), null));
            }
            return new Erratum(
                    id,
                    "security".equals(type),
                    true,
                    named,
                    title,
                    description,
                    severity,
                    List.copyOf(links),
                    issued,
                    updated,
                    builds);
        }
    }
}
