package io.limpid.bundle;

import io.limpid.format.Printable;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Digest;
import io.limpid.model.Limits;
import io.limpid.snapshot.SnapshotIntake;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself: JSON, which is what is signed.
 *
 * @param madeAt when it was made
 * @param expiresAt when it is too old to be imported
 * @param madeBy the program that made it
 * @param snapshots the format of the snapshot files in it
 * @param origin where its documents were fetched from, without user and password
 * @param members what is in it, in the order of the file
 */
public record BundleManifest(
        Instant madeAt, Instant expiresAt, String madeBy, String snapshots, String origin, List<BundleMember> members) {
    /** More parts than all publishers have together. */
    static final int MOST_MEMBERS = 10_000;

    static final int MOST_BYTES = 16 << 20;

    private static final String FETCHED_AT = "fetchedAt";
    private static final String PACKED_BYTES = "packedBytes";

    public BundleManifest {
        members = List.copyOf(members);
    }

    byte[] json() {
        StringBuilder text = new StringBuilder("{\n");
        text.append(" \"madeAt\": ").append(quoted(madeAt)).append(",\n");
        text.append(" \"expiresAt\": ").append(quoted(expiresAt)).append(",\n");
        text.append(" \"madeBy\": ").append(quoted(madeBy)).append(",\n");
        text.append(" \"snapshots\": ").append(quoted(snapshots)).append(",\n");
        text.append(" \"origin\": ").append(quoted(origin)).append(",\n \"members\": [");
        String comma = "\n";
        for (BundleMember member : members) {
            text.append(comma).append("  {\"feed\": ").append(quoted(member.feed()));
            text.append(", \"part\": ").append(quoted(member.part()));
            text.append(", \"generation\": ").append(member.generation());
            text.append(", \"fetchedAt\": ").append(quoted(member.fetchedAt()));
            text.append(", \"newest\": ").append(quoted(member.newest()));
            text.append(", \"dataDate\": ").append(quoted(member.dataDate()));
            text.append(", \"records\": ").append(member.records());
            text.append(", \"documents\": ").append(quoted(member.documents()));
            text.append(", \"bytes\": ").append(member.bytes());
            text.append(", \"digest\": ").append(quoted(member.digest()));
            text.append(", \"packedBytes\": ").append(member.packedBytes());
            text.append(", \"packedDigest\": ")
                    .append(quoted(member.packedDigest()))
                    .append('}');
            comma = ",\n";
        }
        return text.append("\n ]\n}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(@Nullable Object value) {
        return value == null ? "null" : '"' + Printable.json(value.toString()) + '"';
    }

    /**
     * Reads one; members that are not known are passed over.
     *
     * @throws BundleFlaw when it makes no sense
     */
    static BundleManifest of(byte[] json, Limits limits) throws BundleFlaw {
        try {
            if (!(Json.parse(json, MOST_BYTES, limits) instanceof JsonObject document)) {
                throw new BundleFlaw("its manifest is no JSON object");
            }
            List<BundleMember> members = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (JsonObject value : document.objects("members")) {
                BundleMember member = member(value, limits);
                if (!names.add(member.name())) {
                    throw new BundleFlaw("it has " + member.name() + " twice");
                }
                members.add(member);
            }
            if (members.size() > MOST_MEMBERS) {
                throw new BundleFlaw("it says that it has " + members.size() + " parts, of at most " + MOST_MEMBERS);
            }
            return new BundleManifest(
                    instant(document, "madeAt"),
                    instant(document, "expiresAt"),
                    text(document, "madeBy"),
                    text(document, "snapshots"),
                    text(document, "origin"),
                    members);
        } catch (JsonException e) {
            throw new BundleFlaw("its manifest makes no sense: " + e.getMessage());
        }
    }

    private static BundleMember member(JsonObject member, Limits limits) throws JsonException, BundleFlaw {
        BundleMember read = new BundleMember(
                name(member, "feed"),
                name(member, "part"),
                number(member, "generation"),
                instant(member, FETCHED_AT),
                instant(member, "newest"),
                member.string("dataDate"),
                number(member, "records"),
                digest(member, "documents"),
                number(member, "bytes"),
                digest(member, "digest"),
                number(member, PACKED_BYTES),
                digest(member, "packedDigest"));
        if (read.bytes() > limits.feedPlainBytes()) {
            throw new BundleFlaw(read.name() + " has " + read.bytes() + " bytes, of at most " + limits.feedPlainBytes()
                    + " (limit feed-plain-bytes)");
        }
        return read;
    }

    private static String text(JsonObject object, String name) throws JsonException, BundleFlaw {
        String text = object.string(name);
        if (text == null) {
            throw new BundleFlaw("its manifest has no " + name);
        }
        return text;
    }

    private static String name(JsonObject object, String name) throws JsonException, BundleFlaw {
        String text = text(object, name);
        if (!SnapshotIntake.isName(text)) {
            throw new BundleFlaw("it has a part that none can be: " + Printable.excerpt(text, 100));
        }
        return text;
    }

    private static long number(JsonObject object, String name) throws JsonException, BundleFlaw {
        Long number = object.integer(name);
        if (number == null || number < 0) {
            throw new BundleFlaw("its manifest has no " + name);
        }
        return number;
    }

    private static Instant instant(JsonObject object, String name) throws JsonException, BundleFlaw {
        try {
            return Instant.parse(text(object, name));
        } catch (DateTimeException _) {
            throw new BundleFlaw("its manifest has a " + name + " that is no moment");
        }
    }

    private static Digest digest(JsonObject object, String name) throws JsonException, BundleFlaw {
        try {
            return Digest.parse(text(object, name));
        } catch (IllegalArgumentException e) {
            throw new BundleFlaw("its manifest makes no sense: " + e.getMessage());
        }
    }
}
