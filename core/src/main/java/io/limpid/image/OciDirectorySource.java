package io.limpid.image;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Images in a folder of the OCI image-layout form. */
public final class OciDirectorySource implements ImageSource {
    private static final String SCHEME = "oci-dir";

    @Override
    public List<String> schemes() {
        return List.of(SCHEME);
    }

    @Override
    public boolean accepts(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public Image open(String scheme, ImageRequest request) throws IOException {
        Path directory = Path.of(request.location());
        if (!Files.isRegularFile(directory.resolve(OciIndex.NAME))) {
            throw new LimpidException(
                    ErrorCode.NOT_AN_IMAGE,
                    directory + " is no OCI layout",
                    "it has no " + OciIndex.NAME,
                    "name a folder that holds index.json and blobs/; a root file system is scanned as dir:"
                            + directory);
        }
        DirectoryFolder folder = new DirectoryFolder(directory);
        try {
            return OciLayout.open(SCHEME, folder, request).image();
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }
}
