package io.limpid.feedformat.oval;

import io.limpid.feedformat.oval.OvalStatement.Platform;
import io.limpid.feedformat.oval.Tables.Entity;
import io.limpid.feedformat.oval.Tables.State;
import io.limpid.feedformat.oval.Tables.Test;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what a test asks of a machine. */
final class Facts {
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9+._-]{0,199}");
    /** {@code (aarch64|x86_64)}, {@code x86_64}, {@code ^(i586|x86_64)$}. */
    private static final Pattern ARCHES = Pattern.compile("\\^?\\(?([A-Za-z0-9_]+(?:\\|[A-Za-z0-9_]+)*)\\)?\\$?");

    private static final Pattern MODULE_FILE = Pattern.compile("/etc/dnf/modules\\.d/([^/]{1,100})\\.module");
    /** {@code \nstream\s*=\s*2\.5\b[\w\W]*\nstate\s*=\s*(enabled|1|true)|...}. */
    private static final Pattern STREAM = Pattern.compile("stream\\\\s\\*=\\\\s\\*((?:[^\\\\]|\\\\[^A-Za-z])+)\\\\b");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    /** {@code oraclelinux-release}, {@code redhat-release-client}, {@code sles-ltss-release}. */
    private static final Pattern PRODUCT = Pattern.compile("(?i).*-release(?:-.*)?");

    private static final Set<String> CHECKS = Set.of("", "all", "at least one", "only one", "none satisfy");
    private static final Set<String> EXISTENCES =
            Set.of("", "at_least_one_exists", "all_exist", "any_exist", "only_one_exists", "none_exist");

    private final Tables tables;

    Facts(Tables tables) {
        this.tables = tables;
    }

    /** What the test of a criterion asks. */
    Fact of(OvalDefinition.Leaf leaf) {
        if (leaf.test() == Tables.NONE
                && !leaf.comment().isEmpty()
                && leaf.comment().charAt(0) == '<') {
            return new Fact.Unknown("criteria that are not known: " + leaf.comment());
        }
        Test test = tables.test(leaf.test());
        if (test == null) {
            return Comment.fact(leaf.comment());
        }
        if (!CHECKS.contains(test.check()) || !EXISTENCES.contains(test.existence())) {
            return new Fact.Unknown("a test that checks in an unknown way: " + test.check() + " " + test.existence());
        }
        return switch (test.kind()) {
            case "rpminfo_test" -> rpm(test, leaf.comment());
            case "rpmverifyfile_test" -> {
                Fact product = new Fact.Product(new Platform(Comment.product(leaf.comment(), leaf.comment()), null));
                yield test.isNone() ? not(product) : product;
            }
            case "textfilecontent54_test" -> text(test, leaf.comment());
            case "uname_test" -> new Fact.Kernel();
            case "family_test" -> new Fact.Granted();
            default -> new Fact.Unknown("a kind of test that is not known: " + test.kind());
        };
    }

    private Fact text(Test test, String comment) {
        String path = tables.object(test.object());
        if (path.startsWith("/boot/") || Comment.isOfKernel(comment)) {
            return new Fact.Kernel();
        }
        Matcher file = MODULE_FILE.matcher(path);
        State state = tables.state(test.state());
        Matcher stream = STREAM.matcher(
                state == null || state.text() == null ? "" : state.text().value());
        if (!file.matches() || !stream.find() || test.isNone()) {
            return new Fact.Unknown("a text is searched for something that is not known: " + comment);
        }
        return new Fact.Module(
                file.group(1) + ":" + ESCAPED.matcher(stream.group(1)).replaceAll("$1"));
    }

    private Fact rpm(Test test, String comment) {
        String name = tables.object(test.object());
        if (!PACKAGE.matcher(name).matches()) {
            return new Fact.Unknown("a test without the name of a package: " + comment);
        }
        if (test.states() == 0) {
            return test.isNone() ? new Fact.Absent(name) : Fact.Installed.any(name);
        }
        State state = tables.state(test.state());
        if (state == null || test.states() > 1) {
            return new Fact.Unknown(
                    (state == null ? "its state is not in the document: " : "a test with several states: ") + comment);
        }
        Fact fact = state(name, state, comment);
        return test.isNone() ? not(fact) : fact;
    }

    private static Fact state(String name, State state, String comment) {
        if (state.odd() != null || state.text() != null) {
            return new Fact.Unknown("a property that is not known: " + (state.odd() == null ? "text" : state.odd()));
        }
        List<String> arches = arches(state.arch());
        if (state.arch() != null && arches.isEmpty()) {
            return new Fact.Unknown(
                    "architectures that are not a list: " + state.arch().value());
        }
        if (PRODUCT.matcher(name).matches() && state.release() == null && !state.signature()) {
            Fact ofProduct = product(name, state, arches, comment);
            if (ofProduct != null) {
                return ofProduct;
            }
        }
        boolean nothing = state.evr() == null && state.version() == null && state.release() == null;
        if (state.signature() && nothing) {
            return new Fact.Granted();
        }
        return installed(name, state, arches, comment);
    }

    /** What is asked of a package that says which product is installed; null when it is meant as any other package. */
    private static @Nullable Fact product(String name, State state, List<String> arches, String comment) {
        Entity version = state.version();
        Entity evr = state.evr();
        if (version == null && evr == null) {
            return arches.isEmpty() ? null : new Fact.Machine(arches);
        }
        Entity told = version != null ? version : evr;
        return told == null || told.operation().startsWith("less") || (version != null && evr != null)
                ? null
                : new Fact.Product(new Platform(Comment.product(comment, name + " " + told.value()), told.value()));
    }

    private static Fact installed(String name, State state, List<String> arches, String comment) {
        Entity release = state.release();
        if (release != null && !release.operation().equals("pattern match")) {
            return new Fact.Unknown("a release that must stand in another way: " + release.operation());
        }
        Fact.Installed any = Fact.Installed.any(name).with(arches, release == null ? null : release.value());
        Entity version = state.version();
        if (version != null) {
            // No package has this version.
            return version.value().equals("0") && version.operation().equals("equals")
                    ? any.never()
                    : new Fact.Unknown("a version without its release: " + comment);
        }
        Entity evr = state.evr();
        if (evr == null) {
            return Comment.isNotAffected(comment) ? any.never() : any;
        }
        if (!Evr.isVersion(evr.value())) {
            return new Fact.Unknown("not a version: " + evr.value());
        }
        String shown = Evr.shown(evr.value());
        boolean lowest = Evr.isLowest(evr.value());
        return switch (evr.operation()) {
            case "less than" -> any.between(null, false, shown, null);
            case "less than or equal" -> any.between(null, false, null, shown);
            case "equals" -> lowest ? any.never() : any.between(shown, false, null, shown);
            case "greater than" -> any.between(lowest ? null : shown, !lowest, null, null);
            case "greater than or equal" -> any.between(lowest ? null : shown, false, null, null);
            default -> new Fact.Unknown("a version that must stand in another way: " + evr.operation());
        };
    }

    private static List<String> arches(@Nullable Entity arch) {
        if (arch == null) {
            return List.of();
        }
        Matcher list = ARCHES.matcher(arch.value());
        boolean known =
                arch.operation().equals("pattern match") || arch.operation().equals("equals");
        return known && list.matches()
                ? Stream.of(list.group(1).split("\\|")).sorted().distinct().toList()
                : List.of();
    }

    /** The opposite of what is asked. */
    static Fact not(Fact fact) {
        return switch (fact) {
            case Fact.Absent absent -> Fact.Installed.any(absent.name());
            case Fact.Installed installed -> not(installed);
            case Fact.Kernel kernel -> kernel;
            case Fact.Unknown unknown -> unknown;
            case Fact.Product _, Fact.Granted _ -> new Fact.Elsewhere();
            case Fact.Elsewhere _ -> new Fact.Granted();
            case Fact.Machine _ -> new Fact.Unknown("a machine that has not these architectures");
            case Fact.Module module -> new Fact.Unknown("a module that is not enabled: " + module.stream());
        };
    }

    private static Fact not(Fact.Installed one) {
        if (!one.arches().isEmpty() || one.release() != null) {
            return new Fact.Unknown("a package that is not of these architectures or releases: " + one.name());
        }
        if (one.impossible()) {
            return one.orAbsent()
                    ? new Fact.Elsewhere()
                    : Fact.Installed.any(one.name()).maybe();
        }
        boolean lower = one.from() != null;
        boolean upper = one.before() != null || one.last() != null;
        if (!lower && !upper) {
            return new Fact.Absent(one.name());
        }
        if (lower && upper) {
            return new Fact.Unknown("a package that is not of these versions: " + one.name());
        }
        Fact.Installed any = Fact.Installed.any(one.name()).maybe();
        if (lower) {
            return one.after()
                    ? any.between(null, false, null, one.from())
                    : any.between(null, false, one.from(), null);
        }
        return one.before() != null
                ? any.between(one.before(), false, null, null)
                : any.between(one.last(), true, null, null);
    }
}
