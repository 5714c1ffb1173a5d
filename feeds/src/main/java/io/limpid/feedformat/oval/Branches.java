package io.limpid.feedformat.oval;

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
import org.jspecify.annotations.Nullable;

/** Takes criteria apart into the branches of which any one makes them true. */
final class Branches {
    /** Of one definition; the largest real ones have a tenth of it. */
    private static final int MOST = 200_000;

    /** Why criteria have none. */
    static final String TOO_MANY = "criteria that more than " + MOST + " ways lead through";

    private final Facts facts;

    Branches(Facts facts) {
        this.facts = facts;
    }

    /** The branches; null when there are too many. */
    @Nullable
    Collection<Branch> of(Criteria criteria) {
        return of(criteria, false);
    }

    private @Nullable Collection<Branch> of(Criteria criteria, boolean opposite) {
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

    private @Nullable Collection<Branch> together(List<Criteria> parts, boolean negated) {
        Collection<Branch> branches = null;
        for (Criteria part : parts) {
            Collection<Branch> more = of(part, negated);
            if (more == null) {
                return null;
            }
            if (branches == null) {
                branches = more;
                continue;
            }
            if ((long) branches.size() * more.size() > MOST) {
                return null;
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
    private @Nullable Collection<Branch> oneOf(List<Criteria> parts, boolean negated) {
        List<Branch> branches = new ArrayList<>();
        Map<Branch, Branch> machines = new LinkedHashMap<>();
        for (Criteria part : parts) {
            Collection<Branch> more = of(part, negated);
            if (more == null) {
                return null;
            }
            for (Branch branch : more) {
                if (branch.isOfNoPackage()) {
                    machines.merge(branch.onAny(), branch, Branch::onBoth);
                } else {
                    branches.add(branch);
                }
            }
            if (branches.size() > MOST) {
                return null;
            }
        }
        Set<Branch> all = new LinkedHashSet<>(machines.values());
        all.addAll(branches);
        return all;
    }
}
