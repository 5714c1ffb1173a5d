package io.limpid.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.limpid.image.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Makes image archives in the forms there are, from layers. */
public final class ImageMaker {

    /** How the layers of an OCI image are stored. */
    public enum Stored {
        PLAIN("application/vnd.oci.image.layer.v1.tar"),
        GZIP("application/vnd.oci.image.layer.v1.tar+gzip"),
        ZSTD("application/vnd.oci.image.layer.v1.tar+zstd");

        private final String mediaType;

        Stored(String mediaType) {
            this.mediaType = mediaType;
        }

        byte[] of(byte[] tar) {
            return switch (this) {
                case PLAIN -> tar;
                case GZIP -> gzip(tar);
                case ZSTD -> Zstd.compress(tar);
            };
        }
    }

    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

    private final List<byte[]> layers = new ArrayList<>();
    private final List<String> instructions = new ArrayList<>();
    private String architecture = "amd64";
    private String run = "";

    public ImageMaker layer(byte[] tar) {
        return layer(tar, "RUN step " + layers.size());
    }

    public ImageMaker layer(byte[] tar, String instruction) {
        layers.add(tar);
        instructions.add(instruction);
        return this;
    }

    public ImageMaker architecture(String name) {
        architecture = name;
        return this;
    }

    /** What the configuration has as {@code config}, in JSON. */
    public ImageMaker run(String json) {
        run = ",\"config\":" + json;
        return this;
    }

    /** {@code docker save} before Docker 25: a folder a layer, equal layers as links. */
    public byte[] dockerArchive(String tag) {
        return tar(dockerFiles(tag, ""));
    }

    /** The entries of {@link #dockerArchive}, the folders' names with a prefix. */
    public Map<String, byte[]> dockerFiles(String tag, String prefix) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String name = prefix + i + "/layer.tar";
            files.put(name, layers.get(i));
            names.add('"' + name + '"');
        }
        byte[] config = config();
        String configName = Sha256.of(config).hex() + ".json";
        files.put(configName, config);
        files.put("manifest.json", ("[" + dockerEntry(configName, tag, names) + "]").getBytes(UTF_8));
        return files;
    }

    private static String dockerEntry(String config, String tag, List<String> layers) {
        String tags = tag.isEmpty() ? "" : '"' + tag + '"';
        return "{\"Config\":\"" + config + "\",\"RepoTags\":[" + tags + "],\"Layers\":[" + String.join(",", layers)
                + "]}";
    }

    /** Several images in one {@code docker save}. */
    public static byte[] dockerArchive(Map<String, ImageMaker> images) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> entries = new ArrayList<>();
        images.forEach((tag, image) -> {
            Map<String, byte[]> one = image.dockerFiles(tag, "image" + entries.size() + "-");
            String manifest = new String(one.remove("manifest.json"), UTF_8);
            entries.add(manifest.substring(1, manifest.length() - 1));
            files.putAll(one);
        });
        files.put("manifest.json", ("[" + String.join(",", entries) + "]").getBytes(UTF_8));
        return tar(files);
    }

    /** The files of an OCI layout with this image alone. */
    public Map<String, byte[]> ociLayout(Stored stored, String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String descriptor = ociDescriptor(stored, name, "", files);
        return withIndex(files, List.of(descriptor));
    }

    /** Adds the blobs of this image to a layout; gives its descriptor, with a name and a platform where they are not empty. */
    public String ociDescriptor(Stored stored, String name, String platform, Map<String, byte[]> files) {
        List<String> descriptors = layers.stream()
                .map(layer -> descriptor(stored.mediaType, put(files, stored.of(layer)), ""))
                .toList();
        String config = descriptor("application/vnd.oci.image.config.v1+json", put(files, config()), "");
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE + "\",\"config\":" + config
                        + ",\"layers\":[" + String.join(",", descriptors) + "]}")
                .getBytes(UTF_8);
        return descriptor(MANIFEST_TYPE, put(files, manifest), extras(name, platform));
    }

    private static String extras(String name, String platform) {
        String extras =
                name.isEmpty() ? "" : ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}";
        if (!platform.isEmpty()) {
            String[] part = platform.split("/", -1);
            extras += ",\"platform\":{\"os\":\"" + part[0] + "\",\"architecture\":\"" + part[1] + "\""
                    + (part.length > 2 ? ",\"variant\":\"" + part[2] + "\"" : "") + "}";
        }
        return extras;
    }

    /** A nested index of these descriptors; gives its own. */
    public static String ociIndex(List<String> descriptors, String name, Map<String, byte[]> files) {
        String type = "application/vnd.oci.image.index.v1+json";
        byte[] index = ("{\"schemaVersion\":2,\"mediaType\":\"" + type + "\",\"manifests\":["
                        + String.join(",", descriptors) + "]}")
                .getBytes(UTF_8);
        return descriptor(type, put(files, index), extras(name, ""));
    }

    /** The layout whose {@code index.json} lists these descriptors. */
    public static Map<String, byte[]> withIndex(Map<String, byte[]> files, List<String> descriptors) {
        files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
        files.put(
                "index.json",
                ("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}").getBytes(UTF_8));
        return files;
    }

    public static String descriptor(String mediaType, byte[] blob, String extras) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Sha256.of(blob) + "\",\"size\":" + blob.length
                + extras + "}";
    }

    /** Puts a blob where a layout has it. */
    public static byte[] put(Map<String, byte[]> files, byte[] blob) {
        files.put("blobs/sha256/" + Sha256.of(blob).hex(), blob);
        return blob;
    }

    public static byte[] tar(Map<String, byte[]> files) {
        TarMaker tar = new TarMaker();
        files.forEach(tar::file);
        return tar.bytes();
    }

    public static byte[] gzip(byte[] bytes) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] config() {
        String history = instructions.stream()
                .map(instruction -> "{\"created_by\":\"" + instruction + "\"}")
                .collect(Collectors.joining(","));
        String diffIds = layers.stream()
                .map(layer -> '"' + Sha256.of(layer).toString() + '"')
                .collect(Collectors.joining(","));
        return ("{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"history\":[" + history
                        + ",{\"created_by\":\"CMD"
                        + " sh\",\"empty_layer\":true}],\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                        + diffIds + "]}" + run + "}")
                .getBytes(UTF_8);
    }
}
