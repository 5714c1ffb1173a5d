package io.limpid.server;

import io.limpid.correction.CorrectionFile;
import io.limpid.model.Correction;
import io.limpid.model.LimpidException;
import io.limpid.server.api.v1.Corrections;
import io.limpid.server.clair.LayerCorrections;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local corrections that a server was started with.
 *
 * @param file where they are from, null for none
 */
record LocalCorrections(@Nullable Path file, List<Correction> corrections) {
    private static final Logger log = LoggerFactory.getLogger(LocalCorrections.class);
    private static final int NAMED = 10;

    /**
     * Reads a file; none has none.
     *
     * @throws LimpidException when it cannot be read or is not as it must be, with its line
     */
    static LocalCorrections read(@Nullable Path file) throws LimpidException {
        return new LocalCorrections(file, file == null ? List.of() : CorrectionFile.read(file));
    }

    /** Says how many hold now, and which no longer do. */
    void tell(Clock clock) {
        if (file == null) {
            return;
        }
        LocalDate today = today(clock);
        List<String> expired = corrections.stream()
                .filter(correction -> !correction.holdsOn(today))
                .map(Correction::place)
                .toList();
        log.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("overrides", corrections.size() - expired.size())
                .log("overrides change and deny vulnerabilities of layers");
        if (!expired.isEmpty()) {
            log.atWarn()
                    .addKeyValue("overrides", expired.size())
                    .addKeyValue("places", expired.stream().limit(NAMED).toList())
                    .log("overrides have expired and do nothing");
        }
    }

    /** What they make of a layer on the day that it is by UTC. */
    Corrections at(Clock clock) {
        LayerCorrections all = new LayerCorrections(corrections);
        return layer -> all.correct(layer, today(clock));
    }

    private static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
