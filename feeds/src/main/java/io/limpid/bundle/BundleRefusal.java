package io.limpid.bundle;

import io.limpid.bundle.BundleRules.Allowance;
import io.limpid.format.Printable;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.snapshot.SnapshotHeader;
import io.limpid.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Instant;

/** Says to people why a bundle is refused, and what to do. */
final class BundleRefusal {
    private static final int SHOWN = 100;

    private BundleRefusal() {}

    private static LimpidException refused(Path path, String reason, String hint) {
        return new LimpidException(ErrorCode.BROKEN_ADVISORIES, "cannot use the bundle " + path, reason, hint);
    }

    static LimpidException flawed(Path path, String reason) {
        return refused(path, reason, "get it anew from where 'limpid db export' made it");
    }

    static LimpidException newer(Path path, String reason) {
        return refused(
                path,
                reason,
                "import it with a newer limpid, or export it with the version of limpid that is used here");
    }

    static LimpidException otherSnapshots(Path path, BundleManifest manifest) {
        return refused(
                path,
                "it was made by " + Printable.excerpt(manifest.madeBy(), SHOWN) + ", whose snapshots are of format "
                        + Printable.excerpt(manifest.snapshots(), SHOWN) + ", and this program reads format "
                        + SnapshotStore.fileFormat(),
                "export it with the version of limpid that is used here");
    }

    static LimpidException unsigned(Path path) {
        return refused(
                path,
                "nobody has signed it",
                "export it with --key; " + Allowance.UNSIGNED.option() + " takes it all the same");
    }

    static LimpidException unknownKey(Path path, VerifyingKey signer, BundleRules rules) {
        return refused(
                path,
                "it is signed by " + signer.id() + ", and "
                        + (rules.trusted().isEmpty()
                                ? "no key is trusted here"
                                : "only " + rules.trusted().size() + " other "
                                        + (rules.trusted().size() == 1 ? "key is" : "keys are") + " trusted here"),
                "if that is the key of who made it: --trust " + signer.id() + "; " + Allowance.UNKNOWN_KEY.option()
                        + " takes it whoever signed it");
    }

    static LimpidException expired(Path path, BundleManifest manifest, Instant now) {
        return refused(
                path,
                "it expired at " + manifest.expiresAt() + ", and now it is " + now,
                "get a newer one; " + Allowance.EXPIRED.option() + " takes it all the same");
    }

    static LimpidException older(Path path, BundleMember member, SnapshotHeader kept, int others) {
        return refused(
                path,
                "its data of " + member.name() + " were fetched at " + member.fetchedAt()
                        + ", before those that are kept (" + kept.fetchedAt() + ")"
                        + (others == 0 ? "" : "; so were those of " + others + " more"),
                "get a newer one; --only takes other parts, " + Allowance.OLDER.option()
                        + " goes back to these data all the same");
    }

    static LimpidException notInIt(Path path, String reason) {
        return new LimpidException(ErrorCode.NOT_FOUND, "cannot take that from the bundle " + path, reason, null);
    }

    static LimpidException another(Path path, BundleMember member) {
        return refused(
                path,
                "the file of " + member.name() + " says something else of itself than the manifest",
                "this is a fault of the program that made it: please report it");
    }

    static LimpidException noRoom(Path path, long needed, long there) {
        return new LimpidException(
                ErrorCode.IO,
                "cannot import the bundle " + path,
                "it needs " + needed + " bytes where " + there + " are free",
                "make room there, choose another folder with --cache, or import less with --only");
    }
}
