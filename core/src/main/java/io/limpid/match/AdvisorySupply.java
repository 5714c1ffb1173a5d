package io.limpid.match;

import io.limpid.model.Distro;

/** Brings the advisories that a distribution needs, from wherever they are kept or published. */
public interface AdvisorySupply {

    /**
     * Begins to bring what is needed for a distribution, without waiting for it; may be called again, also for another distribution.
     *
     * <p>It is a hint, given as soon as an image's first layers tell the distribution: fetching then overlaps with reading the others.
     */
    void prepare(Distro distro);

    /**
     * The advisories for a distribution, brought as far as they can be.
     *
     * <p>A failure to bring some is no exception but one of {@link Advisories#gaps}: what is there is used, and said to be old or lacking.
     *
     * @return to be closed by the caller
     */
    Advisories forDistro(Distro distro) throws InterruptedException;
}
