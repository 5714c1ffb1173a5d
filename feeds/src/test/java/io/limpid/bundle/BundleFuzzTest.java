package io.limpid.bundle;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.bundle.BundleRules.Allowance;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A bundle of any bytes is refused, or its members are what it says; see docs/fuzzing.md. */
class BundleFuzzTest {
    private static final BundleRules ANYBODY = new BundleRules(Set.of(), Set.of(Allowance.values()));

    @FuzzTest(maxDuration = "60s")
    void anyFile(byte[] bytes) throws IOException {
        use(bytes);
    }

    /** What its maker means so: a manifest whose checksum is right, and members behind the first zero byte. */
    @FuzzTest(maxDuration = "60s")
    void anyManifest(byte[] bytes) throws IOException {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        byte[] manifest = ByteBuffer.allocate(end).put(bytes, 0, end).array();
        byte[] tail = BundleLayout.tail(manifest, Digesting.sha256().digest(BundleLayout.message(manifest)));
        int members = Math.max(0, bytes.length - end - 1);
        ByteBuffer file = ByteBuffer.allocate(BundleLayout.HEAD_BYTES + members + tail.length)
                .put(BundleLayout.head(BundleLayout.VERSION));
        if (members > 0) {
            file.put(bytes, end + 1, members);
        }
        use(file.put(tail).array());
    }

    private static void use(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("bundle", "fuzz");
        try {
            Files.write(file, bytes);
            try (Bundle bundle = Bundle.open(file, ANYBODY, Limits.DEFAULT)) {
                for (BundleMember member : bundle.manifest().members()) {
                    bundle.verify(member);
                    bundle.unpack(member, OutputStream.nullOutputStream());
                }
            } catch (LimpidException e) {
                if (e.hint() == null || !e.what().contains(file.toString())) {
                    throw new AssertionError("a refusal that helps nobody", e);
                }
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
