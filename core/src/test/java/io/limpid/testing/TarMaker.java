package io.limpid.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes tar archives entry by entry, with another writer than the reader under test. */
public final class TarMaker {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    public TarMaker() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    public TarMaker file(String path, String content) {
        return file(path, content.getBytes(UTF_8));
    }

    public TarMaker file(String path, byte[] content) {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL, true);
        entry.setSize(content.length);
        return put(entry, content);
    }

    public TarMaker directory(String path) {
        return put(new TarArchiveEntry(path + "/", TarConstants.LF_DIR, true), new byte[0]);
    }

    public TarMaker symbolicLink(String path, String target) {
        return link(path, target, TarConstants.LF_SYMLINK);
    }

    public TarMaker hardLink(String path, String target) {
        return link(path, target, TarConstants.LF_LINK);
    }

    public TarMaker fifo(String path) {
        return put(new TarArchiveEntry(path, TarConstants.LF_FIFO, true), new byte[0]);
    }

    /** The mark that hides a path of lower layers. */
    public TarMaker whiteout(String path) {
        int slash = path.lastIndexOf('/') + 1;
        return file(path.substring(0, slash) + ".wh." + path.substring(slash), "");
    }

    /** The mark that hides all that lower layers have in a folder. */
    public TarMaker opaque(String folder) {
        return file((folder.isEmpty() ? "" : folder + "/") + ".wh..wh..opq", "");
    }

    /** The archive with its end marker. */
    public byte[] bytes() {
        try {
            tar.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TarMaker link(String path, String target, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
        entry.setLinkName(target);
        return put(entry, new byte[0]);
    }

    private TarMaker put(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setModTime(0L);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
