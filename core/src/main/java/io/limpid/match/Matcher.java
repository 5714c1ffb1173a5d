package io.limpid.match;

import io.limpid.model.Advisory;
import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.version.VersionScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds which advisories concern the packages of an image.
 *
 * <p>An advisory is looked up by the name of a package and by that of its source, and concerns it when the rest of its subject fits too and the
 * version it speaks of lies in one of its ranges. Of several advisories on one vulnerability in one package the one whose fix is newest counts:
 * the package has it as long as any of them says so.
 */
public final class Matcher {
    private final ComparedPackages compared;

    /** Compares versions by these schemes, each those of the packages whose types it names. */
    public Matcher(List<VersionScheme> schemes) {
        compared = new ComparedPackages(schemes);
    }

    /**
     * How many packages of each type are in the image and were compared with nothing: no scheme orders their versions, they are of another
     * package manager than the distribution's, whose advisories are not about them, or only a document in the image says that they are there.
     */
    public SortedMap<String, Integer> notCompared(Inventory inventory) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (InventoryPackage one : inventory.packages()) {
            if (one.removedInLayer() == null && compared.scheme(one, inventory.distro()) == null) {
                counts.merge(one.value().type(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /**
     * The findings for what an image contains, in no order that matters; packages that upper layers removed have none.
     *
     * @throws IOException when the advisories cannot be read
     */
    public List<Finding> match(Inventory inventory, Advisories advisories) throws IOException {
        Distro distro = inventory.distro();
        List<Finding> findings = new ArrayList<>();
        if (distro == null) {
            return findings;
        }
        RepositoryGate gate = new RepositoryGate(distro.namespace(), inventory, advisories);
        Map<String, List<Advisory>> looked = new HashMap<>();
        for (InventoryPackage one : inventory.packages()) {
            VersionScheme scheme = compared.scheme(one, distro);
            if (scheme == null || one.removedInLayer() != null) {
                continue;
            }
            Installed installed = new Installed(one.value(), scheme);
            Map<String, List<Advisory>> named = new LinkedHashMap<>();
            for (String name : installed.names()) {
                List<Advisory> known = looked.get(name);
                if (known == null) {
                    known = advisories.about(distro.namespace(), name);
                    looked.put(name, known);
                }
                named.put(name, known);
            }
            findings.addAll(match(one, installed, named, gate, scheme));
        }
        return findings;
    }

    private static List<Finding> match(
            InventoryPackage one,
            Installed installed,
            Map<String, List<Advisory>> named,
            RepositoryGate gate,
            VersionScheme scheme)
            throws IOException {
        List<Judgement> all = new ArrayList<>();
        Set<String> suspected = new HashSet<>();
        for (Map.Entry<String, List<Advisory>> entry : named.entrySet()) {
            for (Advisory advisory : entry.getValue()) {
                if (installed.isSubject(advisory.subject(), entry.getKey())
                        && gate.admission(advisory, one) != RepositoryGate.Admission.NO) {
                    Judgement judgement = installed.judge(advisory);
                    all.add(judgement);
                    if (judgement.isSuspicion()) {
                        suspected.add(advisory.id());
                    }
                }
            }
        }
        // Thousands of advisories are about packages that have long been fixed: only what else is said of the few
        // vulnerabilities that a package may have is put together.
        Map<String, List<Judgement>> byId = new HashMap<>();
        for (Judgement judgement : all) {
            String id = judgement.advisory().id();
            if (suspected.contains(id)) {
                byId.computeIfAbsent(id, _ -> new ArrayList<>()).add(judgement);
            }
        }
        Architectures architectures = new Architectures(one.value(), byId.isEmpty() ? List.of() : all);
        List<Finding> findings = new ArrayList<>();
        for (List<Judgement> said : byId.values()) {
            List<Judgement> own = gate.own(ofItsLine(said, installed), one);
            keepOwn(own, installed);
            Judgements.finding(one, installed, own, architectures, scheme).ifPresent(findings::add);
        }
        return findings;
    }

    /** Of advisories on several lines of builds those on the package's own, where there are any. */
    private static List<Judgement> ofItsLine(List<Judgement> said, Installed installed) {
        List<Judgement> own = said.stream()
                .filter(judgement -> !installed.isOfUsual(judgement.advisory().subject()))
                .toList();
        return own.isEmpty() ? said : own;
    }

    /** Of advisories on one binary package of several sources those count that are meant of its own, where there are any. */
    private static void keepOwn(List<Judgement> judgements, Installed installed) {
        boolean own = false;
        for (Judgement judgement : judgements) {
            own |= installed.isBuiltFrom(judgement.advisory().subject());
        }
        if (own) {
            judgements.removeIf(judgement -> judgement.advisory().subject().builtFrom() != null
                    && !installed.isBuiltFrom(judgement.advisory().subject()));
        }
    }
}
