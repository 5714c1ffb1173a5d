package io.limpid.feedformat.updateinfo;

import io.limpid.feed.RpmSeverity;
import io.limpid.feedformat.updateinfo.Erratum.Named;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes of an erratum an advisory for each vulnerability and each package: its versions before the build have it.
 *
 * <p>Of several builds of one package in one erratum the highest is the fix. One that names no vulnerability but is for the sake of security is a
 * vulnerability of its own name. A build for no architecture replaces one for any, and the other way round.
 */
public final class ErratumAdvisories {
    private static final String ANY_ARCH = "noarch";

    private final String feed;
    private final Kind kind;
    private final Function<Erratum, @Nullable String> page;

    /**
     * @param feed the feed's name
     * @param kind whether builds are called by the names of source or of binary packages, whose versions are theirs
     * @param page the page about an erratum, null when it has none
     */
    public ErratumAdvisories(String feed, Kind kind, Function<Erratum, @Nullable String> page) {
        this.feed = feed;
        this.kind = kind;
        this.page = page;
    }

    /**
     * What packages an erratum is about, apart from their names.
     *
     * @param namespace the release: {@code almalinux:8}
     * @param repositories the names of the repositories of which they come from one, sorted; empty for all
     * @param flavour as in {@link AdvisorySubject#flavour}
     */
    public record Scope(String namespace, List<String> repositories, String flavour) {
        public Scope {
            repositories = List.copyOf(repositories);
        }

        /** All packages of a release. */
        public Scope(String namespace) {
            this(namespace, List.of(), "");
        }
    }

    private record Key(String name, @Nullable String module, boolean certain) {}

    private record Fix(AdvisorySubject subject, List<VersionRange> affected, String version, boolean certain) {}

    /** The advisories, by vulnerability and then by package as the erratum lists them. */
    public List<Advisory> of(Erratum erratum, Scope scope) {
        List<Fix> fixes = fixes(erratum.builds(), scope);
        List<Advisory> advisories = new ArrayList<>();
        for (Named named : vulnerabilities(erratum)) {
            List<String> aliases = aliases(erratum, named);
            List<SeverityRating> severities = severities(erratum, named);
            for (Fix fix : fixes) {
                advisories.add(advisory(erratum, named.id(), aliases, severities, fix));
            }
        }
        return advisories;
    }

    private static List<Named> vulnerabilities(Erratum erratum) {
        return erratum.named().isEmpty() && erratum.security() ? List.of(new Named(erratum.id())) : erratum.named();
    }

    private static List<String> aliases(Erratum erratum, Named named) {
        TreeSet<String> aliases = new TreeSet<>(named.aliases());
        aliases.add(erratum.id());
        aliases.remove(named.id());
        return List.copyOf(aliases);
    }

    private List<SeverityRating> severities(Erratum erratum, Named named) {
        String word = erratum.severity();
        if (word == null && named.vector() == null) {
            return List.of();
        }
        return List.of(new SeverityRating(feed, RpmSeverity.of(word), word, named.vector()));
    }

    private Advisory advisory(
            Erratum erratum, String id, List<String> aliases, List<SeverityRating> severities, Fix fix) {
        FixState state =
                !fix.certain ? FixState.UNDER_INVESTIGATION : erratum.released() ? FixState.FIXED : FixState.AFFECTED;
        String note = !fix.certain
                ? "the erratum does not say which module stream its builds are of"
                : erratum.released() ? null : "fixed in " + fix.version + ", which is not released yet";
        return new Advisory(
                id,
                aliases,
                feed,
                fix.subject,
                state,
                fix.affected,
                state == FixState.FIXED ? fix.version : null,
                severities,
                erratum.description() == null ? erratum.title() : erratum.description(),
                note,
                page.apply(erratum),
                erratum.links(),
                erratum.published(),
                erratum.modified());
    }

    /** The builds as what is installed is compared with them: the highest for each package and architecture. */
    private List<Fix> fixes(List<RpmBuild> builds, Scope scope) {
        Map<Key, Map<String, String>> highest = new LinkedHashMap<>();
        for (RpmBuild build : builds) {
            boolean homeless = build.isModular() && build.module() == null;
            if (homeless || (kind == Kind.BINARY && build.isSource())) {
                continue;
            }
            String arch = build.arch().isEmpty() || build.isSource() ? ANY_ARCH : build.arch();
            highest.computeIfAbsent(new Key(build.name(), build.module(), build.certain()), _ -> new TreeMap<>())
                    .merge(arch, build.version(), RpmBuild::higher);
        }
        List<Fix> fixes = new ArrayList<>();
        highest.forEach((key, byArch) -> {
            Map<String, TreeSet<String>> byVersion = new LinkedHashMap<>();
            byArch.forEach((arch, version) ->
                    byVersion.computeIfAbsent(version, _ -> new TreeSet<>()).add(arch));
            byVersion.forEach((version, arches) -> {
                boolean any = byVersion.size() == 1 && arches.contains(ANY_ARCH);
                if (!byArch.containsKey(ANY_ARCH)) {
                    arches.add(ANY_ARCH);
                }
                AdvisorySubject subject = new AdvisorySubject(
                        scope.namespace(),
                        key.name,
                        kind,
                        kind,
                        any ? List.of() : List.copyOf(arches),
                        key.module,
                        scope.repositories(),
                        scope.flavour(),
                        null);
                fixes.add(new Fix(subject, List.of(VersionRange.before(version)), version, key.certain));
            });
        });
        return fixes;
    }
}
