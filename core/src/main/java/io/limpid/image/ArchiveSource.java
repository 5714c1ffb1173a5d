package io.limpid.image;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Images in a tar file, as {@code docker save} or an OCI tool writes it, compressed as a whole or not; told by content. */
public final class ArchiveSource implements ImageSource {
    private static final String DOCKER = "docker-archive";
    private static final String OCI = "oci-archive";

    @Override
    public List<String> schemes() {
        return List.of(DOCKER, OCI);
    }

    @Override
    public boolean accepts(Path path) {
        return Files.isRegularFile(path);
    }

    @Override
    public Image open(String scheme, ImageRequest request) throws IOException {
        Path file = Path.of(request.location());
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw noFile(file);
        }
        return open(scheme, ArchiveFolder.open(file, request.limits()), request);
    }

    /**
     * Opens an image out of a stream, which is read to its end and not closed.
     *
     * @param scheme as for a file; the request's location is only what messages call the stream
     */
    public static Image openStream(String scheme, InputStream stream, ImageRequest request) throws IOException {
        return open(scheme, ArchiveFolder.open(request.location(), stream, request.limits()), request);
    }

    /**
     * Opens an image out of an archive that comes as a stream and is kept nowhere; its larger files are read while they pass.
     *
     * @param request its location is only what messages call the archive
     */
    public static Image openPassing(ArchiveStreams streams, ImageRequest request, PassingReader reader)
            throws IOException {
        return open("", StreamedArchive.open(request.location(), streams, request.limits(), reader), request);
    }

    private static Image open(String scheme, BlobFolder folder, ImageRequest request) throws IOException {
        try {
            boolean docker = folder.find(DockerArchive.MANIFEST) != null;
            boolean oci = folder.find(OciIndex.NAME) != null;
            // Docker writes both manifests; its own names the tags as its users know them.
            if (docker && !scheme.equals(OCI)) {
                Opened opened = DockerArchive.open(DOCKER, folder, request);
                if (oci) {
                    opened.claim().checkIn(OciLayout.claims(folder, request), OciIndex.NAME, folder, request);
                }
                return opened.image();
            }
            if (oci && !scheme.equals(DOCKER)) {
                Opened opened = OciLayout.open(OCI, folder, request);
                if (docker) {
                    List<Claim> claims = DockerArchive.claims(folder, request);
                    opened.claim().check(claims, DockerArchive.MANIFEST, folder, request);
                }
                return opened.image();
            }
            if (!docker && !oci && !scheme.equals(OCI) && folder.find(DockerHistory.REPOSITORIES) != null) {
                return DockerHistory.open(DOCKER, folder, request);
            }
            if (docker) {
                throw another(folder, "OCI archive", OciIndex.NAME, "what 'docker save' writes", DOCKER);
            }
            if (oci) {
                throw another(folder, "Docker archive", DockerArchive.MANIFEST, "an OCI archive", OCI);
            }
            throw new LimpidException(
                    ErrorCode.NOT_AN_IMAGE,
                    folder.description() + " is no image archive",
                    "it is a tar archive with neither " + DockerArchive.MANIFEST + " nor " + OciIndex.NAME,
                    "make one with 'docker save -o FILE IMAGE' or 'skopeo copy docker://IMAGE oci-archive:FILE'");
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    /** The error of an archive of the other kind than was asked for. */
    private static LimpidException another(
            BlobFolder folder, String asked, String missing, String found, String scheme) {
        return new LimpidException(
                ErrorCode.NOT_AN_IMAGE,
                folder.description() + " is no " + asked,
                "it has no " + missing + "; it is " + found,
                "name it with " + scheme + ":, or without a scheme");
    }

    /** What would not end, or could not be read a second time, is not even opened. */
    private static LimpidException noFile(Path file) {
        boolean folder = Files.isDirectory(file);
        return new LimpidException(
                ErrorCode.NOT_AN_IMAGE,
                file + " is no image archive",
                folder ? "it is a folder" : "it is a pipe, a socket or a device, and an archive is read more than once",
                folder
                        ? "scan oci-dir:" + file + " if it holds index.json and blobs/"
                        : "write the archive to a file, and scan that, or pipe it into 'limpid scan -'");
    }
}
