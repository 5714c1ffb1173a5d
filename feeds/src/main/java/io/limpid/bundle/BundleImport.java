package io.limpid.bundle;

import io.limpid.bundle.BundleRules.Allowance;
import io.limpid.model.LimpidException;
import io.limpid.snapshot.Difference;
import io.limpid.snapshot.IncomingPart;
import io.limpid.snapshot.SnapshotHeader;
import io.limpid.snapshot.SnapshotIntake;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is in a bundle into a store: all parts are unpacked and looked at before the first of them is made current.
 *
 * <p>A process that is killed while it unpacks changes nothing; killed while it switches, it leaves some parts new and the others as they were, each of
 * them whole.
 */
public final class BundleImport {
    private final Bundle bundle;
    private final BundleRules rules;
    private final SnapshotIntake intake;
    private final Consumer<String> progress;

    /**
     * @param intake where it is taken into
     * @param progress hears the part that is being unpacked
     */
    public BundleImport(Bundle bundle, BundleRules rules, SnapshotIntake intake, Consumer<String> progress) {
        this.bundle = bundle;
        this.rules = rules;
        this.intake = intake;
        this.progress = progress;
    }

    /**
     * What became of a part.
     *
     * @param difference how it differs from what was kept; null when that is kept, because it is made of the same documents
     * @param rolledBack whether these data had been rolled back from
     */
    public record Taken(BundleMember member, @Nullable Difference difference, boolean rolledBack) {}

    /**
     * Looks at all that can be wrong before anything is unpacked.
     *
     * @throws LimpidException when the bundle is refused
     */
    public void check(List<BundleMember> members) throws IOException {
        Instant now = intake.now();
        if (bundle.manifest().expiresAt().isBefore(now) && !rules.allows(Allowance.EXPIRED)) {
            throw BundleRefusal.expired(bundle.path(), bundle.manifest(), now);
        }
        refuseOlder(members);
        for (BundleMember member : members) {
            progress.accept("verifying " + member.name());
            bundle.verify(member);
        }
    }

    private void refuseOlder(List<BundleMember> members) throws LimpidException {
        if (rules.allows(Allowance.OLDER)) {
            return;
        }
        List<BundleMember> older = new ArrayList<>();
        for (BundleMember member : members) {
            SnapshotHeader kept = intake.kept(member.feed(), member.part());
            if (kept != null && isOlder(member, kept)) {
                older.add(member);
            }
        }
        if (!older.isEmpty()) {
            BundleMember first = older.getFirst();
            SnapshotHeader kept = intake.kept(first.feed(), first.part());
            if (kept != null) {
                throw BundleRefusal.older(bundle.path(), first, kept, older.size() - 1);
            }
        }
    }

    private static boolean isOlder(BundleMember member, SnapshotHeader kept) {
        return member.isOlderThan(kept) && !member.isMadeOfTheSameAs(kept);
    }

    /** A part that is to be replaced. */
    private record Incoming(BundleMember member, IncomingPart part, boolean same, boolean rolledBack) {}

    /**
     * Takes members in.
     *
     * @param told hears what became of each, when it did
     * @throws LimpidException when the bundle is refused, or something cannot be written; what was told by then stands
     */
    public void run(List<BundleMember> members, Consumer<Taken> told) throws IOException, InterruptedException {
        check(members);
        List<Incoming> all = new ArrayList<>();
        long needed = 0;
        for (BundleMember member : members) {
            IncomingPart part = intake.part(member.feed(), member.part());
            SnapshotHeader kept = part.kept();
            // Another may have been there between the first look and the lock.
            if (kept != null && isOlder(member, kept) && !rules.allows(Allowance.OLDER)) {
                throw BundleRefusal.older(bundle.path(), member, kept, 0);
            }
            boolean same = kept != null && member.isMadeOfTheSameAs(kept) && part.isKeptIntact();
            all.add(new Incoming(member, part, same, part.wasRolledBack(member.generation())));
            needed += same ? 0 : member.bytes();
        }
        if (needed > intake.usableBytes()) {
            throw BundleRefusal.noRoom(bundle.path(), needed, intake.usableBytes());
        }
        for (Incoming one : all) {
            if (!one.same) {
                progress.accept("unpacking " + one.member.name());
                stage(one.member, one.part);
            }
        }
        for (Incoming one : all) {
            told.accept(new Taken(one.member, take(one), one.rolledBack));
        }
    }

    private void stage(BundleMember member, IncomingPart part) throws IOException {
        SnapshotHeader header = part.stage(out -> bundle.unpack(member, out));
        if (header.generation() != member.generation()
                || !header.fetchedAt().equals(member.fetchedAt())
                || !member.isMadeOfTheSameAs(header)) {
            throw BundleRefusal.another(bundle.path(), member);
        }
    }

    private @Nullable Difference take(Incoming one) throws IOException {
        Instant now = intake.now();
        // A clock that is behind that of the maker's machine makes nothing newer than now.
        Instant newest = one.member.newest().isAfter(now) ? now : one.member.newest();
        if (one.same) {
            one.part.confirm(newest);
            return null;
        }
        return one.part.makeCurrent(newest, now);
    }
}
