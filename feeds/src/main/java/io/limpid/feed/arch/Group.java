package io.limpid.feed.arch;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distros;
import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Vulnerabilities that the same versions of some packages have, in the tracker's words.
 *
 * <p>Packages are named one by one, also those that are built from one source together; a package that is not named does not have what its sibling
 * has. Their versions are those that pacman shows.
 */
final class Group {
    private static final String PAGES = "https://security.archlinux.org/";
    private static final String NAMESPACE = Distros.of(ArchFeed.ID, null, null).namespace();

    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,20}-[A-Za-z0-9-]{1,60}");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9@_+][A-Za-z0-9@._+-]{0,199}");
    private static final Pattern TICKET = Pattern.compile("[0-9]{1,10}");
    private static final int VERSION_CHARACTERS = 200;
    private static final int TYPE_CHARACTERS = 1000;
    /** A group has a few packages with some dozens of vulnerabilities. */
    private static final int ADVISORIES = 100_000;

    final List<String> packages = new ArrayList<>();
    final List<String> issues = new ArrayList<>();
    final List<String> bulletins = new ArrayList<>();

    @Nullable
    String name;

    @Nullable
    String status;

    @Nullable
    String severity;

    @Nullable
    String type;

    @Nullable
    String affected;

    @Nullable
    String fixed;

    @Nullable
    String ticket;

    /** Why this makes no sense; null when it does. */
    @Nullable
    String wrong() {
        if (name == null || !NAME.matcher(name).matches()) {
            return "no name of a group";
        }
        if (packages.isEmpty()) {
            return "no package";
        }
        if ((long) packages.size() * issues.size() > ADVISORIES) {
            return packages.size() + " packages with " + issues.size() + " vulnerabilities each";
        }
        if (affected == null || !isVersion(affected) || (fixed != null && !isVersion(fixed))) {
            return "not versions: affected from " + affected + ", fixed in " + fixed;
        }
        return switch (status) {
            case null -> "no status";
            case "Fixed", "Testing", "Vulnerable", "Unknown", "Not affected" -> null;
            default -> "a status that is not known: " + status;
        };
    }

    /** Takes out what is no name of a package, and gives it back. */
    List<String> withoutOddPackages() {
        return without(PACKAGE, packages);
    }

    /** Takes out what is no name of a vulnerability, and gives it back. */
    List<String> withoutOddIssues() {
        return without(NAME, issues);
    }

    /** Takes out what is no name of a bulletin, and gives it back. */
    List<String> withoutOddBulletins() {
        return without(NAME, bulletins);
    }

    private static List<String> without(Pattern pattern, List<String> words) {
        List<String> odd = new ArrayList<>(0);
        words.removeIf(word -> {
            boolean strange = !pattern.matcher(word).matches();
            if (strange) {
                odd.add(word);
            }
            return strange;
        });
        return odd;
    }

    private static boolean isVersion(String text) {
        return !text.isBlank() && text.length() <= VERSION_CHARACTERS;
    }

    /** What a group that has nothing {@link #wrong} says: of each package each vulnerability; of one that lists none, itself. */
    List<Advisory> advisories() {
        String group = String.valueOf(name);
        LinkedHashSet<String> ids = new LinkedHashSet<>(issues.isEmpty() ? List.of(group) : issues);
        TreeSet<String> names = new TreeSet<>(bulletins);
        names.add(group);
        List<String> links = new ArrayList<>();
        for (String one : names) {
            links.add(PAGES + one);
        }
        if (ticket != null && TICKET.matcher(ticket).matches()) {
            links.add("https://bugs.archlinux.org/task/" + ticket);
        }
        List<Advisory> advisories = new ArrayList<>();
        for (String one : new LinkedHashSet<>(packages)) {
            for (String id : ids) {
                advisories.add(advisory(id, one, names, links));
            }
        }
        return advisories;
    }

    private Advisory advisory(String id, String packageName, Set<String> names, List<String> links) {
        FixState state = state();
        return new Advisory(
                id,
                names.stream().filter(other -> !other.equals(id)).toList(),
                ArchFeed.ID,
                AdvisorySubject.of(NAMESPACE, packageName, Kind.BINARY, Kind.BINARY),
                state,
                state == FixState.NOT_AFFECTED ? List.of() : List.of(new VersionRange(affected, fixed, null)),
                state == FixState.NOT_AFFECTED ? null : fixed,
                List.of(new SeverityRating(ArchFeed.ID, severity(), severity, null)),
                type == null || type.length() > TYPE_CHARACTERS ? null : type,
                "Testing".equals(status) ? "the fixed version is in Arch's testing repositories" : null,
                PAGES + id,
                links,
                null,
                null);
    }

    private FixState state() {
        return switch (String.valueOf(status)) {
            case "Not affected" -> FixState.NOT_AFFECTED;
            // Said to be there until it is known not to be.
            case "Unknown" -> FixState.UNDER_INVESTIGATION;
            case "Fixed" -> fixed == null ? FixState.AFFECTED : FixState.FIXED;
            default -> FixState.AFFECTED;
        };
    }

    private Severity severity() {
        return severity == null
                ? Severity.UNKNOWN
                : Severity.ofWord(severity.toLowerCase(Locale.ROOT)).orElse(Severity.UNKNOWN);
    }
}
