package io.limpid.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that another program would read otherwise are refused. */
class ImageDocumentsTest {
    private static final byte[] LAYER =
            new TarMaker().file("etc/os-release", "ID=debian\n").bytes();
    private static final String CONFIG =
            "{'architecture':'amd64','os':'linux','config':{'Labels':{'Layers':'1','layers':'2'}},"
                    + "'history':[{'created_by':'RUN x'},{'empty_layer':true}],'rootfs':{'type':'layers','diff_ids':['"
                    + Sha256.of(LAYER) + "']}}";
    private static final String MANIFEST = "{'schemaVersion':2,'config':CONFIG,'layers':[LAYER]}";
    private static final String INDEX = "{'schemaVersion':2,'manifests':[MANIFEST]}";
    private static final String ANNOTATIONS = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"},"
            + "\"annotations\":{\"Digest\":\"x\",\"org.opencontainers.image.ref.name\":\"demo\"}";

    @TempDir
    Path folder;

    /** An OCI layout of these documents, written with single quotes; descriptors stand for the capital words. */
    private Path oci(String config, String manifest, String index) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] configBytes = ImageMaker.put(files, json(config));
        byte[] layer = ImageMaker.put(files, LAYER);
        byte[] manifestBytes = ImageMaker.put(
                files,
                json(manifest.replace(
                                "CONFIG",
                                ImageMaker.descriptor("application/vnd.oci.image.config.v1+json", configBytes, ""))
                        .replace("LAYER", ImageMaker.descriptor("application/vnd.oci.image.layer.v1.tar", layer, ""))));
        String type = "application/vnd.oci.image.manifest.v1+json";
        files.put(
                "index.json", json(index.replace("MANIFEST", ImageMaker.descriptor(type, manifestBytes, ANNOTATIONS))));
        return Files.write(folder.resolve("oci.tar"), ImageMaker.tar(files));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static Image open(Path file) throws IOException {
        return new ArchiveSource().open("", new ImageRequest(file.toString(), null, null, Limits.DEFAULT));
    }

    private static void assertRefused(Path file, String said) {
        assertThatThrownBy(() -> open(file).close())
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_IMAGE))
                .hasMessageContaining(said);
    }

    /** In labels and annotations the case of a name is the user's own matter. */
    @Test
    void namesOfDataMayHaveAnyCase() throws IOException {
        try (Image image = open(oci(CONFIG, MANIFEST, INDEX))) {
            assertThat(image.layers()).hasSize(1);
            assertThat(image.layers().getFirst().createdBy()).isEqualTo("RUN x");
        }
    }

    /** Go's encoding/json reads each of these, and of two the last. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'rootfs'       | 'Rootfs'",
                "'rootfs'       | 'Rootfs':{'type':'layers','diff_ids':[]},'rootfs'",
                "'diff_ids'     | 'Diff_IDs'",
                "'diff_ids'     | 'diff_idſ'",
                "'os'           | 'oS'",
                "'architecture' | 'variant':'v8','Variant':'v7','architecture'",
                "'created_by'   | 'CREATED_BY'",
                "'empty_layer'  | 'Empty_Layer'",
                "'config':C     | 'Config':C",
                "'layers':[L    | 'Layers':[L",
                "'layers':[L    | 'layers':[],'Layers':[L",
                "'layers':[L    | 'layer\\u017f':[],'layers':[L",
                "'layers':[L    | 'layers':[{'digest':'sha256:x','Digest':'sha256:y','size':1}],'x':[L",
                "'manifests'    | 'Manifests'",
                "'manifests'    | 'Manifests':[],'manifests'",
                "[MANIFEST]     | [MANIFEST,{'digest':'x','size':0,'Size':1}]",
                "[MANIFEST]     | [{'digest':'x','size':1,'platform':{'Os':'linux'}},MANIFEST]",
            })
    void aFieldInAnotherCase(String field, String other) throws IOException {
        String config = CONFIG.replace(field, other);
        String manifest = MANIFEST.replace(field, other);
        String index = INDEX.replace(field, other);
        assertThat(List.of(config, manifest, index)).isNotEqualTo(List.of(CONFIG, MANIFEST, INDEX));
        assertRefused(oci(config, manifest, index), "in another case");
    }

    @ParameterizedTest
    @CsvSource({"Layers, layers", "Config, config", "RepoTags, repotags"})
    void aFieldOfDockersManifestInAnotherCase(String field, String other) throws IOException {
        Map<String, byte[]> files = new ImageMaker().layer(LAYER).dockerFiles("demo:1", "");
        String manifest = new String(Objects.requireNonNull(files.get("manifest.json")), UTF_8);
        for (String changed :
                List.of(manifest.replace(field, other), manifest.replace("[{", "[{\"" + other + "\":null,"))) {
            files.put("manifest.json", changed.getBytes(UTF_8));
            assertRefused(Files.write(folder.resolve("docker.tar"), ImageMaker.tar(files)), "in another case");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'config':{}", "'layers':[]", "'fsLayers':[]"})
    void anIndexThatIsAnImageToo(String image) throws IOException {
        String both = "{'schemaVersion':2,'manifests':[]," + image + "}";
        assertRefused(oci(CONFIG, both, INDEX), "an index of images and an image at once");
    }
}
