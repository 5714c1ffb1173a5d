package io.limpid.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes files that are there whole or not at all, whenever the process is killed.
 *
 * <p>The file is written beside its place and then moved there; a file that was there gives the new one its permissions. Where that cannot be
 * done and the file is there and may be written, it is overwritten in place: it is mounted on its own, its folder may not be written to, or its
 * owner could not be kept.
 */
final class WholeFile {
    private static final int LINKS = 40;
    private static final int NAMES = 100;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private WholeFile() {}

    /** Writes what a file is to contain; asked once. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes the file; what a link names is written, be it there or not, and the link stays. */
    static void write(Path target, Content content) throws IOException {
        // A device or a pipe cannot be replaced, only written to.
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            writeTo(Files.newOutputStream(target), content);
            return;
        }
        Path real = place(target);
        boolean there = Files.exists(real);
        if (!there && !Files.isDirectory(real.resolveSibling("."))) {
            throw new FileSystemException(target.toString(), null, "its folder is not there, or may not be entered");
        }
        Beside beside;
        try {
            beside = beside(real, there);
        } catch (FileSystemException e) {
            if (!there || !Files.isWritable(real)) {
                throw e;
            }
            writeTo(Files.newOutputStream(real), content);
            return;
        }
        try {
            writeTo(beside.out, content);
            put(beside.path, real, there);
        } catch (IOException | RuntimeException | Error e) {
            removed(beside.path, e);
            throw e;
        }
    }

    /** Puts a file that is whole in the place of another one. */
    private static void put(Path whole, Path real, boolean there) throws IOException {
        try {
            if (!there || takesAfter(whole, real)) {
                Files.move(whole, real, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        } catch (FileSystemException e) {
            if (!there || !Files.isWritable(real)) {
                throw e;
            }
        }
        // Its content is there: what is overwritten now is not lost to a content that cannot be had.
        try (OutputStream out = Files.newOutputStream(real)) {
            Files.copy(whole, out);
        }
        Files.delete(whole);
    }

    /** Where a file is or will be, its links followed; two names of one file have one place. */
    static Path place(Path target) throws IOException {
        if (Files.exists(target)) {
            return target.toRealPath();
        }
        Path at = target.toAbsolutePath();
        for (int hops = 0; Files.isSymbolicLink(at); hops++) {
            if (hops == LINKS) {
                throw new FileSystemLoopException(target.toString());
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        Path folder = at.getParent();
        return folder != null && Files.exists(folder) ? folder.toRealPath().resolve(at.getFileName()) : at.normalize();
    }

    /** A file beside its place, and what is written to it. */
    private record Beside(Path path, OutputStream out) {}

    /** Makes a new file beside a place, which others may not read where there is one whose permissions are to be kept. */
    private static Beside beside(Path real, boolean there) throws IOException {
        for (int i = 0; ; i++) {
            Path path =
                    real.resolveSibling(".limpid-" + ProcessHandle.current().pid() + (i == 0 ? "" : "-" + i) + ".part");
            OutputStream out;
            try {
                out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException e) {
                // Of a process that was killed, or laid out by somebody: never written through.
                if (i == NAMES) {
                    throw e;
                }
                continue;
            }
            try {
                if (there) {
                    permit(path, OWNER_ONLY);
                }
                return new Beside(path, out);
            } catch (IOException | RuntimeException | Error e) {
                try (out) {
                    removed(path, e);
                }
                throw e;
            }
        }
    }

    /** Gives a file the owner, group and permissions of another; false when it cannot be done. */
    private static boolean takesAfter(Path file, Path other) throws IOException {
        PosixFileAttributeView view = view(file);
        PosixFileAttributeView before = view(other);
        if (view == null || before == null) {
            return true;
        }
        PosixFileAttributes mine = view.readAttributes();
        PosixFileAttributes wanted = before.readAttributes();
        try {
            if (!mine.owner().equals(wanted.owner())) {
                view.setOwner(wanted.owner());
            }
            if (!mine.group().equals(wanted.group())) {
                view.setGroup(wanted.group());
            }
        } catch (FileSystemException _) {
            return false;
        }
        view.setPermissions(wanted.permissions());
        return true;
    }

    private static void permit(Path file, Set<PosixFilePermission> permissions) throws IOException {
        PosixFileAttributeView view = view(file);
        if (view != null) {
            view.setPermissions(permissions);
        }
    }

    private static @Nullable PosixFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class);
    }

    private static void writeTo(OutputStream file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(file)) {
            content.writeTo(out);
        }
    }

    private static void removed(Path beside, Throwable cause) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
