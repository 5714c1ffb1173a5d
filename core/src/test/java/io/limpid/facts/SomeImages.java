package io.limpid.facts;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.dpkg.DpkgDetector;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Digest;
import io.limpid.model.LayerFacts;
import io.limpid.model.Limits;
import io.limpid.model.ScanTarget;
import io.limpid.model.Wanted;
import io.limpid.testing.TarMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Layers and images in memory, and a detector that counts. */
final class SomeImages {
    private SomeImages() {}

    /** A layer with one package. */
    static byte[] tar(String name) {
        return new TarMaker()
                .file("var/lib/dpkg/status", "Package: " + name + "\nStatus: install ok installed\nVersion: 1\n\n")
                .bytes();
    }

    static FilePlace place(int inode) {
        return new FilePlace("inode " + inode, 1 << 20, 0, 0, 512);
    }

    static Layer layer(int index, Blob blob, @Nullable Digest digest, @Nullable Digest diffId) {
        return new Layer(index, diffId, digest, null, blob.size(), blob);
    }

    static Image image(Layer... layers) {
        return new Image(
                new ScanTarget("test", "test", null, null, null), List.of(layers), List.of(), List.of(), () -> {});
    }

    /** The packages of each layer, and its problems. */
    static List<String> told(List<LayerFacts> facts) {
        List<String> told = new ArrayList<>();
        for (LayerFacts layer : facts) {
            StringBuilder text = new StringBuilder();
            for (List<Detection> found : layer.detections().values()) {
                for (Detection detection : found) {
                    detection.packages().forEach(one -> text.append(one.name()).append(' '));
                    detection
                            .problems()
                            .forEach(problem -> text.append(problem.what()).append(' '));
                }
            }
            layer.problems()
                    .forEach(problem -> text.append("problem in ")
                            .append(problem.layer())
                            .append(": ")
                            .append(
                                    problem.what(),
                                    0,
                                    Math.min(30, problem.what().length()))
                            .append(' '));
            told.add(text + (layer.verified() ? "verified" : "not verified"));
        }
        return told;
    }

    /** Dpkg's, counting how often somebody asks it. */
    static final class Counting implements Detector {
        private final DpkgDetector dpkg = new DpkgDetector(Limits.DEFAULT);
        private final AtomicInteger asked = new AtomicInteger();

        int asked() {
            return asked.get();
        }

        @Override
        public DetectorId id() {
            return dpkg.id();
        }

        @Override
        public List<Wanted> wants() {
            return dpkg.wants();
        }

        @Override
        public List<Detection> detect(LayerFiles files) {
            asked.incrementAndGet();
            return dpkg.detect(files);
        }
    }
}
