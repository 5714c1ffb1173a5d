package io.limpid.image;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A place in a local file, exact enough to say "the same bytes as last time" without reading them.
 *
 * @param fileKey the file's device and inode; empty where the file system has none, and nothing is exact
 * @param fileSize the file's size in bytes
 * @param modified the file's modification time, nanoseconds since 1970-01-01 UTC
 * @param changed when the file's contents or attributes were last changed, which unlike the other nobody can set; the same where it is not known
 * @param offset where in the file
 */
public record FilePlace(String fileKey, long fileSize, long modified, long changed, long offset) {
    private static final Path DESCRIPTORS = Path.of("/dev/fd");

    /** The coarsest times that file systems keep. */
    private static final long UNSETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);

    static FilePlace of(Path file, long offset) throws IOException {
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(file, "unix:fileKey,size,lastModifiedTime,ctime");
        } catch (UnsupportedOperationException | IllegalArgumentException _) {
            return ofBasic(file, offset);
        }
        Object key = attributes.get("fileKey");
        return key != null
                        && attributes.get("size") instanceof Long size
                        && attributes.get("lastModifiedTime") instanceof FileTime modified
                        && attributes.get("ctime") instanceof FileTime changed
                ? new FilePlace(key.toString(), size, nanos(modified), nanos(changed), offset)
                : ofBasic(file, offset);
    }

    private static FilePlace ofBasic(Path file, long offset) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        long modified = nanos(attributes.lastModifiedTime());
        return new FilePlace(key == null ? "" : key.toString(), attributes.size(), modified, modified, offset);
    }

    /**
     * Whether this process has the very file open: a name may lead elsewhere for the one moment in which it is opened. True also where the
     * system does not tell.
     */
    boolean isOpenHere() {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (isOf(descriptor)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException _) {
            return true;
        }
    }

    private boolean isOf(Path descriptor) {
        try {
            return fileKey.equals(of(descriptor, 0).fileKey);
        } catch (IOException _) {
            // That of this very listing, closed by now, or one of another thread.
            return false;
        }
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    FilePlace at(long other) {
        return new FilePlace(fileKey, fileSize, modified, changed, other);
    }

    /**
     * Whether every change of the file at this moment or later can be told by its times.
     *
     * <p>A file that was changed a moment before may be changed once more within what its file system takes for the same time, as git's index
     * has it ("racy").
     */
    public boolean isSettled(Instant moment) {
        long latest = TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano() - UNSETTLED_NANOS;
        return modified < latest && changed < latest;
    }
}
