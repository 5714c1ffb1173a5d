package io.limpid.facts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.detect.Detector;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.image.Sha256;
import io.limpid.model.Digest;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.Limits;
import io.limpid.model.PathPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under what facts are kept: which bytes they are of, and who read them within which limits.
 *
 * <p>A digest that an image only claims never stands for bytes: an archive that claims a base image's diff-id could otherwise plant false
 * facts for every later image. Bytes that were not hashed here are known by their place in one file, good for that very file and nothing else.
 */
public final class FactsKey {
    private final String text;

    private FactsKey(String text) {
        this.text = text;
    }

    /** How bytes are known. */
    sealed interface Bytes {

        /** By the digest of a layer as it is stored, computed here or {@link io.limpid.image.Blob#address told by whoever will run it}. */
        record Blob(Digest digest) implements Bytes {}

        /** By the digest of the uncompressed layer, computed here: not of what may be taken for compressed, which reads otherwise. */
        record Tar(Digest diffId) implements Bytes {}

        /**
         * By their place in a local file, and by what the image claims of them.
         *
         * @param whole whether digests are computed also where walking would do
         */
        record Placed(
                FilePlace place,
                long size,
                @Nullable Digest digest,
                @Nullable Digest diffId,
                boolean whole) implements Bytes {}
    }

    /** The place of a layer's bytes in a local file; null when they come from none. */
    static Bytes.@Nullable Placed placed(Layer layer, boolean whole) {
        Blob blob = layer.blob();
        FilePlace place = blob == null ? null : blob.identity();
        return place == null ? null : new Bytes.Placed(place, layer.size(), layer.digest(), layer.diffId(), whole);
    }

    /**
     * How the bytes of a layer are known before they are read; null when only the image's claims tell them.
     *
     * <p>A digest in a manifest is a claim, but a registry's blob is nothing else than the bytes that have it: whoever runs the image asks for
     * it and refuses any other bytes, so that what was found in those that had it when they were read here is in the image that runs. Of a
     * layer that has passed the digest was computed.
     */
    static @Nullable Bytes known(Layer layer, boolean whole) {
        TarFacts passed = PassedFacts.of(layer);
        Digest computed = passed == null ? null : passed.diffId();
        if (computed != null) {
            return new Bytes.Tar(computed);
        }
        Digest address = layer.blob() == null ? null : layer.blob().address();
        return address == null ? placed(layer, whole) : new Bytes.Blob(address);
    }

    /** The digests by which the bytes of a layer are known once they were read, if their facts may be kept. */
    static List<Bytes> computed(TarFacts facts) {
        List<Bytes> computed = new ArrayList<>();
        Digest blob = facts.blobDigest();
        Digest tar = facts.diffId();
        if (facts.lasting() && tar != null) {
            computed.add(new Bytes.Tar(tar));
            if (blob != null && !blob.equals(tar)) {
                computed.add(new Bytes.Blob(blob));
            }
        }
        return computed;
    }

    /**
     * What facts of the same bytes also depend on: the program, the detectors and the limits.
     *
     * @param build which build of the program reads: another one may walk layers otherwise, and read packages that this one does not know
     */
    static String maker(String build, List<Detector> detectors, Limits limits) {
        StringBuilder text = new StringBuilder();
        put(text, "limpid facts");
        put(text, build);
        for (Detector detector : detectors) {
            put(text, detector.id().name());
            put(text, detector.id().version());
        }
        put(text, "limits");
        putLimits(text, limits);
        // As a digest, because it is part of each key.
        return Sha256.of(text.toString().getBytes(UTF_8)).hex();
    }

    /**
     * The key of a layer's facts.
     *
     * @param maker see {@link #maker}
     * @param tracked what was to be known besides what the detectors ask for
     */
    static FactsKey ofLayer(String maker, Bytes bytes, Set<PathPattern> tracked) {
        StringBuilder text = new StringBuilder(maker);
        put(text, "layer");
        putBytes(text, bytes);
        List<String> places = new ArrayList<>();
        for (PathPattern pattern : tracked) {
            places.add(pattern.toString());
        }
        Collections.sort(places);
        for (String place : places) {
            put(text, place);
        }
        return new FactsKey(text.toString());
    }

    /**
     * The key of what a detector says of files out of one or several layers.
     *
     * @param layers how the bytes of the layer of each of the request's files are known
     */
    static FactsKey ofAnswer(String maker, EvidenceRequest request, List<Bytes> layers) {
        StringBuilder text = new StringBuilder(maker);
        put(text, "answer");
        put(text, request.detector());
        for (int i = 0; i < layers.size(); i++) {
            EvidenceRequest.Content content = request.files().get(i);
            putBytes(text, layers.get(i));
            put(text, content.path());
            put(text, content.as());
        }
        return new FactsKey(text.toString());
    }

    /** All that the facts depend on, in one form. */
    String text() {
        return text;
    }

    /** A name for a file, of hex digits; no two keys have the same. */
    String name() {
        return Sha256.of(text.getBytes(UTF_8)).hex();
    }

    private static void putBytes(StringBuilder text, Bytes bytes) {
        if (bytes instanceof Bytes.Tar tar) {
            put(text, "tar");
            put(text, tar.diffId().hex());
        } else if (bytes instanceof Bytes.Blob blob) {
            put(text, "blob");
            put(text, blob.digest().hex());
        } else if (bytes instanceof Bytes.Placed placed) {
            FilePlace place = placed.place();
            put(text, placed.whole() ? "whole" : "walked");
            put(text, place.fileKey());
            put(text, place.fileSize());
            put(text, place.modified());
            put(text, place.changed());
            put(text, place.offset());
            put(text, placed.size());
            putDigest(text, placed.digest());
            putDigest(text, placed.diffId());
        }
    }

    private static void putLimits(StringBuilder text, Limits limits) {
        put(text, limits.archiveBytes());
        put(text, limits.archivePasses());
        put(text, limits.archiveEntries());
        put(text, limits.documentBytes());
        put(text, limits.sbomBytes());
        put(text, limits.jsonDepth());
        put(text, limits.indexDepth());
        put(text, limits.layers());
        put(text, limits.layerBytes());
        put(text, limits.layerEntries());
        put(text, limits.headerBytes());
        put(text, limits.pathBytes());
        put(text, limits.fileBytes());
        put(text, limits.wantedBytes());
        put(text, limits.wantedEntries());
        put(text, limits.lineBytes());
        put(text, limits.problems());
        put(text, limits.linkHops());
        put(text, limits.followedPaths());
        put(text, limits.folderDepth());
        put(text, limits.decoderBytes());
        put(text, limits.feedBytes());
        put(text, limits.feedPlainBytes());
        put(text, limits.feedAdvisories());
        put(text, limits.advisoryBytes());
    }

    private static void putDigest(StringBuilder text, @Nullable Digest digest) {
        put(text, digest == null ? "" : digest.hex());
    }

    private static void put(StringBuilder text, long number) {
        text.append(number).append('\n');
    }

    /** With its length, so that no word can be taken for two. */
    private static void put(StringBuilder text, String word) {
        text.append(word.length()).append(' ').append(word).append('\n');
    }
}
