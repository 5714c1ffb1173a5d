package io.limpid.match;

import io.limpid.match.Judgement.Answer;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import io.limpid.model.VersionRange;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.HashMap;
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
    private static final String NOARCH = "noarch";

    /** {@code 10.24.0-1.module+el8.3.0+10166+b07ac28e}; CentOS and its successors write {@code module_el8}. */
    private static final Pattern MODULAR = Pattern.compile("[.]module[+_]");

    private final Package value;
    private final SourcePackage source;
    private final VersionScheme scheme;
    private final Version sourceVersion;
    private final Version ownVersion;
    /** Built as part of a module, as its release tells, and nothing tells of which. */
    private final boolean isOfUnknownModule;

    Installed(Package value, VersionScheme scheme) {
        this.value = value;
        this.source = source(value);
        this.scheme = scheme;
        isOfUnknownModule =
                value.module() == null && MODULAR.matcher(value.version()).find();
        sourceVersion = new Version(source.version());
        ownVersion = source.version().equals(value.version()) ? sourceVersion : new Version(value.version());
    }

    /** One of its two versions. */
    private final class Version {
        private final String text;
        /** How it stands to others: thousands of advisories on a kernel were fixed in a few hundred versions. */
        private final Map<String, Order> known = new HashMap<>();

        private @Nullable String flavour;

        Version(String text) {
            this.text = text;
        }

        /** The line of builds that it is of, in the release of the advisory. */
        String flavour(AdvisorySubject subject) {
            String own = flavour;
            if (own == null) {
                own = Flavours.of(subject.namespace(), value.name(), text);
                flavour = own;
            }
            return own;
        }

        /** How a bound stands to it; one that is not there is before it. */
        Order after(@Nullable String bound) {
            return bound == null ? Order.BEFORE : scheme.compare(bound, text);
        }

        /** How it stands to a bound; it is before one that is not there. */
        Order before(@Nullable String bound) {
            if (bound == null) {
                return Order.BEFORE;
            }
            Order order = known.get(bound);
            if (order == null) {
                order = scheme.compare(text, bound);
                known.put(bound, order);
            }
            return order;
        }
    }

    private static SourcePackage source(Package value) {
        SourcePackage source = value.source();
        if (source == null) {
            return new SourcePackage(value.name(), value.version());
        }
        if (value.type().equals(RPM)) {
            return withEpoch(source, value.version());
        }
        if (!source.name().startsWith(SIGNED)) {
            return source;
        }
        Matcher signed = SIGNED_KERNEL.matcher(source.name());
        return signed.matches() ? new SourcePackage(KERNEL + signed.group(1), value.version()) : source;
    }

    /** The file name of a source rpm has no epoch: it is that of the packages built from it. */
    private static SourcePackage withEpoch(SourcePackage source, String version) {
        int colon = version.indexOf(':');
        return colon < 0 || source.version().indexOf(':') >= 0
                ? source
                : new SourcePackage(source.name(), version.substring(0, colon + 1) + source.version());
    }

    /** The names under which advisories about it may be found. */
    List<String> names() {
        return source.name().equals(value.name()) ? List.of(value.name()) : List.of(source.name(), value.name());
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
                || value.arch().equals(NOARCH)
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
        Version version = version(advisory.subject());
        VersionRange undecided = null;
        VersionRange outside = null;
        for (VersionRange range : advisory.affected()) {
            Answer answer = answer(version, range);
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

    private Answer answer(Version version, VersionRange range) {
        Order lower = version.after(range.introduced());
        Order upper = version.before(end(range));
        boolean below = range.introduced() != null && lower == Order.AFTER;
        boolean above = upper == Order.AFTER || (upper == Order.SAME && range.fixed() != null);
        if (below || above) {
            return Answer.NO;
        }
        return lower == Order.UNDECIDED || upper == Order.UNDECIDED ? Answer.UNDECIDED : Answer.YES;
    }

    private static @Nullable String end(VersionRange range) {
        return range.fixed() != null ? range.fixed() : range.lastAffected();
    }

    /** The comparison that decided, for people. */
    String comparison(Judgement judgement) {
        Version installed = version(judgement.advisory().subject());
        String version = installed.text;
        VersionRange range = judgement.range();
        if (range == null) {
            return version + " is not affected";
        }
        Order lower = installed.after(range.introduced());
        String end = end(range);
        Order upper = installed.before(end);
        StringBuilder comparison = new StringBuilder();
        if (range.introduced() != null) {
            comparison.append(range.introduced()).append(sign(lower, true)).append(version);
            comparison.append(end == null ? "" : " and ");
        }
        if (end != null) {
            comparison
                    .append(version)
                    .append(sign(upper, range.lastAffected() != null))
                    .append(end);
        }
        if (comparison.isEmpty()) {
            comparison.append(version).append(", as every version");
        }
        return comparison.toString();
    }

    private Version version(AdvisorySubject subject) {
        return subject.versioned() == Kind.SOURCE ? sourceVersion : ownVersion;
    }

    private static String sign(Order order, boolean orSame) {
        return switch (order) {
            case BEFORE -> orSame ? " <= " : " < ";
            case SAME -> " = ";
            case AFTER -> " > ";
            case UNDECIDED -> " ? ";
        };
    }
}
