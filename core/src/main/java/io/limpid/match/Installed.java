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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An installed package as advisories see it: under two names, with two versions. */
final class Installed {
    /**
     * Debian signs its kernel in source packages of their own, of which no advisory speaks; what is built there bears the version of the linux that
     * was signed.
     */
    private static final Set<String> SIGNED_KERNELS =
            Set.of("linux-signed-amd64", "linux-signed-arm64", "linux-signed-i386");

    private static final String KERNEL = "linux";

    private final Package value;
    private final SourcePackage source;
    private final VersionScheme scheme;

    Installed(Package value, VersionScheme scheme) {
        this.value = value;
        this.source = source(value);
        this.scheme = scheme;
    }

    private static SourcePackage source(Package value) {
        SourcePackage source = value.source();
        if (source == null) {
            return new SourcePackage(value.name(), value.version());
        }
        return SIGNED_KERNELS.contains(source.name()) ? new SourcePackage(KERNEL, value.version()) : source;
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
        // A package whose architecture is not known may be of any; one whose repository is not known, from any.
        boolean arch = subject.arches().isEmpty()
                || value.arch() == null
                || subject.arches().contains(value.arch());
        boolean flavour = subject.flavour().isEmpty() || version(subject).contains(subject.flavour());
        return named && arch && flavour && Objects.equals(subject.module(), value.module());
    }

    /** Whether an advisory is meant of just the source package that it was built from. */
    boolean isBuiltFrom(AdvisorySubject subject) {
        return source.name().equals(subject.builtFrom());
    }

    /** Compares the version that the advisory speaks of with its ranges. */
    Judgement judge(Advisory advisory) {
        String version = version(advisory.subject());
        Judgement undecided = null;
        Judgement outside = null;
        for (VersionRange range : advisory.affected()) {
            Judgement judgement = judge(advisory, version, range);
            if (judgement.answer() == Answer.YES) {
                return judgement;
            }
            if (judgement.answer() == Answer.UNDECIDED) {
                undecided = judgement;
            }
            outside = judgement;
        }
        if (undecided != null) {
            return undecided;
        }
        return outside == null ? new Judgement(advisory, Answer.NO, version + " is not affected") : outside;
    }

    private Judgement judge(Advisory advisory, String version, VersionRange range) {
        Order lower = order(range.introduced(), version);
        boolean open = range.fixed() == null && range.lastAffected() == null;
        String end = range.fixed() != null ? range.fixed() : range.lastAffected();
        Order upper = order(version, end);
        StringBuilder comparison = new StringBuilder();
        if (range.introduced() != null) {
            comparison.append(range.introduced()).append(sign(lower, true)).append(version);
            comparison.append(open ? "" : " and ");
        }
        if (!open) {
            comparison
                    .append(version)
                    .append(sign(upper, range.lastAffected() != null))
                    .append(end);
        }
        if (comparison.isEmpty()) {
            comparison.append(version).append(", as every version");
        }
        boolean below = range.introduced() != null && lower == Order.AFTER;
        boolean above = !open && (upper == Order.AFTER || (upper == Order.SAME && range.fixed() != null));
        Answer answer;
        if (below || above) {
            answer = Answer.NO;
        } else if (lower == Order.UNDECIDED || upper == Order.UNDECIDED) {
            answer = Answer.UNDECIDED;
        } else {
            answer = Answer.YES;
        }
        return new Judgement(advisory, answer, comparison.toString());
    }

    /** How one bound stands to the version; a bound that is not there holds. */
    private Order order(@Nullable String left, @Nullable String right) {
        return left == null || right == null ? Order.BEFORE : scheme.compare(left, right);
    }

    private String version(AdvisorySubject subject) {
        return subject.versioned() == Kind.SOURCE ? source.version() : value.version();
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
