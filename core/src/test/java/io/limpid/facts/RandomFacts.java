package io.limpid.facts;

import io.limpid.image.Sha256;
import io.limpid.model.Detection;
import io.limpid.model.Digest;
import io.limpid.model.DistroClue;
import io.limpid.model.LayerEntry;
import io.limpid.model.OriginClue;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.SourcePackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Facts of every shape there is, made of words that are hard to write and to read back. */
final class RandomFacts {
    private static final List<String> WORDS = List.of(
            "a",
            "",
            "libc6",
            "1.2-3",
            "\u0000",
            "\u00ff\u0100",
            "\ud83d\ude00",
            // Half of a pair, as a text has at its end that was cut.
            "cut \ud83d",
            "\ude00",
            "漢字",
            "é",
            "a\nb\tc\r",
            "x".repeat(300));

    private final Random random;

    private RandomFacts(Random random) {
        this.random = random;
    }

    /** The facts of this number. */
    static TarFacts of(long seed) {
        return new RandomFacts(new Random(seed)).facts();
    }

    private TarFacts facts() {
        Map<String, List<Detection>> detections = new HashMap<>();
        for (String detector : some(this::word)) {
            detections.put(detector, some(this::detection));
        }
        return TarFacts.kept(some(this::entry), detections, some(this::problem), digest(), digest());
    }

    private LayerEntry entry() {
        String path = word();
        return switch (random.nextInt(7)) {
            case 0 -> new LayerEntry.RegularFile(path);
            case 1 -> new LayerEntry.SymbolicLink(path, word());
            case 2 -> new LayerEntry.HardLink(path, word());
            case 3 -> new LayerEntry.Folder(path);
            case 4 -> new LayerEntry.OtherFile(path);
            case 5 -> new LayerEntry.Whiteout(path);
            default -> new LayerEntry.OpaqueFolder(path);
        };
    }

    private Detection detection() {
        return new Detection(word(), some(this::one), some(this::clue), some(this::origin), some(this::problem));
    }

    private Package one() {
        SourcePackage source = random.nextBoolean() ? null : new SourcePackage(word(), word());
        return new Package("p" + word(), "p" + word(), "p" + word(), maybe(), source, maybe(), word(), maybe());
    }

    private DistroClue clue() {
        return new DistroClue(
                random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(300), maybe(), maybe(), maybe());
    }

    private OriginClue origin() {
        return switch (random.nextInt(5)) {
            case 0 -> new OriginClue.ContentSet(word());
            case 1 -> new OriginClue.Product(word());
            case 2 -> new OriginClue.ModuleStream(word(), word());
            case 3 -> new OriginClue.ImageBuild(maybe(), word(), word(), word(), maybe());
            default -> new OriginClue.InstalledFrom(word(), word(), word(), word());
        };
    }

    private Problem problem() {
        return new Problem(null, maybe(), word());
    }

    private @Nullable Digest digest() {
        return random.nextBoolean() ? null : Sha256.of(new byte[] {(byte) random.nextInt()});
    }

    private String word() {
        return random.nextInt(3) == 0 ? "word " + random.nextInt(1000) : WORDS.get(random.nextInt(WORDS.size()));
    }

    private @Nullable String maybe() {
        return random.nextInt(3) == 0 ? null : word();
    }

    private <T> List<T> some(Supplier<T> one) {
        List<T> all = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            all.add(one.get());
        }
        return all;
    }
}
