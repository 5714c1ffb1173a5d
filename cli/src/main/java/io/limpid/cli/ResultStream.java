package io.limpid.cli;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** A stdout that tells a reader who has gone ({@code limpid ... | head}) from a result that could not be written. */
final class ResultStream extends FilterOutputStream {

    /** Nobody reads the result any more. */
    static final class ReaderGone extends IOException {
        private static final long serialVersionUID = 1L;

        ReaderGone(IOException cause) {
            super(cause);
        }
    }

    ResultStream(OutputStream stdout) {
        super(stdout);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw named(e);
        }
    }

    private static IOException named(IOException failure) {
        String message = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        // The JDK has no type of its own for EPIPE; this is the text it gives it.
        if (message.contains("Broken pipe")) {
            return new ReaderGone(failure);
        }
        LimpidException named = new LimpidException(
                ErrorCode.IO, "cannot write the result to stdout", message, "is the disk full, or stdout closed?");
        named.initCause(failure);
        return named;
    }
}
