package io.limpid.match;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import io.limpid.model.VersionRange;
import io.limpid.version.Answer;
import io.limpid.version.VersionScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An installed package as advisories see it: under two names, with two versions. */
final class Installed {
    /**
     * Debian and Ubuntu sign their kernels ({@code linux}, {@code linux-6.1}, {@code linux-hwe-5.15}) in source packages of their own, of which no advisory
     * speaks; what is built there bears the version of the linux that was signed. Debian's name ends with the architecture.
     */
    private static final Pattern SIGNED_KERNEL =
            Pattern.compile("linux-signed((?:-[a-z0-9.]+)*?)(?:-(?:amd64|arm64|i386))?");

    private static final String SIGNED = "linux-signed";

    private static final String KERNEL = "linux";
    private static final String RPM = "rpm";

    /** {@code 10.24.0-1.module+el8.3.0+10166+b07ac28e}; CentOS and its successors write {@code module_el8}. */
    private static final Pattern MODULAR = Pattern.compile("[.]module[+_]");

    private final Package value;
    private final SourcePackage source;
    private final Version sourceVersion;
    private final Version ownVersion;
    /** Built as part of a module, as its release tells, and nothing tells of which. */
    private final boolean isOfUnknownModule;

    Installed(Package value, VersionScheme scheme) {
        this.value = value;
        this.source = source(value);
        isOfUnknownModule =
                value.module() == null && MODULAR.matcher(value.version()).find();
        boolean isRpm = value.type().equals(RPM);
        sourceVersion = new Version(
                isRpm
                        ? InstalledVersion.ofSource(source.version(), value.version(), scheme)
                        : InstalledVersion.of(source.version(), scheme));
        ownVersion = !isRpm && source.version().equals(value.version())
                ? sourceVersion
                : new Version(InstalledVersion.of(value.version(), scheme));
    }

    /** One of its two versions. */
    private final class Version {
        private final InstalledVersion plain;

        private @Nullable String flavour;
        private @Nullable InstalledVersion usual;

        Version(InstalledVersion plain) {
            this.plain = plain;
        }

        /** The line of builds that it is of, in the release of the advisory. */
        String flavour(AdvisorySubject subject) {
            String own = flavour;
            if (own == null) {
                own = Flavours.of(subject.namespace(), value.name(), plain.text());
                flavour = own;
            }
            return own;
        }

        /** As it stands to what the advisory speaks of, which may be another line of builds than its own. */
        InstalledVersion asSeenBy(AdvisorySubject subject) {
            if (!subject.flavour().isEmpty() || flavour(subject).isEmpty()) {
                return plain;
            }
            InstalledVersion seen = usual;
            if (seen == null) {
                String made = Flavours.usual(subject.namespace(), value.name(), plain.text());
                seen = made == null ? plain : plain.madeFrom(made);
                usual = seen;
            }
            return seen;
        }
    }

    private static SourcePackage source(Package value) {
        SourcePackage source = value.source();
        if (source == null) {
            return new SourcePackage(value.name(), value.version());
        }
        if (!source.name().startsWith(SIGNED)) {
            return source;
        }
        Matcher signed = SIGNED_KERNEL.matcher(source.name());
        return signed.matches() ? new SourcePackage(KERNEL + signed.group(1), value.version()) : source;
    }

    /** The names under which advisories about it may be found. */
    List<String> names() {
        return source.name().equals(value.name()) ? List.of(value.name()) : List.of(source.name(), value.name());
    }

    /** The versions that are meant where it is called by one of its names; what is called as its source is, is its source. */
    Map<String, InstalledVersion> versions() {
        Map<String, InstalledVersion> versions = new LinkedHashMap<>();
        versions.put(source.name(), sourceVersion.plain);
        versions.putIfAbsent(value.name(), ownVersion.plain);
        return versions;
    }

    /**
     * Whether it is one of the packages that an advisory is about, its version left aside.
     *
     * @param name the name under which the advisory was found
     */
    boolean isSubject(AdvisorySubject subject, String name) {
        boolean named = switch (subject.named()) {
            case SOURCE -> name.equals(source.name());
            case BINARY -> name.equals(value.name());
            case EITHER -> true;
        };
        // A package whose architecture is not known may be of any, and what was built for all may be replaced by a
        // build for one.
        boolean arch = subject.arches().isEmpty()
                || value.arch() == null
                || value.arch().equals(Architectures.NOARCH)
                || subject.arches().contains(value.arch());
        return named
                && arch
                && mayBeOfModule(subject)
                && Flavours.concerns(subject.flavour(), version(subject).flavour(subject));
    }

    /** A package of a module is another one than that of the same name which is of none, and those of two streams are two. */
    private boolean mayBeOfModule(AdvisorySubject subject) {
        String module = subject.module();
        if (value.module() != null) {
            return module != null && stream(module).equals(stream(value.module()));
        }
        return (module != null) == isOfUnknownModule;
    }

    /** {@code nodejs:18} of {@code nodejs:18:8060020220523160029:ad008a3a}: the rest tells one build of the stream from another. */
    private static String stream(String module) {
        int name = module.indexOf(':');
        int stream = name < 0 ? -1 : module.indexOf(':', name + 1);
        return stream < 0 ? module : module.substring(0, stream);
    }

    /** Whether an advisory is meant of just the source package that it was built from. */
    boolean isBuiltFrom(AdvisorySubject subject) {
        return source.name().equals(subject.builtFrom());
    }

    /** Compares the version that the advisory speaks of with its ranges. */
    Judgement judge(Advisory advisory) {
        InstalledVersion version = seenBy(advisory.subject());
        VersionRange undecided = null;
        VersionRange outside = null;
        for (VersionRange range : advisory.affected()) {
            Answer answer = version.within(range);
            if (answer == Answer.YES && isOfUnknownModule) {
                // Of which stream it is decides, and nothing tells.
                answer = Answer.UNDECIDED;
            }
            if (answer == Answer.YES) {
                return new Judgement(advisory, answer, range);
            }
            if (answer == Answer.UNDECIDED) {
                undecided = range;
            }
            outside = range;
        }
        return undecided != null
                ? new Judgement(advisory, Answer.UNDECIDED, undecided)
                : new Judgement(advisory, Answer.NO, outside);
    }

    /** The comparison that decided, for people. */
    String comparison(Judgement judgement) {
        InstalledVersion version = seenBy(judgement.advisory().subject());
        VersionRange range = judgement.range();
        return range == null ? version.text() + " is not affected" : version.comparison(range);
    }

    /** Whether an advisory is on the builds that it was made from, and not on its own line of them. */
    boolean isOfUsual(AdvisorySubject subject) {
        return !seenBy(subject).equals(version(subject).plain);
    }

    private InstalledVersion seenBy(AdvisorySubject subject) {
        return version(subject).asSeenBy(subject);
    }

    private Version version(AdvisorySubject subject) {
        return subject.versioned() == Kind.SOURCE ? sourceVersion : ownVersion;
    }
}
