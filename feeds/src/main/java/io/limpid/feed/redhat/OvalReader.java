package io.limpid.feed.redhat;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.oval.OvalDefinition;
import io.limpid.feedformat.oval.OvalDefinition.Cve;
import io.limpid.feedformat.oval.OvalDefinition.Reference;
import io.limpid.feedformat.oval.OvalDefinition.Resolution;
import io.limpid.feedformat.oval.OvalDocument;
import io.limpid.feedformat.oval.OvalStatement;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Red Hat's OVAL definitions of one release: patches, and in those "including unpatched" what has no fix.
 *
 * <p>A definition is about several releases where a bulletin is; of those only this one counts, the others have documents of their own. Criteria
 * that a running or next kernel must meet are left aside: no kernel runs in an image, and the package with the vulnerability is there all the same. What says "Unaffected components for" lists what does not have the
 * vulnerability in the form of what does, and is passed over.
 */
final class OvalReader {
    private static final String UNAFFECTED = "Unaffected components for";
    private static final Pattern RHEL = Pattern.compile("Red Hat Enterprise Linux ([1-9][0-9]?)(?![0-9])");
    private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,12}");
    private static final Pattern BULLETIN = Pattern.compile("RH[SBE]A-\\d{4}:\\d{1,9}");
    private static final Pattern SCORED = Pattern.compile("[0-9.]{1,5}/(.+)");
    private static final String SECURITY = "RHSA";
    private static final String PAGE = "https://access.redhat.com/security/cve/";
    private static final String BULLETIN_PAGE = "https://access.redhat.com/errata/";

    private final String document;
    private final String release;
    private final PartReading reading;
    /** The few names of products that there are: whether they are of this release, and what they are. */
    private final Map<String, Boolean> ofThis = new HashMap<>();

    private final Map<List<String>, Concerned> known = new HashMap<>();

    /** Which products of the release a definition is about, and whether RHEL itself is one. */
    private record Concerned(List<String> cpes, boolean rhel) {}

    /**
     * @param release {@code 8}
     */
    OvalReader(String document, String release, PartReading reading) {
        this.document = document;
        this.release = release;
        this.reading = reading;
    }

    FeedReading read(FeedDocuments documents) throws IOException {
        OvalDocument oval = OvalDocument.read(documents, document);
        if (oval == null) {
            throw new FeedException(document, null, "it was not fetched");
        }
        boolean[] ours = {false};
        oval.tell(reading, definition -> !definition.title().startsWith(UNAFFECTED), (definition, statements) -> {
            List<OvalStatement> said = new ArrayList<>();
            for (OvalStatement one : statements) {
                if (isMeant(definition, one)) {
                    said.add(one);
                }
            }
            ours[0] |= !said.isEmpty();
            reading.record(document, advisories(definition, said));
        });
        if (!ours[0]) {
            throw new FeedException(document, null, "there is nothing in it about release " + release);
        }
        return reading.end(document, oval.date());
    }

    private boolean isMeant(OvalDefinition definition, OvalStatement statement) {
        // What a patch does not mend, such as the kernel that a live patch is for, is in another definition.
        boolean says = !definition.kind().equals("patch") || statement.fixedVersion() != null;
        return says
                && !statement.impossible()
                && statement.release() == null
                && (statement.platforms().isEmpty()
                        || statement.platforms().stream().anyMatch(platform -> isThis(platform.name())));
    }

    private boolean isThis(String platform) {
        return ofThis.computeIfAbsent(platform, name -> {
            Matcher rhel = RHEL.matcher(name);
            return rhel.find() && rhel.group(1).equals(release);
        });
    }

    private List<Advisory> advisories(OvalDefinition definition, List<OvalStatement> said) {
        List<Advisory> advisories = new ArrayList<>();
        if (!said.isEmpty()) {
            Concerned concerned = known.computeIfAbsent(definition.cpes(), this::concerned);
            vulnerabilities(definition)
                    .forEach((id, cve) -> advisories.addAll(advisories(definition, said, concerned, id, cve)));
        }
        return advisories;
    }

    /** What it is about: CVEs, each with what is said of it; a bulletin that names none is one itself. */
    private static Map<String, @Nullable Cve> vulnerabilities(OvalDefinition definition) {
        Map<String, @Nullable Cve> found = new LinkedHashMap<>();
        for (Reference reference : definition.references()) {
            if (CVE.matcher(reference.id()).matches()) {
                found.put(reference.id(), null);
            }
        }
        for (Cve cve : definition.cves()) {
            if (CVE.matcher(cve.id()).matches()) {
                found.put(cve.id(), cve);
            }
        }
        String bulletin = bulletin(definition);
        if (found.isEmpty() && bulletin != null && bulletin.startsWith(SECURITY)) {
            found.put(bulletin, null);
        }
        return found;
    }

    private static @Nullable String bulletin(OvalDefinition definition) {
        for (Reference reference : definition.references()) {
            if (BULLETIN.matcher(reference.id()).matches()) {
                return reference.id();
            }
        }
        Matcher titled = BULLETIN.matcher(definition.title());
        return titled.find() ? titled.group() : null;
    }

    private Concerned concerned(List<String> cpes) {
        List<Platform> platforms = platforms(cpes);
        return new Concerned(
                platforms.stream().map(Platform::cpe).sorted().toList(),
                platforms.stream().anyMatch(Platform::isRhel));
    }

    /** The products of this release; of one that is named as a whole not also its editions. */
    private List<Platform> platforms(List<String> cpes) {
        List<Platform> platforms = new ArrayList<>();
        for (String cpe : cpes) {
            Platform platform = Platform.of(cpe);
            if (platform != null && release.equals(platform.release(null))) {
                platforms.add(platform);
            }
        }
        List<Platform> kept = new ArrayList<>();
        // Products as a whole come first: of two names of one, as an operating system and as an application, the first
        // stays.
        for (boolean whole : List.of(true, false)) {
            for (Platform one : platforms) {
                if (one.name().isOfProduct() == whole
                        && kept.stream().noneMatch(other -> other.name().isProductOf(one.name()))) {
                    kept.add(one);
                }
            }
        }
        return kept.isEmpty() ? List.of(Platform.rhel(release)) : kept;
    }

    private List<Advisory> advisories(
            OvalDefinition definition, List<OvalStatement> said, Concerned concerned, String id, @Nullable Cve cve) {
        String bulletin = bulletin(definition);
        String own = bulletin == null || bulletin.equals(id) ? null : bulletin;
        String word = cve == null || cve.impact() == null ? definition.severity() : cve.impact();
        Statements.Text text = new Statements.Text(
                id,
                definition.description(),
                own == null && bulletin != null ? BULLETIN_PAGE + id : PAGE + id,
                definition.issued(),
                definition.updated());
        boolean centos = concerned.rhel() && Statements.CENTOS_RELEASES.contains(release);
        String vector = vector(cve);
        List<Advisory> advisories = new ArrayList<>();
        for (OvalStatement one : said) {
            String fixed = one.fixedVersion();
            Resolution resolution = fixed == null ? resolution(definition, one) : null;
            Statements.Statement statement = new Statements.Statement(
                    one.name(),
                    Kind.BINARY,
                    one.module(),
                    fixed == null ? state(resolution) : FixState.FIXED,
                    fixed,
                    word,
                    vector,
                    resolution == null ? null : resolution.state(),
                    own,
                    own == null ? null : BULLETIN_PAGE + own);
            List<String> arches = one.arches().contains(Statements.NOARCH) ? List.of() : one.arches();
            advisories.add(Statements.advisory(Statements.RHEL + release, statement, arches, concerned.cpes(), text));
            if (centos) {
                advisories.add(Statements.advisory(
                        Statements.CENTOS + release, CentosVersion.of(statement), arches, List.of(), text));
            }
        }
        return advisories;
    }

    /** What becomes of a package: that of the component it is built from cannot be told from others, so that of all counts where it is one. */
    private static @Nullable Resolution resolution(OvalDefinition definition, OvalStatement statement) {
        List<Resolution> all = definition.resolutions();
        String modular = statement.module() == null ? statement.name() : statement.module() + "/" + statement.name();
        for (Resolution resolution : all) {
            if (resolution.components().contains(modular)
                    || resolution.components().contains(statement.name())) {
                return resolution;
            }
        }
        return all.size() == 1 ? all.getFirst() : null;
    }

    private static FixState state(@Nullable Resolution resolution) {
        return switch (resolution == null ? "" : resolution.state().toLowerCase(Locale.ROOT)) {
            case "will not fix" -> FixState.WILL_NOT_FIX;
            case "fix deferred" -> FixState.DEFERRED;
            case "out of support scope" -> FixState.END_OF_LIFE;
            case "under investigation" -> FixState.UNDER_INVESTIGATION;
            default -> FixState.AFFECTED;
        };
    }

    private static @Nullable String vector(@Nullable Cve cve) {
        String scored = cve == null ? null : cve.cvss3() != null ? cve.cvss3() : cve.cvss2();
        Matcher vector = scored == null ? null : SCORED.matcher(scored);
        return vector != null && vector.matches() ? vector.group(1) : null;
    }
}
