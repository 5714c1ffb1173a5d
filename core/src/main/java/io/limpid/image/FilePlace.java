package io.limpid.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * A place in a local file, exact enough to say "the same bytes as last time" without reading them.
 *
 * @param fileKey the file's device and inode
 * @param fileSize the file's size in bytes
 * @param modified the file's modification time, nanoseconds since 1970-01-01 UTC
 * @param offset where in the file
 */
public record FilePlace(String fileKey, long fileSize, long modified, long offset) {

    static FilePlace of(Path file, long offset) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return new FilePlace(String.valueOf(attributes.fileKey()), attributes.size(), modified, offset);
    }

    FilePlace at(long other) {
        return new FilePlace(fileKey, fileSize, modified, other);
    }
}
