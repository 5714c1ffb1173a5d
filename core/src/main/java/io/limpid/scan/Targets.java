package io.limpid.scan;

import io.limpid.image.ArchiveSource;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.ImageSource;
import io.limpid.image.PassingReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.ScanTarget;
import io.limpid.sbom.SbomDocument;
import io.limpid.sbom.SbomReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens what a command line names: an image of one of the sources, or an SBOM. */
public final class Targets {
    private static final String SBOM = "sbom";
    private static final String STDIN = "-";
    private static final int PEEKED = 64;
    private static final String NOTHING_TO_CHOOSE = "it is an SBOM, which has no layers and no choice of images";

    /** What a target turned out to be. */
    sealed interface Opened {}

    /** An image, to be closed. */
    record OpenedImage(Image image) implements Opened {}

    /** A document that lists packages. */
    record ReadSbom(ScanTarget target, SbomDocument document) implements Opened {}

    private final List<ImageSource> sources;
    private final Limits limits;

    public Targets(List<ImageSource> sources, Limits limits) {
        this.sources = List.copyOf(sources);
        this.limits = limits;
    }

    /**
     * Opens an image, to be closed by the caller.
     *
     * @param reader reads layers that pass by while it is opened
     * @throws LimpidException when it is none
     */
    public Image image(ScanRequest request, PassingReader reader) throws IOException {
        return switch (open(request, reader)) {
            case OpenedImage(Image image) -> image;
            case ReadSbom sbom ->
                throw new LimpidException(
                        ErrorCode.USAGE,
                        sbom.target().reference() + " is no image",
                        "it is an SBOM, which has no layers",
                        null);
        };
    }

    /**
     * Opens it.
     *
     * @param reader reads layers that pass by while an image is opened
     */
    Opened open(ScanRequest request, PassingReader reader) throws IOException {
        String target = request.target();
        if (target.equals(STDIN)) {
            return stdin("", request, reader);
        }
        int colon = target.indexOf(':');
        String scheme = colon < 0 ? "" : target.substring(0, colon);
        String location = target.substring(colon + 1);
        if (scheme.equals(SBOM)) {
            return location.equals(STDIN) ? stdin(scheme, request, reader) : sbom(existing(location, request), request);
        }
        for (ImageSource source : sources) {
            if (source.schemes().contains(scheme)) {
                if (source.namesImages()) {
                    return new OpenedImage(source.open(scheme, imageRequest(location, request), reader));
                }
                if (!source.hasImages()) {
                    requireNoImageOptions(request, "it is a folder, which has no digest and no choice of images");
                }
                // A folder is no stream.
                return location.equals(STDIN) && source instanceof ArchiveSource
                        ? stdin(scheme, request, reader)
                        : new OpenedImage(source.open(
                                scheme, imageRequest(existing(location, request).toString(), request), reader));
            }
        }
        Path path = path(target);
        return path != null && !Files.exists(path) && MissingTarget.isImageName(target, schemes())
                ? named(target, request, reader)
                : bare(existing(target, request), request, reader);
    }

    /** An image by its name alone: of the first source that has it. One that fails otherwise than by not having it is not passed over. */
    private Opened named(String name, ScanRequest request, PassingReader reader) throws IOException {
        List<LimpidException> misses = new ArrayList<>();
        for (ImageSource source : sources) {
            if (source.namesImages()) {
                try {
                    return new OpenedImage(source.open("", imageRequest(name, request), reader));
                } catch (LimpidException e) {
                    if (e.code() != ErrorCode.NOT_FOUND) {
                        throw MissingTarget.after(misses, e);
                    }
                    misses.add(e);
                }
            }
        }
        throw MissingTarget.nowhere(name, misses, schemes());
    }

    private Opened bare(Path path, ScanRequest request, PassingReader reader) throws IOException {
        if (Files.isRegularFile(path) && looksLikeJson(path)) {
            return sbom(path, request);
        }
        for (ImageSource source : sources) {
            if (source.accepts(path)) {
                return new OpenedImage(source.open("", imageRequest(path.toString(), request), reader));
            }
        }
        throw new LimpidException(
                ErrorCode.NOT_AN_IMAGE, path + " cannot be scanned", "it is neither a file nor a folder", null);
    }

    /** What comes in by stdin: as a file where it is one, else as a stream. */
    private Opened stdin(String scheme, ScanRequest request, PassingReader reader) throws IOException {
        Path file = StandardInput.file(request.stdin());
        if (file != null) {
            return scheme.isEmpty()
                    ? bare(file, request, reader)
                    : open(
                            new ScanRequest(
                                    scheme + ":" + file,
                                    request.image(),
                                    request.platform(),
                                    request.verify(),
                                    request.stdin()),
                            reader);
        }
        BufferedInputStream stream = new BufferedInputStream(request.stdin());
        stream.mark(PEEKED);
        byte[] first = stream.readNBytes(PEEKED);
        stream.reset();
        if (first.length == 0) {
            throw new LimpidException(
                    ErrorCode.NOT_AN_IMAGE,
                    "nothing to scan in stdin",
                    "it is empty",
                    "pipe an image archive or an SBOM into it: docker save IMAGE | limpid scan -");
        }
        if (scheme.equals(SBOM) || (scheme.isEmpty() && looksLikeJson(first))) {
            requireNoImageOptions(request, NOTHING_TO_CHOOSE);
            return sbom(StandardInput.NAME, stream);
        }
        return new OpenedImage(ArchiveSource.openStream(scheme, stream, imageRequest(StandardInput.NAME, request)));
    }

    private ImageRequest imageRequest(String location, ScanRequest request) {
        return new ImageRequest(location, request.image(), request.platform(), limits);
    }

    private ReadSbom sbom(Path file, ScanRequest request) throws IOException {
        requireNoImageOptions(request, NOTHING_TO_CHOOSE);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return sbom(file.toString(), in);
        }
    }

    private ReadSbom sbom(String name, InputStream in) throws IOException {
        return new ReadSbom(new ScanTarget(SBOM, name, null, null, null), SbomReader.read(in, limits));
    }

    private static void requireNoImageOptions(ScanRequest request, String why) throws LimpidException {
        List<String> given = new ArrayList<>();
        if (request.image() != null) {
            given.add("--image");
        }
        if (request.platform() != null) {
            given.add("--platform");
        }
        if (request.verify()) {
            given.add("--verify");
        }
        if (!given.isEmpty()) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    String.join(" and ", given) + " cannot be used with " + request.target(),
                    why,
                    "leave " + (given.size() == 1 ? "it" : "them") + " out");
        }
    }

    private static boolean looksLikeJson(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return looksLikeJson(in.readNBytes(PEEKED));
        }
    }

    private static boolean looksLikeJson(byte[] first) {
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

    private Path existing(String name, ScanRequest request) throws LimpidException {
        Path path = path(name);
        if (path != null && Files.exists(path)) {
            return path;
        }
        throw MissingTarget.of(request.target(), schemes());
    }

    private List<String> schemes() {
        List<String> schemes = new ArrayList<>();
        sources.forEach(source -> schemes.addAll(source.schemes()));
        schemes.add(SBOM);
        return schemes;
    }

    private static @Nullable Path path(String name) {
        try {
            return name.isEmpty() ? null : Path.of(name);
        } catch (InvalidPathException _) {
            return null;
        }
    }
}
