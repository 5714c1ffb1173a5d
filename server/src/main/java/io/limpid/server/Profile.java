package io.limpid.server;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * A recording of the Java Flight Recorder that is written to its file at the end.
 *
 * @param recording null when nobody asked for one
 */
record Profile(@Nullable Recording recording) implements AutoCloseable {

    /** Begins one; none without a file. */
    static Profile to(@Nullable Path file) throws IOException {
        if (file == null) {
            return new Profile(null);
        }
        try {
            Recording recording = new Recording(Configuration.getConfiguration("profile"));
            recording.setToDisk(true);
            recording.setDestination(file.toAbsolutePath());
            recording.start();
            return new Profile(recording);
        } catch (ParseException e) {
            throw new LimpidException(ErrorCode.IO, "recording a profile", String.valueOf(e.getMessage()), null);
        }
    }

    @Override
    public void close() {
        if (recording != null) {
            recording.stop();
            recording.close();
        }
    }
}
