package io.limpid.net;

import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The file of a download while it grows, and the digest of what is in it; there only once there are bytes for it. */
final class PartFile implements Closeable {
    private final Path file;
    private final MessageDigest sha256;
    private @Nullable FileChannel channel;
    private @Nullable OutputStream out;
    private long length;
    private long longest;
    private boolean complete;

    PartFile(Path file) {
        this.file = file;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    long length() {
        return length;
    }

    /** How far the file has ever come, also when it was begun anew since. */
    long longest() {
        return longest;
    }

    /** Begins the file anew. */
    void restart() throws LimpidException {
        try {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                channel = open;
                out = Channels.newOutputStream(open);
            }
            open.truncate(0);
            open.position(0);
        } catch (IOException e) {
            throw notWritten(e);
        }
        sha256.reset();
        length = 0;
    }

    void append(byte[] bytes, int count) throws LimpidException {
        OutputStream open = out;
        if (open == null) {
            throw new IllegalStateException("not begun: " + file);
        }
        try {
            open.write(bytes, 0, count);
        } catch (IOException e) {
            throw notWritten(e);
        }
        sha256.update(bytes, 0, count);
        length += count;
        longest = Math.max(longest, length);
    }

    /** The file is whole, and stays. */
    Digest complete() throws LimpidException {
        try {
            closeChannel();
        } catch (IOException e) {
            throw notWritten(e);
        }
        complete = true;
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private LimpidException notWritten(IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String hint = "see whether the folder is there, may be written to, and has space";
        LimpidException told = new LimpidException(ErrorCode.IO, "cannot write " + file, reason, hint);
        told.initCause(e);
        return told;
    }

    /** Deletes the file unless it is complete. */
    @Override
    public void close() throws IOException {
        closeChannel();
        if (channel != null && !complete) {
            Files.deleteIfExists(file);
        }
    }
}
