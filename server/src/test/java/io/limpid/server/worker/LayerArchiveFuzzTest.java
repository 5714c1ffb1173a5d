package io.limpid.server.worker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.layer.LayerFile;
import io.limpid.model.LimitNames;
import io.limpid.model.Limits;
import io.limpid.server.clair.ClairException;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Set;

/** Whatever a layer's bytes are, they are read or refused with one of Clair's errors, and nothing is kept that was not wanted. */
final class LayerArchiveFuzzTest {
    private static final Limits LIMITS =
            LimitNames.with(LimitNames.with(Limits.DEFAULT, "layer-bytes", 1 << 24), "decoder-bytes", 1 << 22);
    private static final Set<String> WANTED = Set.of("etc/os-release", "var/lib/dpkg/status");

    @FuzzTest(maxDuration = "1m")
    void readsAnyBytes(byte[] bytes) {
        WorkDeadline deadline = WorkDeadline.in(Duration.ofMinutes(1));
        try (BulkyWork.Leave leave = new BulkyWork(1).new Leave(deadline)) {
            for (LayerFile file : new LayerArchive(LayerFormat.DOCKER, WANTED, LIMITS)
                    .read(new ByteArrayInputStream(bytes), null, deadline, leave)
                    .all()) {
                if (!WANTED.contains(file.path()) || file.content().length > 1 << 24) {
                    throw new AssertionError(file.toString());
                }
            }
        } catch (ClairException e) {
            if (e.status() != 422) {
                throw new AssertionError(e);
            }
        }
    }
}
