package io.limpid.feed.suse;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedTar;
import io.limpid.feed.PartReading;
import io.limpid.feed.RpmSeverity;
import io.limpid.feed.suse.Products.Meant;
import io.limpid.feedformat.csaf.CsafComponent;
import io.limpid.feedformat.csaf.CsafDocument;
import io.limpid.feedformat.csaf.CsafProducts;
import io.limpid.feedformat.csaf.CsafReader;
import io.limpid.feedformat.csaf.CsafStatus;
import io.limpid.feedformat.csaf.CsafVulnerability;
import io.limpid.format.json.JsonException;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns SUSE's bulletins in the form of CSAF into advisories: the builds that each recommends have the fixes of its vulnerabilities. */
final class Bulletins {
    private static final Pattern FILE = Pattern.compile("(?:.*/)?(?:open)?suse-[a-z]{2}-[0-9][0-9_.-]{0,30}\\.json");
    /** {@code openssl-1_1-1.1.1l-150500.17.6.1.x86_64}. */
    private static final Pattern BUILD = Pattern.compile(
            "([A-Za-z0-9_][A-Za-z0-9+._-]{0,199}?)-([^-\\s]{1,100}-[^-\\s]{1,100})\\.([a-z0-9_]{1,20})");

    private static final Pattern CVE = Pattern.compile("CVE-[0-9]{4}-[0-9]{4,12}");
    private static final String NO_ARCH = "noarch";

    private final Products products;
    private final PartReading reading;

    private @Nullable String newest;
    private boolean told;

    Bulletins(Products products, PartReading reading) {
        this.products = products;
        this.reading = reading;
    }

    /** When the newest of them was changed, null when none says so. */
    @Nullable
    String newest() {
        return newest;
    }

    /** One package of one release or product. */
    private record Build(Meant release, String name, String version) {}

    void read(FeedDocuments documents, String archive) throws IOException {
        long[] bulletins = {0};
        FeedTar.read(documents, archive, (path, member) -> {
            if (FILE.matcher(path).matches()) {
                bulletins[0]++;
                bulletin(path, member);
            }
        });
        if (bulletins[0] == 0) {
            throw new FeedException(archive, null, "there is no bulletin in it: suse-su-...json");
        }
        if (!told) {
            throw new FeedException(
                    archive,
                    null,
                    "none of its " + bulletins[0] + " bulletins says anything of a release that is known");
        }
    }

    private void bulletin(String path, FeedDocuments member) throws IOException {
        try (InputStream in = Objects.requireNonNull(member.open(path))) {
            CsafDocument document = CsafReader.read(in, member.limits());
            String modified = document.modified();
            if (modified != null && (newest == null || modified.compareTo(newest) > 0)) {
                newest = modified;
            }
            for (CsafVulnerability vulnerability : document.vulnerabilities()) {
                tell(path, document, vulnerability);
            }
        } catch (JsonException e) {
            reading.skip(path, String.valueOf(e.getMessage()));
        }
    }

    private void tell(String path, CsafDocument document, CsafVulnerability vulnerability) throws FeedException {
        String id = vulnerability.cve();
        if (id == null || !CVE.matcher(id).matches()) {
            reading.skip(path, "no vulnerability's name: " + id);
            return;
        }
        Map<Build, Set<String>> builds = new LinkedHashMap<>();
        int[] first = {-1};
        for (CsafStatus status : List.of(CsafStatus.RECOMMENDED, CsafStatus.FIXED, CsafStatus.FIRST_FIXED)) {
            vulnerability.products(status).stream().forEach(number -> {
                first[0] = first[0] < 0 ? number : first[0];
                build(path, document.products(), number, builds);
            });
        }
        List<SeverityRating> severities = severities(document, vulnerability, first[0]);
        List<Advisory> advisories = new ArrayList<>(builds.size());
        builds.forEach(
                (build, arches) -> advisories.add(advisory(id, document, vulnerability, build, arches, severities)));
        if (!advisories.isEmpty()) {
            told = true;
            reading.record(path, advisories);
        }
    }

    private void build(String path, CsafProducts tree, int number, Map<Build, Set<String>> builds) {
        CsafComponent component = tree.component(number);
        if (component == null || component.platform() == null) {
            reading.skip(path, "a package that is a part of no product: " + tree.id(number));
            return;
        }
        List<Meant> releases = products.meant(component.platform().name());
        if (releases.isEmpty()) {
            return;
        }
        Matcher build = BUILD.matcher(component.part().name());
        if (build.matches()) {
            for (Meant release : releases) {
                builds.computeIfAbsent(new Build(release, build.group(1), build.group(2)), _ -> new TreeSet<>())
                        .add(build.group(3));
            }
        } else {
            reading.skip(path, "not a build of a package: " + component.part().name());
        }
    }

    private static List<SeverityRating> severities(
            CsafDocument document, CsafVulnerability vulnerability, int product) {
        List<SeverityRating> severities = new ArrayList<>();
        String word = document.impact(vulnerability, product);
        if (word != null) {
            severities.add(new SeverityRating(SuseFeed.ID, RpmSeverity.of(word), word, null));
        }
        for (CsafVulnerability.Score score : vulnerability.scores()) {
            SeverityRating rating = new SeverityRating(SuseFeed.ID, Severity.UNKNOWN, null, score.vector());
            if (!severities.contains(rating)) {
                severities.add(rating);
            }
        }
        return severities;
    }

    private static Advisory advisory(
            String id,
            CsafDocument document,
            CsafVulnerability vulnerability,
            Build build,
            Set<String> arches,
            List<SeverityRating> severities) {
        // What is said of builds for none is said of every build, as in the definitions.
        List<String> of = arches.contains(NO_ARCH) ? List.of() : with(arches);
        AdvisorySubject subject = new AdvisorySubject(
                build.release.namespace(),
                build.name,
                Kind.BINARY,
                Kind.BINARY,
                of,
                null,
                build.release.asks(),
                "",
                null);
        return new Advisory(
                id,
                List.of(document.id()),
                SuseFeed.ID,
                subject,
                FixState.FIXED,
                List.of(VersionRange.before(build.version)),
                build.version,
                severities,
                vulnerability.description(),
                null,
                "https://www.suse.com/security/cve/" + id + "/",
                List.of(),
                document.released(),
                document.modified());
    }

    private static List<String> with(Set<String> arches) {
        TreeSet<String> all = new TreeSet<>(arches);
        all.add(NO_ARCH);
        return List.copyOf(all);
    }
}
