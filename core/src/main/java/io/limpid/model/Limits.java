package io.limpid.model;

/**
 * How much of foreign input is read, in one place: whatever an image contains, memory, time and disk stay bounded.
 *
 * <p>Reaching a limit is a {@link Problem} or an error that names it, never a silent cut.
 *
 * @param archiveBytes uncompressed bytes of an image archive that is compressed as a whole
 * @param archivePasses how often such an archive is inflated from its beginning: to list it, to read its layers, for what links turn out to need
 * @param archiveEntries entries of an image archive (not of its layers)
 * @param documentBytes bytes of one JSON document: manifest, index, configuration, SBOM in an image
 * @param sbomBytes bytes of an SBOM document
 * @param jsonDepth nesting of a JSON document
 * @param indexDepth nesting of OCI indexes
 * @param layers layers of an image
 * @param layerBytes uncompressed bytes of a layer
 * @param layerEntries entries of a layer
 * @param headerBytes bytes of one pax header or GNU long name
 * @param pathBytes bytes of a path
 * @param fileBytes bytes of one wanted file
 * @param wantedBytes bytes of all wanted files of a layer
 * @param wantedEntries entries of a layer that are kept: wanted files, and links, folders and whiteouts on the way to them; also packages that its SBOMs list
 * @param lineBytes bytes of one field of a text database that is made a string
 * @param problems problems kept of one file or layer; those beyond are counted in one
 * @param linkHops symbolic links followed to resolve one path
 * @param followedPaths places outside the detectors' wishes that are read because a link leads there
 * @param folderDepth nesting of the folders that are read of a root file system in a folder
 * @param decoderBytes memory of one xz or zstd decoder (dictionary, window)
 * @param feedBytes bytes of one document of a feed as it is fetched
 * @param feedPlainBytes uncompressed bytes of one document of a feed
 * @param feedAdvisories advisories and other records of one part of a feed
 * @param advisoryBytes bytes of one advisory or other record as it is kept
 */
public record Limits(
        long archiveBytes,
        int archivePasses,
        int archiveEntries,
        int documentBytes,
        int sbomBytes,
        int jsonDepth,
        int indexDepth,
        int layers,
        long layerBytes,
        int layerEntries,
        int headerBytes,
        int pathBytes,
        int fileBytes,
        long wantedBytes,
        int wantedEntries,
        int lineBytes,
        int problems,
        int linkHops,
        int followedPaths,
        int folderDepth,
        int decoderBytes,
        long feedBytes,
        long feedPlainBytes,
        int feedAdvisories,
        int advisoryBytes) {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final long GIB = 1L << 30;

    public static final Limits DEFAULT = new Limits(
            64 * GIB,
            20,
            200_000,
            8 * MIB,
            128 * MIB,
            200,
            4,
            1_000,
            64 * GIB,
            10_000_000,
            MIB,
            4 * KIB,
            512 * MIB,
            GIB,
            100_000,
            64 * KIB,
            100,
            40,
            64,
            100,
            128 * MIB,
            GIB,
            64 * GIB,
            20_000_000,
            MIB);
}
