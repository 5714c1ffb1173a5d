package io.limpid.testing;

import io.limpid.format.compress.Compression;
import io.limpid.image.ArchiveSource;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.ImageSource;
import io.limpid.image.PassingReader;
import io.limpid.model.Limits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Archive files as if a daemon sent them: streams that nobody keeps. */
public final class StreamedSource implements ImageSource {
    private final AtomicInteger sent = new AtomicInteger();

    /** How often an archive was sent, also in part. */
    public int sent() {
        return sent.get();
    }

    @Override
    public List<String> schemes() {
        return List.of("streamed");
    }

    @Override
    public boolean accepts(Path path) {
        return true;
    }

    @Override
    public Image open(String scheme, ImageRequest request) throws IOException {
        return open(scheme, request, PassingReader.NONE);
    }

    @Override
    public Image open(String scheme, ImageRequest request, PassingReader reader) throws IOException {
        Path file = Path.of(request.location());
        return ArchiveSource.openPassing(() -> stream(file), request, reader);
    }

    private InputStream stream(Path file) throws IOException {
        sent.incrementAndGet();
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(Compression.MAGIC_BYTES);
        Compression compression = Compression.of(in.readNBytes(Compression.MAGIC_BYTES));
        in.reset();
        return compression == Compression.NONE ? in : compression.open(in, Limits.DEFAULT);
    }
}
