package io.limpid.scan;

import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.ImageSource;
import io.limpid.model.ErrorCode;
import io.limpid.model.Inventory;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.ScanTarget;
import io.limpid.sbom.SbomReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens what a command line names: an image of one of the sources, or an SBOM. */
public final class Targets {
    private static final String SBOM = "sbom";

    /** What a target turned out to be. */
    sealed interface Opened {}

    /** An image, to be closed. */
    record OpenedImage(Image image) implements Opened {}

    /** A document that lists packages. */
    record ReadSbom(ScanTarget target, Inventory inventory) implements Opened {}

    private final List<ImageSource> sources;
    private final Limits limits;

    public Targets(List<ImageSource> sources, Limits limits) {
        this.sources = List.copyOf(sources);
        this.limits = limits;
    }

    Opened open(ScanRequest request) throws IOException {
        String target = request.target();
        int colon = target.indexOf(':');
        String scheme = colon < 0 ? "" : target.substring(0, colon);
        if (scheme.equals(SBOM)) {
            return sbom(existing(target.substring(colon + 1), target));
        }
        for (ImageSource source : sources) {
            if (source.schemes().contains(scheme)) {
                String location = existing(target.substring(colon + 1), target).toString();
                return new OpenedImage(source.open(scheme, imageRequest(location, request)));
            }
        }
        return bare(request);
    }

    private Opened bare(ScanRequest request) throws IOException {
        Path path = existing(request.target(), request.target());
        if (Files.isRegularFile(path) && looksLikeJson(path)) {
            return sbom(path);
        }
        for (ImageSource source : sources) {
            if (source.accepts(path)) {
                return new OpenedImage(source.open("", imageRequest(path.toString(), request)));
            }
        }
        throw new LimpidException(
                ErrorCode.NOT_AN_IMAGE, path + " cannot be scanned", "it is neither a file nor a folder", null);
    }

    private ImageRequest imageRequest(String location, ScanRequest request) {
        return new ImageRequest(location, request.image(), request.platform(), limits);
    }

    private ReadSbom sbom(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Inventory inventory = SbomReader.read(in, limits).inventory();
            return new ReadSbom(new ScanTarget(SBOM, file.toString(), null, null, null), inventory);
        }
    }

    private static boolean looksLikeJson(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(64);
            for (byte b : first) {
                if (b != ' '
                        && b != '\t'
                        && b != '\r'
                        && b != '\n'
                        && b != (byte) 0xef
                        && b != (byte) 0xbb
                        && b != (byte) 0xbf) {
                    return b == '{';
                }
            }
            return false;
        }
    }

    private Path existing(String name, String target) throws LimpidException {
        Path path = path(name);
        if (path != null && Files.exists(path)) {
            return path;
        }
        String schemes = Stream.concat(sources.stream().flatMap(source -> source.schemes().stream()), Stream.of(SBOM))
                .map(scheme -> scheme + ":")
                .collect(Collectors.joining(", "));
        throw new LimpidException(
                ErrorCode.NOT_FOUND,
                "nothing to scan at " + target,
                "there is no such file or folder, and this version does not ask a Docker daemon or registry",
                "save the image first: docker save -o image.tar " + target + "; or name a file with " + schemes);
    }

    private static @Nullable Path path(String name) {
        try {
            return name.isEmpty() ? null : Path.of(name);
        } catch (InvalidPathException _) {
            return null;
        }
    }
}
