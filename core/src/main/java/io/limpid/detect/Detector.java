package io.limpid.detect;

import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Wanted;
import java.util.List;

/**
 * Reads files of one kind: what is installed, or which distribution it is.
 *
 * <p>A detector knows files, not layers: each file is read by itself (or with its companions), so that the overlay of layers can be made
 * afterwards from what the files said. It never throws on what a file contains; what it cannot read is a problem in the detection.
 */
public interface Detector {

    /** The name and version that are stored with what it finds. */
    DetectorId id();

    /** The files that it reads; always the same. */
    List<Wanted> wants();

    /**
     * Reads the files: one detection for each file that one of {@link #wants()}' patterns names, also when it says nothing; none for companions.
     *
     * @param files the wanted files of one layer and their companions
     */
    List<Detection> detect(LayerFiles files);
}
