package io.limpid.server.scale;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.VersionFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Made-up images of five to ten layers, each of which adds or replaces up to twenty packages. */
final class MadeUpLayers {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 10;
    private static final int MOST_PACKAGES = 20;

    /**
     * A layer.
     *
     * @param has all its packages with their versions
     * @param adds those that its parent does not have, or has in another version
     */
    record Layer(
            String name, @Nullable String parent, Release release, Map<String, String> has, Map<String, String> adds) {

        IndexedLayer indexed() {
            var namespace = release.asNamespace();
            List<LayerFeature> features = new ArrayList<>();
            has.forEach((of, version) -> features.add(
                    new LayerFeature(new FeatureVersion(new Feature(namespace, of), version), name, List.of())));
            return new IndexedLayer(name, IndexedLayer.ENGINE, parent, namespace, features);
        }
    }

    private final List<List<Layer>> images;

    private MadeUpLayers(List<List<Layer>> images) {
        this.images = images;
    }

    /** The same for each seed. */
    static MadeUpLayers of(long seed, int count) {
        Random random = new Random(seed);
        List<List<Layer>> images = new ArrayList<>();
        for (int left = count; left > 0; left -= images.getLast().size()) {
            int layers = Math.min(left, random.nextInt(SHORTEST, LONGEST + 1));
            images.add(image(images.size(), layers, random));
        }
        return new MadeUpLayers(images);
    }

    private static List<Layer> image(int number, int count, Random random) {
        List<Release> releases = List.of(Release.values());
        Release release = releases.get(random.nextInt(releases.size()));
        List<Layer> layers = new ArrayList<>();
        Map<String, String> has = Map.of();
        for (int i = 0; i < count; i++) {
            Map<String, String> adds = new TreeMap<>();
            int packages = random.nextInt(1, MOST_PACKAGES + 1);
            for (int j = 0; j < packages; j++) {
                int of = release.anyPackage(random);
                String name = release.packageName(of);
                String version = release.version(of, random.nextInt(Release.VERSIONS));
                if (!version.equals(has.get(name))) {
                    adds.put(name, version);
                }
            }
            Map<String, String> all = new TreeMap<>(has);
            all.putAll(adds);
            layers.add(new Layer(
                    "image-" + number + "-" + i,
                    i == 0 ? null : layers.getLast().name(),
                    release,
                    all,
                    adds));
            has = all;
        }
        return layers;
    }

    /** Each with its layers from the lowest on. */
    List<List<Layer>> images() {
        return images;
    }

    /** The names of the layers that bring in a vulnerability: of every layer every package is compared. */
    Set<String> introducing(Release release, Map<String, String> fixes) throws ClairException {
        Set<String> names = new TreeSet<>();
        for (List<Layer> image : images) {
            for (Layer layer : image) {
                for (var added : layer.adds().entrySet()) {
                    String fix = layer.release() == release ? fixes.get(added.getKey()) : null;
                    if (fix != null && VersionFormats.compare(release.publisher.format, added.getValue(), fix) < 0) {
                        names.add(layer.name());
                    }
                }
            }
        }
        return names;
    }
}
