package io.limpid.facts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.model.Detection;
import io.limpid.model.DistroClue;
import io.limpid.model.LayerEntry;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.SourcePackage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The form of a file of facts: what it is, the key, the facts, and a checksum of all that; {@code docs/cache.md} shows it.
 *
 * <p>It is read at the start of a short process: loops where streams would be shorter, since those cost milliseconds when they are used first.
 */
final class FactsFormat {
    /** Raised whenever what is kept has another form, so that it is told from damage. */
    static final int VERSION = 2;

    private static final byte[] MAGIC = {'L', 'I', 'M', 'P', 'I', 'D', 'F', '\n'};
    /** Magic, version, length of the key, length of the facts. */
    private static final int HEAD_BYTES = MAGIC.length + 3 * Integer.BYTES;

    private static final int FILE = 0;
    private static final int SYMBOLIC_LINK = 1;
    private static final int HARD_LINK = 2;
    private static final int FOLDER = 3;
    private static final int OTHER_FILE = 4;
    private static final int WHITEOUT = 5;
    private static final int OPAQUE_FOLDER = 6;

    private FactsFormat() {}

    /**
     * The bytes of a file; null when there are more than so many, which nobody wants to hold only to find that out.
     */
    static byte @Nullable [] write(String key, TarFacts facts, int most) {
        byte[] keyBytes = key.getBytes(UTF_8);
        FactsOutput out = new FactsOutput(most - keyBytes.length - HEAD_BYTES - Integer.BYTES);
        write(facts, out);
        if (out.isFull()) {
            return null;
        }
        byte[] payload = out.bytes();
        ByteBuffer file = ByteBuffer.allocate(HEAD_BYTES + keyBytes.length + payload.length + Integer.BYTES);
        file.put(MAGIC).putInt(VERSION).putInt(keyBytes.length).putInt(payload.length);
        file.put(keyBytes).put(payload);
        file.putInt(crc(file.array(), file.position()));
        return file.array();
    }

    /**
     * The facts in a file.
     *
     * @param key the key that they must have
     * @throws DamagedFactsException when the bytes are not what {@link #write} made of facts of this key
     */
    static TarFacts read(byte[] file, String key) throws DamagedFactsException {
        int from = HEAD_BYTES + keyLength(file);
        byte[] keyBytes = key.getBytes(UTF_8);
        if (!Arrays.equals(file, HEAD_BYTES, from, keyBytes, 0, keyBytes.length)) {
            throw new DamagedFactsException("it has the facts of something else");
        }
        FactsInput in = new FactsInput(file, from, file.length - Integer.BYTES);
        try {
            TarFacts facts = read(in);
            if (!in.atEnd()) {
                throw new DamagedFactsException("something follows the facts");
            }
            return facts;
        } catch (IllegalArgumentException e) {
            throw new DamagedFactsException("it says what cannot be: " + e.getMessage());
        }
    }

    /**
     * The key that the facts in a file have.
     *
     * @throws DamagedFactsException when it is not as it was written
     */
    static String key(byte[] file) throws DamagedFactsException {
        return new String(file, HEAD_BYTES, keyLength(file), UTF_8);
    }

    private static int keyLength(byte[] file) throws DamagedFactsException {
        if (file.length < HEAD_BYTES + Integer.BYTES || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new DamagedFactsException("it does not begin as a file of facts does");
        }
        ByteBuffer head = ByteBuffer.wrap(file);
        int version = head.getInt(MAGIC.length);
        if (version != VERSION) {
            throw new DamagedFactsException("it is of another version of this program");
        }
        int key = head.getInt(MAGIC.length + Integer.BYTES);
        int payload = head.getInt(MAGIC.length + 2 * Integer.BYTES);
        if (key < 0 || payload < 0 || (long) HEAD_BYTES + key + payload + Integer.BYTES != file.length) {
            throw new DamagedFactsException("it has not the length that it tells of");
        }
        int end = file.length - Integer.BYTES;
        if (head.getInt(end) != crc(file, end)) {
            throw new DamagedFactsException("its checksum is wrong");
        }
        return key;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void write(TarFacts facts, FactsOutput out) {
        out.digest(facts.blobDigest());
        out.digest(facts.diffId());
        out.number(facts.entries().size());
        for (LayerEntry entry : facts.entries()) {
            write(entry, out);
        }
        List<String> detectors = new ArrayList<>(facts.detections().keySet());
        // The same facts, the same bytes.
        detectors.sort(null);
        out.number(detectors.size());
        for (String detector : detectors) {
            List<Detection> detections = facts.detections().getOrDefault(detector, List.of());
            out.word(detector);
            out.number(detections.size());
            for (Detection detection : detections) {
                write(detection, out);
            }
        }
        write(facts.problems(), out);
    }

    private static TarFacts read(FactsInput in) throws DamagedFactsException {
        var blobDigest = in.digestOrNull();
        var diffId = in.digestOrNull();
        int count = in.count();
        List<LayerEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(entry(in));
        }
        int detectors = in.count();
        Map<String, List<Detection>> detections = new HashMap<>();
        for (int i = 0; i < detectors; i++) {
            String detector = in.word();
            int found = in.count();
            List<Detection> all = new ArrayList<>(found);
            for (int j = 0; j < found; j++) {
                all.add(detection(in));
            }
            if (detections.put(detector, List.copyOf(all)) != null) {
                throw new DamagedFactsException("it has a detector twice");
            }
        }
        return TarFacts.kept(entries, detections, problems(in), blobDigest, diffId);
    }

    // A switch over types costs more, when it is used first, than all the rest here.
    @SuppressWarnings("IfChainToSwitch")
    private static void write(LayerEntry entry, FactsOutput out) {
        String target = null;
        int kind;
        if (entry instanceof LayerEntry.RegularFile) {
            kind = FILE;
        } else if (entry instanceof LayerEntry.SymbolicLink link) {
            kind = SYMBOLIC_LINK;
            target = link.target();
        } else if (entry instanceof LayerEntry.HardLink link) {
            kind = HARD_LINK;
            target = link.target();
        } else if (entry instanceof LayerEntry.Folder) {
            kind = FOLDER;
        } else if (entry instanceof LayerEntry.OtherFile) {
            kind = OTHER_FILE;
        } else {
            kind = entry instanceof LayerEntry.Whiteout ? WHITEOUT : OPAQUE_FOLDER;
        }
        out.oneByte(kind);
        out.word(entry.path());
        if (target != null) {
            out.word(target);
        }
    }

    private static LayerEntry entry(FactsInput in) throws DamagedFactsException {
        int kind = in.oneByte();
        String path = in.word();
        return switch (kind) {
            case FILE -> new LayerEntry.RegularFile(path);
            case SYMBOLIC_LINK -> new LayerEntry.SymbolicLink(path, in.word());
            case HARD_LINK -> new LayerEntry.HardLink(path, in.word());
            case FOLDER -> new LayerEntry.Folder(path);
            case OTHER_FILE -> new LayerEntry.OtherFile(path);
            case WHITEOUT -> new LayerEntry.Whiteout(path);
            case OPAQUE_FOLDER -> new LayerEntry.OpaqueFolder(path);
            default -> throw new DamagedFactsException("it has an entry of an unknown kind");
        };
    }

    private static void write(Detection detection, FactsOutput out) {
        out.word(detection.path());
        out.number(detection.packages().size());
        for (Package one : detection.packages()) {
            write(one, out);
        }
        out.number(detection.clues().size());
        for (DistroClue clue : detection.clues()) {
            out.number(clue.rank());
            out.word(clue.id());
            out.word(clue.versionId());
            out.word(clue.codename());
        }
        OriginFacts.write(detection.origins(), out);
        write(detection.problems(), out);
    }

    private static Detection detection(FactsInput in) throws DamagedFactsException {
        String path = in.word();
        int count = in.count();
        List<Package> packages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            packages.add(onePackage(in));
        }
        int said = in.count();
        List<DistroClue> clues = new ArrayList<>(said);
        for (int i = 0; i < said; i++) {
            clues.add(new DistroClue(in.number(), in.wordOrNull(), in.wordOrNull(), in.wordOrNull()));
        }
        return new Detection(path, packages, clues, OriginFacts.read(in), problems(in));
    }

    private static void write(Package one, FactsOutput out) {
        out.word(one.type());
        out.word(one.name());
        out.word(one.version());
        out.word(one.arch());
        SourcePackage source = one.source();
        out.word(source == null ? null : source.name());
        if (source != null) {
            out.word(source.version());
        }
        out.word(one.module());
        out.word(one.location());
        out.word(one.purl());
    }

    private static Package onePackage(FactsInput in) throws DamagedFactsException {
        String type = in.word();
        String name = in.word();
        String version = in.word();
        String arch = in.wordOrNull();
        String source = in.wordOrNull();
        SourcePackage from = source == null ? null : new SourcePackage(source, in.word());
        String module = in.wordOrNull();
        return new Package(type, name, version, arch, from, module, in.word(), in.wordOrNull());
    }

    /** The layer of a problem is none of the bytes' own. */
    private static void write(List<Problem> problems, FactsOutput out) {
        out.number(problems.size());
        for (Problem problem : problems) {
            out.word(problem.path());
            out.word(problem.what());
        }
    }

    private static List<Problem> problems(FactsInput in) throws DamagedFactsException {
        int count = in.count();
        List<Problem> problems = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String path = in.wordOrNull();
            problems.add(new Problem(null, path, in.word()));
        }
        return problems;
    }
}
