package io.limpid.bundle;

import io.limpid.format.Nearest;
import io.limpid.format.compress.Compression;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.snapshot.SnapshotStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open bundle whose manifest is that which was signed.
 *
 * <p>Nothing in it is believed before: neither the manifest is taken apart before its signature is verified, nor a member inflated before its bytes are
 * those that the manifest names.
 */
public final class Bundle implements Closeable {
    private static final int BUFFER = 1 << 17;

    private final Path path;
    private final FileChannel channel;
    private final Limits limits;
    private final BundleManifest manifest;
    private final @Nullable VerifyingKey signer;
    private final Map<String, Long> offsets = new HashMap<>();

    private Bundle(
            Path path, FileChannel channel, Limits limits, BundleManifest manifest, @Nullable VerifyingKey signer) {
        this.path = path;
        this.channel = channel;
        this.limits = limits;
        this.manifest = manifest;
        this.signer = signer;
        long offset = BundleLayout.HEAD_BYTES;
        for (BundleMember member : manifest.members()) {
            offsets.put(member.name(), offset);
            offset += member.packedBytes();
        }
    }

    /**
     * Opens a bundle.
     *
     * @throws LimpidException when it is none, damaged, of another format, or not signed by somebody who is trusted
     * @throws IOException when it cannot be read
     */
    public static Bundle open(Path path, BundleRules rules, Limits limits) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            BundleTail tail = BundleTail.read(channel);
            VerifyingKey signer = tail.signer();
            if (signer == null && !rules.allows(BundleRules.Allowance.UNSIGNED)) {
                throw BundleRefusal.unsigned(path);
            }
            if (signer != null
                    && !rules.trusted().contains(signer)
                    && !rules.allows(BundleRules.Allowance.UNKNOWN_KEY)) {
                throw BundleRefusal.unknownKey(path, signer, rules);
            }
            tail.verify();
            BundleManifest manifest = BundleManifest.of(tail.manifest(), limits);
            if (!manifest.snapshots().equals(SnapshotStore.fileFormat())) {
                throw BundleRefusal.otherSnapshots(path, manifest);
            }
            long end = BundleLayout.HEAD_BYTES;
            for (BundleMember member : manifest.members()) {
                end = Math.addExact(end, member.packedBytes());
            }
            if (end != tail.offset()) {
                throw new BundleFlaw("what is in it has " + tail.offset() + " bytes where its manifest says " + end);
            }
            return new Bundle(path, channel, limits, manifest, signer);
        } catch (ArithmeticException _) {
            channel.close();
            throw BundleRefusal.flawed(path, "what is in it has more bytes than there are");
        } catch (BundleFlaw e) {
            channel.close();
            throw BundleRefusal.flawed(path, String.valueOf(e.getMessage()));
        } catch (BundleTail.OtherFormat e) {
            channel.close();
            throw BundleRefusal.newer(path, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** What it says of itself. */
    public BundleManifest manifest() {
        return manifest;
    }

    /** Who has signed it, null when nobody has. */
    public @Nullable VerifyingKey signer() {
        return signer;
    }

    /**
     * The members that names stand for, in the order of their names.
     *
     * @param only {@code FEED} or {@code FEED/PART}; none for all
     * @throws LimpidException when there is none of a name
     */
    public List<BundleMember> selected(List<String> only) throws LimpidException {
        List<BundleMember> members = manifest.members();
        for (String name : only) {
            if (members.stream().noneMatch(member -> isNamed(member, name))) {
                List<String> known = members.stream()
                        .map(member -> name.contains("/") ? member.name() : member.feed())
                        .distinct()
                        .toList();
                throw BundleRefusal.notInIt(path, Nearest.unknown(name.contains("/") ? "part" : "feed", name, known));
            }
        }
        return members.stream()
                .filter(member -> only.isEmpty() || only.stream().anyMatch(name -> isNamed(member, name)))
                .sorted(Comparator.comparing(BundleMember::name))
                .toList();
    }

    private static boolean isNamed(BundleMember member, String name) {
        return member.feed().equals(name) || member.name().equals(name);
    }

    /**
     * Compares a member, as it is packed, with its digest.
     *
     * @throws LimpidException when it is another one
     */
    public void verify(BundleMember member) throws IOException {
        Digesting digesting = new Digesting(OutputStream.nullOutputStream());
        try (InputStream packed = packed(member)) {
            packed.transferTo(digesting);
        }
        if (!digesting.digest().equals(member.packedDigest())) {
            throw damaged(member, "the bytes are not those that the manifest names");
        }
    }

    /**
     * Writes a member's snapshot file; no more bytes than the manifest says.
     *
     * @throws LimpidException when it is another one than the manifest says
     */
    public void unpack(BundleMember member, OutputStream out) throws IOException {
        Digesting digesting = new Digesting(out);
        try (InputStream plain = Compression.ZSTD.open(packed(member), limits)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = read(member, plain, buffer); read >= 0; read = read(member, plain, buffer)) {
                if (read > member.bytes() - digesting.bytes()) {
                    throw damaged(member, "it inflates to more bytes than the manifest says");
                }
                digesting.write(buffer, 0, read);
            }
        }
        Digest digest = digesting.digest();
        if (digesting.bytes() != member.bytes() || !digest.equals(member.digest())) {
            throw damaged(member, "it inflates to other bytes than the manifest says");
        }
    }

    private int read(BundleMember member, InputStream plain, byte[] buffer) throws IOException {
        try {
            return plain.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw damaged(member, "it cannot be inflated: " + e.getMessage());
        }
    }

    private LimpidException damaged(BundleMember member, String how) {
        return new LimpidException(
                ErrorCode.BROKEN_ADVISORIES,
                "what the bundle " + path + " has of " + member.name() + " is not what was put into it",
                how,
                "it was damaged or altered: get it anew from where it was made");
    }

    private InputStream packed(BundleMember member) {
        Long offset = offsets.get(member.name());
        if (offset == null) {
            throw new IllegalArgumentException("not a member of this bundle: " + member.name());
        }
        return new ChannelSlice(channel, offset, member.packedBytes());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
