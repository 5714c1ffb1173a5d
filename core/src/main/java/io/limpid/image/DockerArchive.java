package io.limpid.image;

import io.limpid.format.json.JsonArray;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonValue;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.model.Problem;
import io.limpid.model.ScanTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what {@code docker save} writes: {@code manifest.json} with, per image, a configuration and the names of its layers. */
final class DockerArchive {
    static final String MANIFEST = "manifest.json";

    /** A blob that is stored under its digest, as Docker 25 and newer do. */
    private static final Pattern CONTENT_ADDRESS = Pattern.compile("blobs/sha256/([0-9a-f]{64})");

    private static final Pattern NAMED_BY_DIGEST = Pattern.compile("(?:sha256:)?([0-9a-f]{64})(?:\\.json)?");
    private static final int SHORTEST_ID = 6;

    private record Entry(String config, List<String> tags, List<String> layers) {}

    private record Configured(Entry entry, ImageConfig config) {}

    private final BlobFolder folder;
    private final ImageRequest request;

    private DockerArchive(BlobFolder folder, ImageRequest request) {
        this.folder = folder;
        this.request = request;
    }

    /** Opens the image that is asked for. */
    static Opened open(String kind, BlobFolder folder, ImageRequest request) throws IOException {
        return new DockerArchive(folder, request).open(kind);
    }

    /** What the manifest says of all its images. */
    static List<Claim> claims(BlobFolder folder, ImageRequest request) throws IOException {
        DockerArchive archive = new DockerArchive(folder, request);
        List<Claim> claims = new ArrayList<>();
        for (Entry entry : archive.entries()) {
            claims.add(claim(entry, archive.config(entry)));
        }
        return claims;
    }

    private Opened open(String kind) throws IOException {
        List<Platforms.Candidate<Configured>> candidates = new ArrayList<>();
        for (Entry entry : named(entries())) {
            ImageConfig config = config(entry);
            Platform platform = config.platform();
            candidates.add(new Platforms.Candidate<>(
                    new Configured(entry, config),
                    config.digest().toString(),
                    platform == null ? List.of() : List.of(platform)));
        }
        Configured chosen = Platforms.choose(candidates, request.platform(), folder.description());
        Entry entry = chosen.entry;
        ImageConfig config = chosen.config;
        List<Problem> problems = new ArrayList<>(renamed(entry, config));
        problems.addAll(config.problemsWith(entry.layers.size()));
        Claim claim = claim(entry, config);
        ScanTarget target =
                new ScanTarget(kind, claim.reference(folder, request), config.digest(), null, config.platform());
        return new Opened(new Image(target, layers(entry, config), config.origins(), problems, folder), claim);
    }

    private static Claim claim(Entry entry, ImageConfig config) {
        return new Claim(entry.tags, config.digest(), config.platform());
    }

    private List<Entry> entries() throws IOException {
        Document document = Document.read(folder, MANIFEST, null, request.limits());
        try {
            if (!(document.value() instanceof JsonArray array)) {
                throw new JsonException("expected an array");
            }
            List<Entry> entries = new ArrayList<>();
            for (JsonValue element : array.values()) {
                if (!(element instanceof JsonObject object)) {
                    throw new JsonException("an image that is no object");
                }
                Fields image = new Fields(object);
                String config = image.string("Config");
                if (config == null) {
                    throw new JsonException("an image without Config");
                }
                entries.add(new Entry(config, image.strings("RepoTags"), image.strings("Layers")));
            }
            if (entries.isEmpty()) {
                throw new JsonException("it lists no image");
            }
            return entries.stream().distinct().toList();
        } catch (JsonException e) {
            throw Document.broken(folder, MANIFEST + " is not what 'docker save' writes: " + e.getMessage());
        }
    }

    /** The entries of one image; several only where it is there for several platforms. */
    private List<Entry> named(List<Entry> entries) throws LimpidException {
        String image = request.image();
        List<Entry> chosen = entries.stream()
                .filter(entry -> image == null || isNamed(entry, image))
                .toList();
        if (chosen.isEmpty()) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    folder.description() + " holds no image " + image,
                    "it holds " + names(entries),
                    null);
        }
        if (chosen.stream().anyMatch(entry -> !entry.tags.equals(chosen.getFirst().tags))
                || (chosen.size() > 1 && chosen.getFirst().tags.isEmpty())) {
            throw new LimpidException(
                    ErrorCode.AMBIGUOUS,
                    folder.description() + " holds " + chosen.size() + " images",
                    names(chosen),
                    "choose one with --image NAME or --image DIGEST");
        }
        return chosen;
    }

    private static boolean isNamed(Entry entry, String image) {
        Matcher id = NAMED_BY_DIGEST.matcher(entry.config.substring(entry.config.lastIndexOf('/') + 1));
        String wanted = image.startsWith("sha256:") ? image.substring("sha256:".length()) : image;
        return entry.tags.stream().anyMatch(tag -> ImageNames.same(tag, image))
                || (id.matches()
                        && wanted.length() >= SHORTEST_ID
                        && id.group(1).startsWith(wanted));
    }

    private static String names(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.tags.isEmpty()
                        ? "one without a tag (" + entry.config + ")"
                        : String.join(", ", entry.tags))
                .collect(Collectors.joining(", "));
    }

    private ImageConfig config(Entry entry) throws IOException {
        return ImageConfig.of(
                Document.read(folder, entry.config, contentAddress(entry.config), request.limits()), folder);
    }

    /** Docker itself does not hold a configuration's name against it, so the image may run: told, not refused. */
    private static List<Problem> renamed(Entry entry, ImageConfig config) {
        Matcher name = NAMED_BY_DIGEST.matcher(entry.config);
        if (!name.matches() || name.group(1).equals(config.digest().hex())) {
            return List.of();
        }
        return List.of(new Problem(
                null,
                null,
                "the configuration " + entry.config + " has the digest " + config.digest()
                        + ": it was changed after it was named"));
    }

    private List<Layer> layers(Entry entry, ImageConfig config) throws IOException {
        int count = entry.layers.size();
        if (count > request.limits().layers()) {
            throw Document.limited(
                    folder,
                    MANIFEST + " lists " + count + " layers, more than "
                            + request.limits().layers() + " (limit layers)");
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = entry.layers.get(i);
            Blob blob = folder.find(name);
            if (blob == null) {
                throw Document.broken(folder, "layer " + i + ", " + name + ", is missing");
            }
            layers.add(new Layer(
                    i, config.diffId(i, count), contentAddress(name), config.instruction(i, count), blob.size(), blob));
        }
        return layers;
    }

    private static @Nullable Digest contentAddress(String name) {
        Matcher matcher = CONTENT_ADDRESS.matcher(name);
        return matcher.matches() ? new Digest(matcher.group(1)) : null;
    }
}
