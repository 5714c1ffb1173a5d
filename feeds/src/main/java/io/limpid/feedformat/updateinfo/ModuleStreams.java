package io.limpid.feedformat.updateinfo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which module stream modular builds are of where their erratum does not say it with each.
 *
 * <p>Most errata name the streams in their titles: {@code Moderate: python39:3.9 and python39-devel:3.9 security update}; a build is then meant of
 * each of them, and what is installed knows of which it is. Of others the release strings tell it: {@code .module+el8.5.0+673+10283621} is that
 * of one build of a module, which other errata name. Is that unknown too, there are the streams that other errata have a package of that name
 * in: where it is one, it is that; where there are several, a build may be of any, and nobody can say more.
 *
 * <p>All is of one release of the distribution.
 */
final class ModuleStreams {
    private static final Pattern STREAM =
            Pattern.compile("(?<![\\w.+-])([A-Za-z0-9][A-Za-z0-9._+-]{0,99}):([A-Za-z0-9][A-Za-z0-9._+-]{0,99})");
    /** Release strings and package names that are kept. */
    private static final int KEPT = 200_000;

    private final Map<String, Set<String>> byTag = new HashMap<>();
    private final Map<String, Set<String>> byName = new HashMap<>();

    /** The streams that a title names, sorted: {@code python39:3.9}, {@code python39-devel:3.9}. */
    static List<String> named(@Nullable String title) {
        TreeSet<String> streams = new TreeSet<>();
        if (title != null) {
            Matcher found = STREAM.matcher(title);
            while (found.find()) {
                streams.add(found.group());
            }
        }
        return List.copyOf(streams);
    }

    /** Whether builds lack the module stream that they must have. */
    static boolean isLacking(List<RpmBuild> builds) {
        for (RpmBuild build : builds) {
            if (build.isModular() && build.module() == null) {
                return true;
            }
        }
        return false;
    }

    /** Takes note of the streams that an erratum tells of its builds. */
    void learn(List<RpmBuild> builds) {
        for (RpmBuild build : builds) {
            String stream = build.module();
            if (stream != null) {
                String tag = build.moduleTag();
                if (tag != null) {
                    learn(byTag, tag, stream);
                }
                learn(byName, build.name(), stream);
            }
        }
    }

    private static void learn(Map<String, Set<String>> known, String key, String stream) {
        Set<String> streams = known.get(key);
        if (streams == null && known.size() < KEPT) {
            streams = new TreeSet<>();
            known.put(key, streams);
        }
        if (streams != null) {
            streams.add(stream);
        }
    }

    /** The builds, each that lacks a stream once for each of these. */
    static List<RpmBuild> in(List<String> streams, List<RpmBuild> builds) {
        return each(builds, streams, true);
    }

    /** The builds, each that lacks a stream once for each that it may be of; one of which nothing is known still lacks it. */
    List<RpmBuild> resolved(List<RpmBuild> builds) {
        Set<String> common = null;
        for (RpmBuild build : builds) {
            String tag = build.isModular() && build.module() == null ? build.moduleTag() : null;
            Set<String> known = tag == null ? null : byTag.get(tag);
            if (known != null) {
                // What an erratum has is built for the same modules, old builds that go with new ones too.
                Set<String> both = new TreeSet<>(known);
                both.retainAll(common == null ? known : common);
                common = both.isEmpty() ? common : both;
            }
        }
        if (common != null) {
            return each(builds, List.copyOf(common), true);
        }
        Set<String> named = new TreeSet<>();
        for (RpmBuild build : builds) {
            if (build.isModular() && build.module() == null) {
                named.addAll(byName.getOrDefault(build.name(), Set.of()));
            }
        }
        return each(builds, List.copyOf(named), named.size() == 1);
    }

    private static List<RpmBuild> each(List<RpmBuild> builds, List<String> streams, boolean certain) {
        Set<RpmBuild> seen = new HashSet<>();
        List<RpmBuild> all = new ArrayList<>();
        for (RpmBuild build : builds) {
            if (!build.isModular() || build.module() != null || streams.isEmpty()) {
                all.add(build);
            } else if (seen.add(build)) {
                for (String stream : streams) {
                    all.add(build.in(stream, certain));
                }
            }
        }
        return all;
    }
}
