package io.limpid.snapshot;

import io.limpid.match.Advisories;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySource;
import io.limpid.model.KeyOrder;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Advisories out of the generations that were current when they were opened: what replaces them meanwhile changes no answer. */
final class OpenAdvisories implements Advisories {
    private final List<OpenPart> parts;
    private final OpenDetails details;
    private final List<Snapshot> snapshots = new ArrayList<>();

    /**
     * @param details what is known of vulnerabilities; closed with this
     */
    OpenAdvisories(List<OpenPart> parts, OpenDetails details) {
        this.parts = List.copyOf(parts);
        this.details = details;
        for (OpenPart part : parts) {
            if (part.snapshot() != null) {
                snapshots.add(part.snapshot());
            }
        }
    }

    @Override
    public List<Advisory> about(String namespace, String packageName) throws IOException {
        if (snapshots.size() == 1) {
            return snapshots.getFirst().about(namespace, packageName);
        }
        List<Advisory> all = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            all.addAll(snapshot.about(namespace, packageName));
        }
        return all;
    }

    @Override
    public List<VulnerabilityDetails> details(String id) throws IOException {
        List<VulnerabilityDetails> all = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            all.addAll(snapshot.details(id));
        }
        all.addAll(details.of(id));
        return all;
    }

    @Override
    public List<String> products(String repository) throws IOException {
        Set<String> all = new LinkedHashSet<>();
        for (Snapshot snapshot : snapshots) {
            all.addAll(snapshot.products(repository));
        }
        return List.copyOf(all);
    }

    @Override
    public List<AdvisorySource> sources(String namespace) {
        List<AdvisorySource> sources = new ArrayList<>();
        for (OpenPart part : parts) {
            if (part.snapshot() == null || part.newest() == null) {
                continue;
            }
            SnapshotHeader header = part.snapshot().header();
            for (SnapshotHeader.Namespace counted : header.namespaces()) {
                if (counted.name().equals(namespace)) {
                    sources.add(new AdvisorySource(
                            header.feed(),
                            namespace,
                            counted.records(),
                            header.dataDate(),
                            part.newest().truncatedTo(ChronoUnit.SECONDS).toString(),
                            part.notes().isEmpty() ? null : String.join("; ", part.notes())));
                }
            }
        }
        sources.sort(KeyOrder.by(AdvisorySource::feed));
        return sources;
    }

    @Override
    public List<String> gaps(String namespace) {
        List<String> gaps = new ArrayList<>();
        for (OpenPart part : parts) {
            gaps.addAll(part.gaps());
            if (part.snapshot() != null) {
                SnapshotHeader header = part.snapshot().header();
                for (Gap gap : header.gaps()) {
                    if (gap.concerns(namespace)) {
                        gaps.add(header.name() + ": " + gap.what());
                    }
                }
            }
        }
        return gaps;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (OpenPart part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        try {
            details.close();
        } catch (IOException e) {
            first = first == null ? e : first;
        }
        if (first != null) {
            throw first;
        }
    }
}
