package io.limpid.server.update;

import io.limpid.model.Advisory;
import io.limpid.model.ClairSeverity;
import io.limpid.model.FixState;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.server.clair.NvdMetadata;
import io.limpid.server.clair.VersionFormats;
import io.limpid.server.store.Generation;
import io.limpid.snapshot.OpenDetails;
import io.limpid.snapshot.Snapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the advisories of an updater are in the words of Clair: a vulnerability of a namespace with the version of each package that fixes it.
 *
 * <p>Clair knows no module, repository, architecture or beginning of a range: of several versions the highest counts, so that nothing affected is called
 * clean. Advisories about builds of another line, {@code ksplice}, are left out as in Clair.
 */
final class FeedGeneration implements Generation {
    private static final String CVE = "CVE-";

    private final Updater updater;
    private final List<Snapshot> parts;
    private final List<Snapshot> standIns;
    private final OpenDetails details;
    private final boolean lacksDetails;
    private final LeftAlone leftAlone;
    private final Map<String, Set<String>> namespaces = new HashMap<>();

    /**
     * A generation of open files, which stay open.
     *
     * @param parts what all counts of
     * @param standIns what counts of where the parts, and the stand-ins before, say nothing of a release
     * @param lacksDetails whether there was more before of what is known of vulnerabilities besides
     */
    FeedGeneration(
            Updater updater,
            List<Snapshot> parts,
            List<Snapshot> standIns,
            OpenDetails details,
            boolean lacksDetails,
            LeftAlone leftAlone) {
        this.updater = updater;
        this.parts = List.copyOf(parts);
        this.standIns = List.copyOf(standIns);
        this.details = details;
        this.lacksDetails = lacksDetails;
        this.leftAlone = leftAlone;
    }

    @Override
    public void tell(Rows rows) throws IOException {
        Set<String> spoken = new HashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            tell(i, parts.get(i), Set.of(), rows);
            parts.get(i).header().namespaces().forEach(namespace -> spoken.add(namespace.name()));
        }
        for (int i = 0; i < standIns.size(); i++) {
            tell(parts.size() + i, standIns.get(i), Set.copyOf(spoken), rows);
            standIns.get(i).header().namespaces().forEach(namespace -> spoken.add(namespace.name()));
        }
    }

    private void tell(int source, Snapshot snapshot, Set<String> without, Rows rows) throws IOException {
        PackageRows last = new PackageRows();
        snapshot.tell((advisory, text) -> {
            String release = advisory.subject().namespace();
            Set<String> filed = namespaces.computeIfAbsent(release, this::namespaces);
            if (isTold(advisory) && !filed.isEmpty() && !without.contains(release)) {
                String name = name(advisory);
                String version = version(advisory);
                ClairSeverity severity = severity(advisory);
                String said = String.join("\0", name, version, severity.text(), Long.toString(text));
                if (last.isNew(release, advisory.subject().name(), said)) {
                    for (String namespace : filed) {
                        rows.take(new Row(
                                namespace,
                                name,
                                advisory.subject().name(),
                                version,
                                severity,
                                link(advisory),
                                source,
                                text));
                    }
                }
            }
        });
    }

    private Set<String> namespaces(String release) {
        return updater.isAbout(release) ? Updater.namespaces(release) : Set.of();
    }

    /** What was said of the package that was told of last: a bulletin about many vulnerabilities is one of Clair's. */
    private static final class PackageRows {
        private String release = "";
        private String name = "";
        private final Set<String> said = new HashSet<>();

        boolean isNew(String ofRelease, String ofName, String row) {
            if (!name.equals(ofName) || !release.equals(ofRelease)) {
                release = ofRelease;
                name = ofName;
                said.clear();
            }
            return said.add(row);
        }
    }

    private static boolean isTold(Advisory advisory) {
        return advisory.state() != FixState.UNDETERMINED
                && advisory.subject().flavour().isEmpty();
    }

    private String name(Advisory advisory) {
        if (!updater.bulletins().isEmpty() && advisory.state() == FixState.FIXED) {
            for (String alias : advisory.aliases()) {
                if (alias.startsWith(updater.bulletins())) {
                    return alias;
                }
            }
        }
        return advisory.id();
    }

    private static String version(Advisory advisory) {
        if (advisory.state() == FixState.NOT_AFFECTED) {
            return VersionFormats.LOWEST;
        }
        String fixed = advisory.fixedVersion();
        return fixed == null || advisory.state() != FixState.FIXED ? VersionFormats.HIGHEST : fixed;
    }

    /** The publisher's own word; the rating of others is no word of an updater. */
    private static ClairSeverity severity(Advisory advisory) {
        for (SeverityRating rating : advisory.severities()) {
            if (rating.source().equals(advisory.feed())) {
                return ClairSeverity.of(rating.severity().word()).orElse(ClairSeverity.UNKNOWN);
            }
        }
        return ClairSeverity.UNKNOWN;
    }

    private static String link(Advisory advisory) {
        String url = advisory.url();
        return url == null ? "" : url;
    }

    @Override
    public @Nullable String description(int source, long text) throws IOException {
        return (source < parts.size() ? parts.get(source) : standIns.get(source - parts.size())).description(text);
    }

    @Override
    public @Nullable Detail detail(String vulnerability) {
        if (!vulnerability.startsWith(CVE)) {
            return null;
        }
        for (VulnerabilityDetails one : details.of(vulnerability)) {
            String metadata = NvdMetadata.of(one);
            if (metadata != null) {
                return new Detail(metadata, NvdMetadata.severity(one));
            }
        }
        return null;
    }

    @Override
    public String versionFormat(String namespace) {
        return updater.versionFormat();
    }

    @Override
    public boolean lacksDetails() {
        return lacksDetails;
    }

    @Override
    public boolean replaces(String namespace) {
        return !leftAlone.has(namespace);
    }
}
