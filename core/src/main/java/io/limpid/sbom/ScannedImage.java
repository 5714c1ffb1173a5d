package io.limpid.sbom;

import io.limpid.format.json.JsonException;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.LayerSummary;
import io.limpid.model.Limits;
import io.limpid.model.Origin;
import io.limpid.model.OriginClue;
import io.limpid.model.Problem;
import io.limpid.model.SbomTerms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document of ours says of the image that it was made from.
 *
 * @param known whether the document is of ours at all
 * @param layers its layers; none is verified, for nobody has its bytes here
 */
record ScannedImage(
        boolean known, @Nullable Distro distro, List<LayerSummary> layers, Origin origin, List<Problem> problems) {
    /** What any other document says. */
    static final ScannedImage NONE = new ScannedImage(false, null, List.of(), Origin.UNKNOWN, List.of());

    ScannedImage {
        layers = List.copyOf(layers);
        problems = List.copyOf(problems);
    }

    static ScannedImage of(OwnProperties properties, Limits limits) throws JsonException {
        if (properties.isEmpty()) {
            return NONE;
        }
        if (!SbomTerms.FORM_VALUE.equals(properties.text(SbomTerms.FORM))) {
            throw new JsonException("they are of another version of limpid");
        }
        List<LayerSummary> layers = layers(properties.list(SbomTerms.LAYER), limits);
        return new ScannedImage(
                true,
                distro(properties),
                layers,
                origin(properties),
                problems(properties.list(SbomTerms.PROBLEM), layers.size()));
    }

    private static @Nullable Distro distro(OwnProperties properties) throws JsonException {
        String id = properties.text(SbomTerms.DISTRO_ID);
        String version = properties.text(SbomTerms.DISTRO_VERSION_ID);
        String codename = properties.text(SbomTerms.DISTRO_CODENAME);
        if (id == null && version == null && codename == null) {
            return null;
        }
        if (id == null || id.isBlank()) {
            throw new JsonException("they name a release without a distribution");
        }
        return Distros.of(id, version, codename);
    }

    private static List<LayerSummary> layers(List<OwnProperties> all, Limits limits) throws JsonException {
        if (all.size() > limits.layers()) {
            throw new JsonException("they have more than " + limits.layers() + " layers (limit layers)");
        }
        List<LayerSummary> layers = new ArrayList<>();
        for (OwnProperties one : all) {
            layers.add(new LayerSummary(
                    layers.size(),
                    one.digest("diffId"),
                    one.digest("digest"),
                    one.text("createdBy"),
                    one.size("sizeBytes"),
                    false));
        }
        return layers;
    }

    private static Origin origin(OwnProperties properties) throws JsonException {
        List<OriginClue.ImageBuild> builds = new ArrayList<>();
        for (OwnProperties one : properties.list(SbomTerms.BUILD)) {
            builds.add(new OriginClue.ImageBuild(
                    one.text("component"),
                    one.required("name"),
                    one.required("version"),
                    one.required("release"),
                    one.text("arch")));
        }
        return new Origin(
                sorted(properties.all(SbomTerms.PRODUCT)),
                sorted(properties.all(SbomTerms.CONTENT_SET)),
                sorted(properties.all(SbomTerms.MODULE_STREAM)),
                builds.stream().distinct().sorted(OriginClue.ImageBuild.ORDER).toList());
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().distinct().sorted().toList();
    }

    private static List<Problem> problems(List<OwnProperties> all, int layers) throws JsonException {
        List<Problem> problems = new ArrayList<>();
        for (OwnProperties one : all) {
            problems.add(new Problem(one.layer("layer", layers), one.text("path"), one.required("what")));
        }
        return problems;
    }
}
