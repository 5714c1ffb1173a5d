package io.limpid.feed.redhat;

import io.limpid.feedformat.csaf.ByProduct;
import io.limpid.feedformat.csaf.CsafComponent;
import io.limpid.feedformat.csaf.CsafDocument;
import io.limpid.feedformat.csaf.CsafProduct;
import io.limpid.feedformat.csaf.CsafStatus;
import io.limpid.feedformat.csaf.CsafVulnerability;
import io.limpid.feedformat.csaf.CsafVulnerability.Remediation;
import io.limpid.feedformat.csaf.CsafVulnerability.Score;
import io.limpid.feedformat.purl.Purl;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a VEX document says of rpms.
 *
 * <p>{@code fixed} are the packages of the build with the fix, for each product that has it. Of what is {@code known_affected} the source
 * is named and, in newer documents, its packages; every version of them. Products of other kinds (images, files of Java) are no rpms.
 *
 * <p>For which release of RHEL a package is built is told by its product or by its version. Where neither does, what has no fix is said of every
 * release, of the packages of that product; a build that names no release is for none.
 */
final class VexAdvisories {
    private static final Pattern ID = Pattern.compile("CVE-\\d{4}-\\d{4,12}");
    private static final Pattern BULLETIN = Pattern.compile("RH[SBE]A-\\d{4}[:_]\\d{1,9}");
    private static final String PAGE = "https://access.redhat.com/security/cve/";

    private final CsafDocument document;
    private final CsafVulnerability vulnerability;
    private final String id;
    private final ByProduct<String> vectors;
    private final Statements statements = new Statements();
    /** What was built with one version and release for one product. */
    private final Map<Build, Names> built = new HashMap<>();

    private @Nullable String notUnderstood;

    private VexAdvisories(CsafDocument document, CsafVulnerability vulnerability, String id) {
        this.document = document;
        this.vulnerability = vulnerability;
        this.id = id;
        this.vectors = vectors(vulnerability);
    }

    /**
     * What a document says.
     *
     * @param odd why it makes no sense, null when it does; it says nothing then
     */
    record Told(List<Advisory> advisories, @Nullable String odd) {
        private static Told odd(String why) {
            return new Told(List.of(), why);
        }
    }

    /**
     * A build, as far as sources and packages have it in common.
     *
     * @param version version and release; one package may have another epoch than the next
     */
    private record Build(String cpe, @Nullable String module, String version) {
        static Build of(Platform platform, Component component) {
            String version = String.valueOf(component.version());
            return new Build(platform.cpe(), component.module(), version.substring(version.indexOf(':') + 1));
        }
    }

    /** The names of the sources and packages of a build: of two sources that have the same version too. */
    private static final class Names {
        private final Set<String> sources = new HashSet<>();
        private final TreeSet<String> packages = new TreeSet<>();

        /** Whether any of the packages is built from a source, as far as names tell. */
        boolean hasPackageOf(String source) {
            if (sources.size() == 1 || packages.contains(source)) {
                return !packages.isEmpty();
            }
            String next = packages.ceiling(source + "-");
            return next != null && next.startsWith(source + "-");
        }
    }

    /** What a document says; one that names no vulnerability makes no sense, nor one that names rpms of which none is understood. */
    static Told of(CsafDocument document) {
        List<Advisory> advisories = new ArrayList<>();
        boolean named = false;
        String notUnderstood = null;
        for (CsafVulnerability vulnerability : document.vulnerabilities()) {
            String id = vulnerability.cve();
            if (id != null && ID.matcher(id).matches()) {
                named = true;
                VexAdvisories one = new VexAdvisories(document, vulnerability, id);
                advisories.addAll(one.advisories());
                notUnderstood = notUnderstood == null ? one.notUnderstood : notUnderstood;
            }
        }
        if (!named) {
            return Told.odd("it names no vulnerability");
        }
        return advisories.isEmpty() && notUnderstood != null
                ? Told.odd("nothing that it names is understood: " + notUnderstood)
                : new Told(advisories, null);
    }

    private List<Advisory> advisories() {
        each(CsafStatus.FIXED, this::noteBuilt);
        each(CsafStatus.FIXED, this::fixed);
        each(CsafStatus.KNOWN_AFFECTED, this::affected);
        each(
                CsafStatus.UNDER_INVESTIGATION,
                (product, platform, component) ->
                        unfixed(product, platform, component, FixState.UNDER_INVESTIGATION, remediation(product)));
        each(CsafStatus.KNOWN_NOT_AFFECTED, this::notAffected);
        String description = vulnerability.description() == null ? vulnerability.title() : vulnerability.description();
        return statements.advisories(
                new Statements.Text(id, description, PAGE + id, vulnerability.released(), document.modified()));
    }

    @FunctionalInterface
    private interface Said {
        void of(int product, Platform platform, Component component);
    }

    private void each(CsafStatus status, Said said) {
        vulnerability.products(status).stream().forEach(product -> {
            CsafComponent whole = document.products().component(product);
            CsafProduct outer = whole == null ? null : whole.platform();
            Platform platform = outer == null ? null : Platform.of(outer.cpe());
            Component component = whole == null ? null : Component.of(whole);
            if (platform != null && component != null) {
                said.of(product, platform, component);
            } else if (whole == null || isRpm(whole)) {
                notUnderstood = notUnderstood == null ? document.products().id(product) : notUnderstood;
            }
        });
    }

    private static boolean isRpm(CsafComponent whole) {
        Purl purl = whole.part().purl();
        return purl != null && purl.type().equals(Component.RPM);
    }

    private void noteBuilt(int product, Platform platform, Component component) {
        if (component.version() != null && component.arch() != null) {
            Names names = built.computeIfAbsent(Build.of(platform, component), _ -> new Names());
            (component.isSource() ? names.sources : names.packages).add(component.name());
        }
    }

    /** Whether a package built from a source is named: it decides then, and the source need not be compared too. */
    private boolean isBuilt(Platform platform, Component source) {
        Names names = built.get(Build.of(platform, source));
        return names != null && names.hasPackageOf(source.name());
    }

    private void fixed(int product, Platform platform, Component component) {
        String version = component.version();
        boolean source = component.isSource() || component.arch() == null;
        String release = platform.release(version);
        if (version == null || release == null || (component.isSource() && isBuilt(platform, component))) {
            return;
        }
        Remediation fix = vulnerability.remediation("vendor_fix", product);
        String url = fix == null ? null : fix.url();
        statements.add(
                new Statements.Statement(
                        component.name(),
                        source ? Kind.SOURCE : Kind.BINARY,
                        component.module(),
                        FixState.FIXED,
                        version,
                        document.impact(vulnerability, product),
                        vectors.of(product),
                        null,
                        bulletin(url),
                        url),
                platform,
                release,
                source ? null : component.arch());
    }

    private void affected(int product, Platform platform, Component component) {
        Remediation remediation = remediation(product);
        FixState state = remediation == null ? FixState.AFFECTED : state(remediation);
        unfixed(product, platform, component, state, remediation);
    }

    private static FixState state(Remediation remediation) {
        String details = remediation.details() == null ? "" : remediation.details();
        return switch (details.strip().toLowerCase(Locale.ROOT)) {
            case "fix deferred" -> FixState.DEFERRED;
            case "will not fix" -> FixState.WILL_NOT_FIX;
            case "out of support scope" -> FixState.END_OF_LIFE;
            case "affected" -> FixState.AFFECTED;
            case "under investigation" -> FixState.UNDER_INVESTIGATION;
            default -> remediation.category().equals("no_fix_planned") ? FixState.WILL_NOT_FIX : FixState.AFFECTED;
        };
    }

    private void unfixed(
            int product, Platform platform, Component component, FixState state, @Nullable Remediation remediation) {
        Statements.Statement statement = new Statements.Statement(
                component.name(),
                kind(component),
                component.module(),
                state,
                null,
                document.impact(vulnerability, product),
                vectors.of(product),
                remediation == null ? null : remediation.details(),
                null,
                null);
        for (String release : releases(platform, component)) {
            statements.add(statement, platform, release, component.isSource() ? null : component.arch());
        }
    }

    private static List<String> releases(Platform platform, Component component) {
        String release = platform.release(component.version());
        if (release != null) {
            return List.of(release);
        }
        return component.isCertain() && component.version() == null ? RedhatFeed.RELEASES : List.of();
    }

    /** That one build is not affected says nothing of others: only what is said of all versions is kept. */
    private void notAffected(int product, Platform platform, Component component) {
        String release = platform.release(null);
        if (component.version() == null && release != null) {
            statements.add(
                    new Statements.Statement(
                            component.name(),
                            kind(component),
                            component.module(),
                            FixState.NOT_AFFECTED,
                            null,
                            null,
                            null,
                            vulnerability.flags().of(product),
                            null,
                            null),
                    platform,
                    release,
                    component.isSource() ? null : component.arch());
        }
    }

    private static Kind kind(Component component) {
        return component.isSource() ? Kind.SOURCE : component.arch() == null ? Kind.EITHER : Kind.BINARY;
    }

    /** Why a product is without a fix; null when nothing is said. */
    private @Nullable Remediation remediation(int product) {
        Remediation never = vulnerability.remediation("no_fix_planned", product);
        return never == null ? vulnerability.remediation("none_available", product) : never;
    }

    /** CVSS vectors, the best first: the one of the newest version of CVSS 3 or before; 4 only where there is no other. */
    private static ByProduct<String> vectors(CsafVulnerability vulnerability) {
        List<Score> scores = new ArrayList<>(vulnerability.scores());
        scores.sort(Comparator.comparing(VexAdvisories::rank).reversed());
        ByProduct<String> vectors = new ByProduct<>();
        scores.forEach(score -> vectors.add(score.products(), score.vector()));
        return vectors;
    }

    private static String rank(Score score) {
        return score.version().startsWith("4") ? "1" : score.version();
    }

    private static @Nullable String bulletin(@Nullable String url) {
        Matcher bulletin = url == null ? null : BULLETIN.matcher(url);
        return bulletin != null && bulletin.find() ? bulletin.group().replace('_', ':') : null;
    }
}
