package io.limpid.feedformat.updateinfo;

import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.updateinfo.UpdateInfoReader.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that of each modular build of a release it is known which module stream it is of, where that can be known ({@link ModuleStreams}):
 * errata that do not say it wait until the others were read.
 */
public final class ModularErrata {
    /** Builds that wait. */
    private static final int WAITING = 500_000;

    private final String document;
    private final PartReading reading;
    private final Sink sink;
    private final ModuleStreams streams;
    private final List<Erratum> waiting = new ArrayList<>();
    private int builds;

    /**
     * @param document where the errata are, for messages
     * @param reading is told of which builds nothing is known
     * @param sink takes the errata with what is known
     */
    public ModularErrata(String document, PartReading reading, Sink sink) {
        this(document, reading, sink, new ModuleStreams());
    }

    private ModularErrata(String document, PartReading reading, Sink sink, ModuleStreams streams) {
        this.document = document;
        this.reading = reading;
        this.sink = sink;
        this.streams = streams;
    }

    /** The same, with what others have learned and will learn. */
    public ModularErrata knowing(ModularErrata others) {
        return new ModularErrata(document, reading, sink, others.streams);
    }

    /** An erratum was read. */
    public void take(Erratum erratum) throws IOException {
        if (!ModuleStreams.isLacking(erratum.builds())) {
            streams.learn(erratum.builds());
            sink.take(erratum);
            return;
        }
        List<String> named = ModuleStreams.named(erratum.title());
        if (named.isEmpty()) {
            builds += erratum.builds().size();
            if (builds > WAITING) {
                throw new FeedException(
                        document, null, "more than " + WAITING + " modular builds without a module stream");
            }
            waiting.add(erratum);
        } else {
            Erratum told = erratum.with(in(named, erratum.builds()));
            streams.learn(told.builds());
            sink.take(told);
        }
    }

    /** All errata were read. */
    public void end() throws IOException {
        for (Erratum erratum : waiting) {
            Erratum told = erratum.with(streams.resolved(erratum.builds()));
            if (ModuleStreams.isLacking(told.builds())) {
                reading.skip(document + ", " + erratum.id(), "nothing says which module stream its builds are of");
            }
            sink.take(told);
        }
        waiting.clear();
    }

    /** The builds, each modular one that lacks a stream once for each of these. */
    public static List<RpmBuild> in(List<String> named, List<RpmBuild> builds) {
        return ModuleStreams.in(named, builds);
    }
}
