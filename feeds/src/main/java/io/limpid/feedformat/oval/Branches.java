package io.limpid.feedformat.oval;

import io.limpid.feed.FeedException;
import io.limpid.feedformat.oval.OvalDefinition.Criteria;
import io.limpid.feedformat.oval.OvalDefinition.Group;
import io.limpid.feedformat.oval.OvalDefinition.Leaf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes criteria apart into the branches of which any one makes them true. */
final class Branches {
    /** Of one definition; the largest real ones have a tenth of it. */
    private static final int MOST = 200_000;

    private final String document;
    private final Facts facts;

    Branches(String document, Facts facts) {
        this.document = document;
        this.facts = facts;
    }

    Collection<Branch> of(Criteria criteria) throws FeedException {
        return of(criteria, false);
    }

    private Collection<Branch> of(Criteria criteria, boolean opposite) throws FeedException {
        return switch (criteria) {
            case Leaf leaf -> {
                Fact fact = facts.of(leaf);
                yield List.of(Branch.of(leaf.negated() == opposite ? fact : Facts.not(fact)));
            }
            case Group group -> {
                boolean negated = group.negated() != opposite;
                yield group.all() != negated ? together(group.parts(), negated) : oneOf(group.parts(), negated);
            }
        };
    }

    private Collection<Branch> together(List<Criteria> parts, boolean negated) throws FeedException {
        Collection<Branch> branches = null;
        for (Criteria part : parts) {
            Collection<Branch> more = of(part, negated);
            if (branches == null) {
                branches = more;
                continue;
            }
            if ((long) branches.size() * more.size() > MOST) {
                throw tooMany();
            }
            Set<Branch> product = LinkedHashSet.newLinkedHashSet(branches.size() * more.size());
            for (Branch one : branches) {
                for (Branch other : more) {
                    product.add(one.and(other));
                }
            }
            branches = product;
        }
        return branches == null ? List.of(Branch.ANY) : branches;
    }

    /** Products of which any one is enough stay together: a list of them times one of packages would be a long one. */
    private Collection<Branch> oneOf(List<Criteria> parts, boolean negated) throws FeedException {
        List<Branch> branches = new ArrayList<>();
        Map<Branch, Branch> machines = new LinkedHashMap<>();
        for (Criteria part : parts) {
            for (Branch branch : of(part, negated)) {
                if (branch.isOfNoPackage()) {
                    machines.merge(branch.onAny(), branch, Branch::onBoth);
                } else {
                    branches.add(branch);
                }
            }
            if (branches.size() > MOST) {
                throw tooMany();
            }
        }
        Set<Branch> all = new LinkedHashSet<>(machines.values());
        all.addAll(branches);
        return all;
    }

    private FeedException tooMany() {
        return new FeedException(document, null, "criteria that more than " + MOST + " ways lead through");
    }
}
