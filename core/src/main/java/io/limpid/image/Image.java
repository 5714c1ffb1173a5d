package io.limpid.image;

import io.limpid.model.OriginClue;
import io.limpid.model.Problem;
import io.limpid.model.ScanTarget;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** An opened image: its layers can be read until it is closed. */
public final class Image implements Closeable {
    private final ScanTarget target;
    private final List<Layer> layers;
    private final List<OriginClue> origins;
    private final List<Problem> problems;
    private final Closeable source;

    /**
     * @param target what it is
     * @param layers base first
     * @param origins what its configuration says of where packages come from
     * @param problems what its manifest and configuration leave open
     * @param source closed with the image
     */
    public Image(
            ScanTarget target, List<Layer> layers, List<OriginClue> origins, List<Problem> problems, Closeable source) {
        this.target = target;
        this.layers = List.copyOf(layers);
        this.origins = List.copyOf(origins);
        this.problems = List.copyOf(problems);
        this.source = source;
    }

    /** The same image under another name, with another thing to close. */
    public Image as(ScanTarget other, Closeable closed) {
        return new Image(other, layers, origins, problems, closed);
    }

    public ScanTarget target() {
        return target;
    }

    /** The layers, base first. */
    public List<Layer> layers() {
        return layers;
    }

    /** The layers in the order in which reading them costs least: an archive that is compressed as a whole is inflated once. */
    public List<Layer> inReadingOrder() {
        return layers.stream()
                .sorted((one, other) -> Long.compare(position(one), position(other)))
                .toList();
    }

    private static long position(Layer layer) {
        return layer.blob() == null ? 0 : layer.blob().position();
    }

    /** What its configuration says of where packages come from. */
    public List<OriginClue> origins() {
        return origins;
    }

    public List<Problem> problems() {
        return problems;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
