package io.limpid.feedformat.oval;

import io.limpid.feedformat.oval.OvalStatement.Platform;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the comment beside a test says: the names of products, which no test has, and all of it where a copy has no tests. */
final class Comment {
    private static final String IS_INSTALLED = " is installed";
    private static final Pattern EARLIER = Pattern.compile("(?:Package )?(\\S{1,200}) (?:is earlier|less) than (.*)");
    private static final Pattern MODULE = Pattern.compile("Module (\\S{1,200}:\\S{1,100}) is enabled");
    private static final Pattern ARCH = Pattern.compile(".{1,100} arch is ([a-z0-9_]{1,20})");
    private static final Pattern KSPLICE = Pattern.compile("(\\S{1,200}) is ([a-z]{1,20})-based");
    private static final int SHOWN = 100;

    private Comment() {}

    /** Whether it says that a package is signed by its publisher. */
    static boolean isOfSignature(String comment) {
        return comment.contains(" is signed with ");
    }

    /** Whether it says that no version of a package has the vulnerability. */
    static boolean isNotAffected(String comment) {
        return comment.endsWith(" is not affected");
    }

    static boolean isOfKernel(String comment) {
        return comment.endsWith(" is currently running") || comment.endsWith(" is set to boot up on next boot");
    }

    /** The product that must be installed; by a name of its own when the comment has none. */
    static String product(String comment, String otherwise) {
        return comment.endsWith(IS_INSTALLED)
                ? comment.substring(0, comment.length() - IS_INSTALLED.length())
                : otherwise;
    }

    /** What a test asks of which there is only the comment. */
    static Fact fact(String comment) {
        if (isOfSignature(comment)) {
            return new Fact.Granted();
        }
        if (isOfKernel(comment)) {
            return new Fact.Kernel();
        }
        Matcher earlier = EARLIER.matcher(comment);
        if (earlier.matches()) {
            return Evr.below(Fact.Installed.any(earlier.group(1)), earlier.group(2));
        }
        Matcher module = MODULE.matcher(comment);
        if (module.matches()) {
            return new Fact.Module(module.group(1));
        }
        Matcher arch = ARCH.matcher(comment);
        if (arch.matches()) {
            return new Fact.Machine(List.of(arch.group(1)));
        }
        Matcher kind = KSPLICE.matcher(comment);
        if (kind.matches()) {
            return Fact.Installed.any(kind.group(1)).with(List.of(), kind.group(2));
        }
        String product = product(comment, "");
        // One word may be a package, with or without its version.
        return product.indexOf(' ') > 0
                ? new Fact.Product(new Platform(product, null))
                : new Fact.Unknown("its test is not in the document: "
                        + (comment.length() > SHOWN ? comment.substring(0, SHOWN) : comment));
    }
}
