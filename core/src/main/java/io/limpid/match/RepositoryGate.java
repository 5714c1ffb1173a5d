package io.limpid.match;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets an advisory that is about the packages of some repositories, or of the products that those belong to, concern those only.
 *
 * <p>What nobody knows the repository of may come from any, and is judged by all; of a distribution with a core repository it is of that one, because
 * the others have packages of the same names. A copy of the core repository may have any name, those of Amazon's extras are theirs. Where the
 * repository is one that a product is known of, the product decides, else the repositories that the image was built from. Where nothing tells, what is
 * said of the distribution itself counts before what is said of products built on it. A product that brings a package of its own is there where that is
 * installed, and concerns all packages.
 */
final class RepositoryGate {
    /** The repositories from which a package comes of which nothing tells it, by release. */
    private static final Map<String, List<String>> CORE = Map.of("amzn:2", List.of("amzn2-core"));

    private static final String UNKNOWN = "";
    private static final String EXTRAS = "amzn2extra-";

    private final @Nullable List<String> core;
    private final @Nullable CpeName main;
    private final Origin origin;
    private final Advisories advisories;
    private final Set<String> installed = new HashSet<>();
    private final Map<String, Products> products = new HashMap<>();
    private final Map<String, @Nullable CpeName> names = new HashMap<>();

    /** Whether an advisory concerns a package, as far as its repository tells. */
    enum Admission {
        NO,
        /** It is about another stream of the package's own product: the vulnerability is there, its fix is not. */
        OTHER_STREAM,
        /** Nothing tells, and there may be something better. */
        PERHAPS,
        YES
    }

    /** The products that a package may be of. */
    private final class Products {
        private final List<CpeName> list;
        private final boolean known;
        private final Map<List<String>, Admission> answers = new HashMap<>();

        Products(List<CpeName> list, boolean known) {
            this.list = list;
            this.known = known;
        }

        Admission admission(Advisory advisory) {
            List<String> asked = advisory.subject().repositories();
            Admission answer = answers.get(asked);
            if (answer == null) {
                answer = admission(asked);
                answers.put(asked, answer);
            }
            if (answer != Admission.OTHER_STREAM || advisory.state() == FixState.FIXED) {
                return answer;
            }
            // What a product has, its streams have; what it has not, they may have all the same.
            return advisory.state() == FixState.NOT_AFFECTED ? Admission.NO : Admission.YES;
        }

        private Admission admission(List<String> asked) {
            Admission best = known ? Admission.NO : Admission.PERHAPS;
            for (String one : asked) {
                CpeName name = name(one);
                if (name == null) {
                    // Nobody can tell which product it is.
                    return Admission.YES;
                }
                for (CpeName product : list) {
                    Admission answer = admission(name, product);
                    best = answer.compareTo(best) > 0 ? answer : best;
                }
            }
            return best;
        }

        private Admission admission(CpeName asked, CpeName product) {
            if (asked.includes(product) || asked.isProductOf(product) || (!known && product.isProductOf(asked))) {
                return Admission.YES;
            }
            return known && main != null && main.isProductOf(asked) && product.isStreamOf(main)
                    ? Admission.OTHER_STREAM
                    : Admission.NO;
        }
    }

    /**
     * The gate for packages of a release.
     *
     * @param namespace the release, {@code amzn:2}
     * @param inventory the packages, and what is known of all together
     * @param advisories knows the products that repositories belong to
     */
    RepositoryGate(String namespace, Inventory inventory, Advisories advisories) {
        core = CORE.get(namespace);
        main = namespace.startsWith("rhel:")
                ? CpeName.parse("cpe:/o:redhat:enterprise_linux:" + namespace.substring("rhel:".length()))
                : null;
        this.origin = inventory.origin();
        this.advisories = advisories;
        for (InventoryPackage one : inventory.packages()) {
            if (one.removedInLayer() == null) {
                installed.add(AdvisorySubject.INSTALLED + one.value().name());
            }
        }
    }

    /** Whether an advisory concerns a package. */
    Admission admission(Advisory advisory, InventoryPackage one) throws IOException {
        AdvisorySubject subject = advisory.subject();
        if (subject.repositories().isEmpty()) {
            return Admission.YES;
        }
        if (subject.repositories().getFirst().startsWith(AdvisorySubject.INSTALLED)) {
            return subject.repositories().stream().anyMatch(installed::contains) ? Admission.YES : Admission.NO;
        }
        String repository = one.repository();
        if (isCpe(subject.repositories().getFirst())) {
            return products(repository == null ? UNKNOWN : repository).admission(advisory);
        }
        boolean isCore = repository == null || (core != null && !repository.startsWith(EXTRAS));
        List<String> known = isCore ? core : List.of(repository);
        return known == null || known.stream().anyMatch(subject.repositories()::contains)
                ? Admission.YES
                : Admission.NO;
    }

    private static boolean isCpe(String text) {
        return text.startsWith("cpe:");
    }

    private @Nullable CpeName name(String text) {
        if (!isCpe(text)) {
            return null;
        }
        // Also those that are no such name are remembered.
        if (!names.containsKey(text)) {
            names.put(text, CpeName.parse(text));
        }
        return names.get(text);
    }

    private Products products(String repository) throws IOException {
        Products found = products.get(repository);
        if (found == null) {
            found = find(repository);
            products.put(repository, found);
        }
        return found;
    }

    private Products find(String repository) throws IOException {
        List<CpeName> own = repository.equals(UNKNOWN) ? List.of() : parsed(advisories.products(repository));
        if (own.isEmpty()) {
            Set<String> all = new HashSet<>();
            for (String set : origin.contentSets()) {
                all.addAll(advisories.products(set));
            }
            own = parsed(all);
        }
        if (!own.isEmpty() || main == null) {
            return new Products(own, !own.isEmpty());
        }
        List<CpeName> likely = new ArrayList<>(List.of(main));
        for (CpeName product : parsed(origin.products())) {
            likely.add(product.whole());
        }
        return new Products(likely, false);
    }

    private List<CpeName> parsed(Iterable<String> texts) {
        List<CpeName> parsed = new ArrayList<>();
        for (String text : texts) {
            CpeName name = name(text);
            if (name != null) {
                parsed.add(name);
            }
        }
        return parsed;
    }

    /**
     * Of all that is said of one vulnerability in a package, what counts: of each feed what is said of the package's own products, else what may be,
     * else what is said of another stream of them, without its fix.
     */
    List<Judgement> own(List<Judgement> said, InventoryPackage one) throws IOException {
        Map<String, Admission> best = new HashMap<>();
        for (Judgement judgement : said) {
            Admission admission = admission(judgement.advisory(), one);
            best.merge(judgement.advisory().feed(), admission, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        List<Judgement> own = new ArrayList<>();
        for (Judgement judgement : said) {
            Admission admission = admission(judgement.advisory(), one);
            if (admission == best.get(judgement.advisory().feed())) {
                own.add(admission == Admission.OTHER_STREAM ? unfixed(judgement) : judgement);
            }
        }
        return own;
    }

    private static Judgement unfixed(Judgement judgement) {
        Advisory advisory = judgement.advisory();
        String why = "fixed in " + advisory.fixedVersion() + " for "
                + advisory.subject().repositories().getFirst() + " only";
        return new Judgement(advisory.unfixed(why), judgement.answer(), judgement.range());
    }
}
