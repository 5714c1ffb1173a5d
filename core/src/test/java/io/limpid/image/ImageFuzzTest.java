package io.limpid.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** What an archive or layout says of its images, whatever it says: an image or the declared error; see docs/fuzzing.md. */
final class ImageFuzzTest {
    private static final ImageRequest REQUEST = new ImageRequest("test", null, null, Limits.DEFAULT);

    /** An archive is its first document up to a zero byte; any other file that it names has the bytes behind that. */
    private record TwoFiles(String name, Blob first, Blob others) implements BlobFolder {
        static TwoFiles of(String name, byte[] bytes) {
            int zero = 0;
            while (zero < bytes.length && bytes[zero] != 0) {
                zero++;
            }
            int rest = Math.min(zero + 1, bytes.length);
            return new TwoFiles(
                    name,
                    new MemoryBlob(Arrays.copyOf(bytes, zero)),
                    new MemoryBlob(Arrays.copyOfRange(bytes, rest, bytes.length)));
        }

        @Override
        public Blob find(String wanted) {
            return wanted.equals(name) ? first : others;
        }

        @Override
        public String description() {
            return "an archive";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @FuzzTest(maxDuration = "1m")
    void archive(byte[] bytes) throws IOException {
        try (Image image = ArchiveSource.openStream("", new ByteArrayInputStream(bytes), REQUEST)) {
            check(image);
        } catch (LimpidException e) {
            check(e);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void dockerManifest(byte[] bytes) throws IOException {
        TwoFiles folder = TwoFiles.of(DockerArchive.MANIFEST, bytes);
        try (Image image = DockerArchive.open("docker-archive", folder, REQUEST).image()) {
            check(image);
        } catch (LimpidException e) {
            check(e);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void ociIndex(byte[] bytes) throws IOException {
        TwoFiles folder = TwoFiles.of(OciIndex.NAME, bytes);
        try (Image image = OciLayout.open("oci-archive", folder, REQUEST).image()) {
            check(image);
        } catch (LimpidException e) {
            check(e);
        }
    }

    private static void check(Image image) {
        if (image.layers().size() > Limits.DEFAULT.layers()) {
            throw new AssertionError("more layers than the limits allow");
        }
    }

    private static void check(LimpidException e) {
        if (e.reason() == null || e.what().isEmpty()) {
            throw new AssertionError("an error without a cause", e);
        }
    }
}
