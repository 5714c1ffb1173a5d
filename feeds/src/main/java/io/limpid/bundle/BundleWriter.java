package io.limpid.bundle;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.limpid.model.Digest;
import io.limpid.snapshot.Snapshot;
import io.limpid.snapshot.SnapshotHeader;
import io.limpid.snapshot.SnapshotStore;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a bundle as a stream: its members one after the other, then what is in it, signed. */
public final class BundleWriter {
    /** What snapshot files lose up to here costs little time, and little more is to be had. */
    private static final int LEVEL = 6;

    private final OutputStream out;
    private final List<BundleMember> members = new ArrayList<>();

    /**
     * @param out where it goes; not closed
     */
    public BundleWriter(OutputStream out) throws IOException {
        this.out = out;
        out.write(BundleLayout.head(BundleLayout.VERSION));
    }

    /**
     * Writes a generation.
     *
     * @param newest when it was last known to be the newest there is
     */
    public void add(Snapshot snapshot, Instant newest) throws IOException {
        Digesting packed = new Digesting(out);
        Digest digest;
        long bytes;
        try (ZstdOutputStreamNoFinalizer compressing = new ZstdOutputStreamNoFinalizer(packed, LEVEL)) {
            compressing.setChecksum(true);
            Digesting plain = new Digesting(compressing);
            snapshot.copyTo(plain);
            digest = plain.digest();
            bytes = plain.bytes();
        }
        SnapshotHeader header = snapshot.header();
        members.add(new BundleMember(
                header.feed(),
                header.part(),
                header.generation(),
                header.fetchedAt(),
                newest,
                header.dataDate(),
                header.records(),
                BundleMember.documentsOf(header),
                bytes,
                digest,
                packed.bytes(),
                packed.digest()));
    }

    /**
     * Writes what is in it.
     *
     * @param key signs it; null for a bundle that is not signed
     * @param madeBy the program
     * @param origin where the documents were fetched from
     */
    public BundleManifest finish(
            @Nullable SigningKey key, Instant madeAt, Instant expiresAt, String madeBy, String origin)
            throws IOException {
        BundleManifest manifest =
                new BundleManifest(madeAt, expiresAt, madeBy, SnapshotStore.fileFormat(), origin, members);
        byte[] json = manifest.json();
        out.write(BundleLayout.tail(json, signature(key, BundleLayout.message(json))));
        out.flush();
        return manifest;
    }

    private static byte[] signature(@Nullable SigningKey key, byte[] message) {
        if (key == null) {
            return Digesting.sha256().digest(message);
        }
        byte[] signature = new byte[BundleLayout.SIGNED_BYTES];
        System.arraycopy(key.verifying().bytes(), 0, signature, 0, VerifyingKey.BYTES);
        System.arraycopy(key.sign(message), 0, signature, VerifyingKey.BYTES, VerifyingKey.SIGNATURE_BYTES);
        return signature;
    }
}
