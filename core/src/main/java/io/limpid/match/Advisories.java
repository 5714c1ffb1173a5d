package io.limpid.match;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySource;
import io.limpid.model.VulnerabilityDetails;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Advisories that can be looked up by the package they are about: where what is installed and what is published meet. */
public interface Advisories extends Closeable {

    /**
     * What is published for packages of this name in a release; whether it concerns a given package is for the caller to find out.
     *
     * <p>The advisories come without description and links ({@link Advisory#withoutText}).
     *
     * @param namespace the release: {@code debian:12}
     * @param packageName the name of a source or binary package
     * @return in a fixed order; empty when nothing is published
     */
    List<Advisory> about(String namespace, String packageName) throws IOException;

    /**
     * What is known of a vulnerability whatever package has it, in a fixed order; without description and links.
     *
     * <p>It is what happens to be there: that there is none says nothing of the vulnerability.
     */
    List<VulnerabilityDetails> details(String id) throws IOException;

    /** The CPE names of the products that packages of a repository belong to, in a fixed order; empty when nothing is known of it. */
    List<String> products(String repository) throws IOException;

    /** The data that speak of a release, sorted by feed; empty when there are none. */
    List<AdvisorySource> sources(String namespace);

    /** Why something may be missing for a release, sentences for people; empty when nothing is known to be. */
    List<String> gaps(String namespace);
}
