package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingTargetTest {
    private static final List<String> SCHEMES = List.of("docker-archive", "oci-archive", "oci-dir", "dir", "sbom");
    private static final String SAVE = "save the image first: docker save -o image.tar ";

    /** Columns: the target; the code, what the cause says, the hint. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "ghcr.io/A/b, NOT_FOUND, no such file or folder, -",
                "image.tar, NOT_FOUND, no such file or folder, -",
                "sub/image.TAR.gz, NOT_FOUND, no such file or folder, -",
                "bom.cdx.json, NOT_FOUND, no such file or folder, -",
                "/alpine, NOT_FOUND, no such file or folder, -",
                "./alpine, NOT_FOUND, no such file or folder, -",
                "../alpine, NOT_FOUND, no such file or folder, -",
                "a b, NOT_FOUND, no such file or folder, -",
                "'', NOT_FOUND, it names no file, -",
                "docker-archive:alpine, NOT_FOUND, no such file or folder, -",
                "oci-dir:-, NOT_FOUND, no such file or folder, -",
                "sbom:, NOT_FOUND, it names no file, -",
                "registry:ghcr.io/a/b, USAGE, no source registry:, " + SAVE + "IMAGE",
                "rootfs:/tmp, USAGE, no source rootfs:, did you mean dir:/tmp?",
                "https://example.org/image.tar, USAGE, no source https:, limpid scan --help tells what can be scanned",
                "docker-archve:image.tar, USAGE, no source docker-archve:, did you mean docker-archive:image.tar?",
                "sbmo:bom.json, USAGE, no source sbmo:, did you mean sbom:bom.json?",
                "oci:folder, USAGE, no source oci:, did you mean oci-archive:folder or oci-dir:folder?",
            })
    void whatWasMeant(String target, ErrorCode code, String cause, String hint) {
        LimpidException error = MissingTarget.of(target, SCHEMES);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.what()).contains(target);
        assertThat(error.reason()).contains(cause);
        assertThat(error.hint()).isEqualTo(hint);
    }

    /** Columns: what is written without a scheme; whether sources of images are asked for it. */
    @ParameterizedTest
    @CsvSource({
        "alpine, true",
        "alpine:3.20, true",
        "localhost:5000/a/b_c:1.0, true",
        "folder/image, true",
        "nginx:1.25, true",
        "ghcr.io/A/b, false",
        "containerd:image, false",
        "air:1, true",
        "dir:1, false",
        "image.tar, false",
        "./alpine, false",
        "/alpine, false",
        "a b, false",
        "'', false",
    })
    void names(String target, boolean isName) {
        assertThat(MissingTarget.isImageName(target, SCHEMES)).isEqualTo(isName);
    }

    @Test
    void aNameThatNobodyHas() {
        LimpidException miss = new LimpidException(ErrorCode.NOT_FOUND, "what", "the daemon has none", "pull it");
        LimpidException error = MissingTarget.nowhere("alpine", List.of(miss), SCHEMES);
        assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(error).hasMessage("nothing to scan at alpine: there is no such file or folder; the daemon has none");
        assertThat(error.hint())
                .isEqualTo("pull it; or scan an archive of it: " + SAVE.substring(SAVE.indexOf("docker")) + "alpine");
        // A scheme that was written wrong is no name that anybody is asked for.
        assertThat(MissingTarget.isImageName("oci:folder", SCHEMES)).isFalse();
        LimpidException last =
                new LimpidException(ErrorCode.NETWORK, "cannot ask", "no such host", "check the network");
        LimpidException unanswered = MissingTarget.after(List.of(miss), last);
        assertThat(unanswered.code()).isEqualTo(ErrorCode.NETWORK);
        assertThat(unanswered)
                .hasMessage("cannot ask: there is no such file or folder; the daemon has none; no such host");
        assertThat(unanswered.hint()).isEqualTo("check the network");
    }

    /** A word as long as a command line allows is no reason to think long. */
    @Test
    void longOnesAreNoReferences() {
        assertThat(MissingTarget.of("a-".repeat(60_000) + "_", SCHEMES).hint()).isNull();
        assertThat(MissingTarget.of("x".repeat(60_000) + ":y", SCHEMES).hint()).isNull();
    }
}
