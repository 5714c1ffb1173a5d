package io.limpid.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no regular file is told so, and never waited for. */
class ArchiveSourceTest {
    @TempDir
    Path folder;

    private static void assertNoArchive(Path path, String reason, String hint) {
        for (String scheme : new ArchiveSource().schemes()) {
            ImageRequest request = new ImageRequest(path.toString(), null, null, Limits.DEFAULT);
            assertThatThrownBy(() -> new ArchiveSource().open(scheme, request))
                    .isInstanceOfSatisfying(LimpidException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.NOT_AN_IMAGE);
                        assertThat(e.reason()).contains(reason);
                        assertThat(e.hint()).contains(hint);
                    });
        }
    }

    @Test
    void aFolder() {
        assertNoArchive(folder, "it is a folder", "oci-dir:" + folder);
    }

    @Test
    void aDevice() {
        Path device = Path.of("/dev/zero");
        Assumptions.assumeTrue(Files.exists(device), "skipped: there is no /dev/zero");
        assertNoArchive(device, "a pipe, a socket or a device", "write the archive to a file");
    }

    /** The bound is for a reader that waits for a writer: without it the build would stop here. */
    @Test
    @Timeout(60)
    void aPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        try {
            Process process =
                    new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
            Assumptions.assumeTrue(process.waitFor() == 0, "skipped: mkfifo failed");
        } catch (IOException _) {
            Assumptions.abort("skipped: there is no program mkfifo");
        }
        assertNoArchive(pipe, "a pipe, a socket or a device", "write the archive to a file");
    }
}
