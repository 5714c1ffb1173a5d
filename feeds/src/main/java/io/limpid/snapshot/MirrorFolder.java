package io.limpid.snapshot;

import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Takes documents from a mirror that is a folder of this machine, {@code file:///srv/feeds}: what a mirror on the network would have at {@code /HOST/PATH}
 * lies in {@code HOST/PATH} of it, or in {@code HOST/PATH.gz}.
 *
 * <p>An archive may lie there unpacked, as a folder of its name without the ending: {@code snapshot} for {@code snapshot.tar.xz}, a clone of a repository
 * for one that its publisher offers as an archive, or a link to one. What git keeps in it for itself is left out, and links in it are not followed.
 */
public final class MirrorFolder implements Downloader {
    private static final String SCHEME = "file";
    private static final Pattern ARCHIVE = Pattern.compile("(.+)[.]tar(?:[.](?:gz|xz|bz2|zst))?");
    private static final String GIT = ".git";

    private final Downloader others;

    /**
     * @param others fetches what is elsewhere
     */
    public MirrorFolder(Downloader others) {
        this.others = others;
    }

    /** Whether a URL names a folder of this machine. */
    public static boolean isFolder(URI url) {
        String host = url.getRawAuthority();
        return SCHEME.equals(url.getScheme()) && (host == null || host.isEmpty()) && url.getPath() != null;
    }

    @Override
    public Download download(DownloadRequest request) throws IOException {
        URI url = request.url();
        if (!isFolder(url)) {
            return others.download(request);
        }
        Path file = path(url);
        if (file == null) {
            return new Download.Absent(404);
        }
        for (Path place : List.of(file, file.resolveSibling(file.getFileName() + ".gz"))) {
            if (Files.isRegularFile(place)) {
                return fetched(request, state(place), out -> Files.copy(place, out));
            }
        }
        Path unpacked = unpacked(file);
        return unpacked == null
                ? new Download.Absent(404)
                : fetched(request, stateOfAll(unpacked), out -> pack(unpacked, out));
    }

    /** Where a document would be; null when its name is none of a file, or leads out of its place. */
    private static @Nullable Path path(URI url) {
        try {
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            Path path = Path.of(url.getPath() + query);
            return path.getFileName() == null || !path.normalize().equals(path) ? null : path;
        } catch (InvalidPathException _) {
            return null;
        }
    }

    private static @Nullable Path unpacked(Path archive) throws IOException {
        var name = ARCHIVE.matcher(archive.getFileName().toString());
        Path folder = name.matches() ? archive.resolveSibling(name.group(1)) : null;
        return folder != null && Files.isDirectory(folder) ? folder.toRealPath() : null;
    }

    /** Writes a document. */
    @FunctionalInterface
    private interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    private static Download fetched(DownloadRequest request, String state, Contents contents) throws IOException {
        if (state.equals(request.etag())) {
            return new Download.NotModified();
        }
        MessageDigest digest = sha256();
        long[] count = {0};
        try (OutputStream file = Files.newOutputStream(request.file());
                OutputStream out = new DigestOutputStream(new Bounded(file, request, count), digest)) {
            contents.writeTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(request.file());
            throw e;
        }
        Digest whole = Digest.parse("sha256:" + HexFormat.of().formatHex(digest.digest()));
        return new Download.Fetched(count[0], whole, state, null, request.url());
    }

    /** What changes whenever a file does. */
    private static String state(Path file) throws IOException {
        return Files.size(file) + "-" + Files.getLastModifiedTime(file).toMillis();
    }

    private static String stateOfAll(Path folder) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files(folder)) {
            digest.update((folder.relativize(file) + "\n" + state(file) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        Path git = folder.resolve(GIT);
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.startsWith(git) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static void pack(Path folder, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (Path file : files(folder)) {
            TarArchiveEntry entry = new TarArchiveEntry(folder.relativize(file).toString(), TarConstants.LF_NORMAL);
            entry.setSize(Files.size(file));
            tar.putArchiveEntry(entry);
            Files.copy(file, tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Bytes of which there may be as many as of any document. */
    private static final class Bounded extends OutputStream {
        private final OutputStream out;
        private final DownloadRequest request;
        private final long[] count;

        Bounded(OutputStream out, DownloadRequest request, long[] count) {
            this.out = out;
            this.request = request;
            this.count = count;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            count[0] += length;
            if (count[0] > request.maxBytes()) {
                throw new LimpidException(
                        ErrorCode.LIMIT,
                        "cannot take " + request.url(),
                        "it has more than " + request.maxBytes() + " bytes"
                                + (request.limit() == null ? "" : " (limit " + request.limit() + ")"),
                        "look at what lies there");
            }
            out.write(bytes, offset, length);
        }
    }
}
