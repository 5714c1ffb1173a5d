package io.limpid.feedformat.secdb;

import io.limpid.feed.FeedException;
import io.limpid.feedformat.secdb.SecdbReader.Fix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a publisher says outside of its database, as far as the database needs it: which names are of one vulnerability, which the database lists one by one,
 * and what it does not list because nothing was fixed.
 *
 * <p>Where both speak of a vulnerability in a package, the database has the say.
 */
public final class Statements {
    /** They are held until the database was read. */
    private static final int MOST = 1_000_000;

    private static final int MOST_NAMES = 4 * MOST;
    /** Stands for the CVE of a name that was given for several. */
    private static final String SEVERAL = "";

    private final Map<String, List<Statement>> byOrigin = new LinkedHashMap<>();
    private final Map<String, String> cves = new HashMap<>();
    private int count;

    /**
     * Keeps a statement.
     *
     * @param document where it is from, for the error
     * @throws FeedException when there are too many
     */
    public void add(String document, Statement statement) throws FeedException {
        if (++count > MOST) {
            throw new FeedException(document, null, "more than " + MOST + " statements");
        }
        byOrigin.computeIfAbsent(statement.origin(), _ -> new ArrayList<>()).add(statement);
        pair(document, statement.ids(), statement.others());
    }

    /**
     * Keeps which names are of one vulnerability.
     *
     * @param document where it is from, for the error
     * @param ids every CVE; without one perhaps another name
     * @param others the names that are no CVE
     * @throws FeedException when there are too many
     */
    public void pair(String document, List<String> ids, List<String> others) throws FeedException {
        String only = ids.size() == 1 ? ids.getFirst() : SEVERAL;
        for (String name : others) {
            if (!name.equals(only) && !ids.isEmpty()) {
                cves.merge(name, only, (one, other) -> one.equals(other) ? one : SEVERAL);
            }
        }
        if (cves.size() > MOST_NAMES) {
            throw new FeedException(document, null, "more than " + MOST_NAMES + " names of vulnerabilities");
        }
    }

    /** What a database says of one vulnerability in a package, under all its names. */
    public record Merged(String id, List<String> aliases, Fix fix) {}

    /**
     * Puts together what a database says of one package under several names of the same vulnerabilities; what it says differently of two names stays apart.
     *
     * <p>What was said of these vulnerabilities outside is forgotten, but for the names.
     */
    public List<Merged> merge(String origin, List<Fix> fixes) {
        Map<String, Map<String, List<Fix>>> byId = new LinkedHashMap<>();
        for (Fix fix : fixes) {
            for (String name : fix.names().ids()) {
                String cve = cves.getOrDefault(name, SEVERAL);
                byId.computeIfAbsent(cve.equals(SEVERAL) ? name : cve, _ -> new LinkedHashMap<>())
                        .computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(fix);
            }
        }
        Map<String, Set<String>> said = forget(origin, byId);
        List<Merged> merged = new ArrayList<>();
        byId.forEach((id, byName) -> {
            Set<String> versions = new HashSet<>();
            for (List<Fix> each : byName.values()) {
                each.forEach(fix -> versions.add(fix.version()));
            }
            if (versions.size() == 1) {
                Fix fix = byName.values().iterator().next().getFirst();
                TreeSet<String> aliases = new TreeSet<>(byName.keySet());
                byName.values()
                        .forEach(each ->
                                each.forEach(one -> aliases.addAll(one.names().aliases())));
                byName.keySet().forEach(name -> aliases.addAll(said.getOrDefault(name, Set.of())));
                aliases.remove(id);
                merged.add(new Merged(id, List.copyOf(aliases), fix));
            } else {
                byName.forEach((name, each) -> new LinkedHashSet<>(each)
                        .forEach(fix -> merged.add(new Merged(name, fix.names().aliases(), fix))));
            }
        });
        return merged;
    }

    /** Forgets what was said of these vulnerabilities of a package; the other names that were said of each name. */
    private Map<String, Set<String>> forget(String origin, Map<String, Map<String, List<Fix>>> byId) {
        Map<String, Set<String>> others = new HashMap<>();
        List<Statement> statements = byOrigin.get(origin);
        if (statements == null) {
            return others;
        }
        Set<String> listed = new HashSet<>();
        byId.values().forEach(byName -> listed.addAll(byName.keySet()));
        statements.removeIf(statement -> {
            boolean isListed = statement.names().stream().anyMatch(listed::contains);
            if (isListed) {
                for (String name : statement.names()) {
                    others.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(statement.others());
                }
            }
            return isListed;
        });
        return others;
    }

    /** What no database listed, in the order in which it was kept. */
    public Collection<Statement> rest() {
        List<Statement> rest = new ArrayList<>();
        byOrigin.values().forEach(rest::addAll);
        return rest;
    }

    /** The vulnerability that bears this name, as far as is known. */
    public String idOf(String name) {
        String cve = cves.getOrDefault(name, SEVERAL);
        return cve.equals(SEVERAL) ? name : cve;
    }
}
