package io.limpid.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What one file says of where packages of the image come from.
 *
 * <p>Red Hat publishes fixes by product and repository: the same package may be mended in one stream and not in another.
 */
public sealed interface OriginClue {

    /**
     * A repository from which packages may have been installed when the image was built, by Red Hat's name for it.
     *
     * @param name {@code rhel-8-for-x86_64-baseos-rpms}
     */
    record ContentSet(String name) implements OriginClue {}

    /**
     * The product that the image is, or is built for.
     *
     * @param name {@code cpe:/o:redhat:enterprise_linux:8::baseos}
     */
    record Product(String name) implements OriginClue {}

    /**
     * An enabled stream of a module.
     *
     * @param module {@code nodejs}
     * @param stream {@code 18}
     */
    record ModuleStream(String module, String stream) implements OriginClue {}

    /**
     * The image, or one that it is made from, as the vendor that built it calls it.
     *
     * @param component the vendor's name for what was built, {@code ubi8-container}; null when the file does not tell
     * @param name the name in the vendor's registry, {@code ubi8}
     * @param version {@code 8.6}
     * @param release {@code 754}
     * @param arch {@code x86_64}, null when the file does not tell
     */
    record ImageBuild(
            @Nullable String component,
            String name,
            String version,
            String release,
            @Nullable String arch) implements OriginClue {
        /** By name, version and release, then by the rest. */
        public static final Comparator<ImageBuild> ORDER = KeyOrder.by(ImageBuild::name)
                .then(ImageBuild::version)
                .then(ImageBuild::release)
                .then(ImageBuild::component)
                .then(ImageBuild::arch);
    }

    /**
     * The repository from which an rpm was installed.
     *
     * @param name the package's name
     * @param version {@code [epoch:]version-release}, without an epoch of 0
     * @param arch its architecture
     * @param repository the repository's id in the configuration of the package manager
     */
    record InstalledFrom(String name, String version, String arch, String repository) implements OriginClue {}
}
