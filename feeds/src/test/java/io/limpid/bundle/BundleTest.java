package io.limpid.bundle;

import static io.limpid.bundle.Bundles.FETCHED;
import static io.limpid.bundle.Bundles.KEY;
import static io.limpid.bundle.Bundles.NOW;
import static io.limpid.bundle.Bundles.OTHER;
import static io.limpid.bundle.Bundles.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.limpid.bundle.BundleRules.Allowance;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.snapshot.MadeStore;
import io.limpid.snapshot.Origin;
import io.limpid.snapshot.PartStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles come through as they were made, or are refused with a word that says why. */
class BundleTest {
    @TempDir
    Path folder;

    private MadeStore here;
    private MadeStore there;

    @BeforeEach
    void make() throws IOException {
        here = new MadeStore(folder.resolve("here"));
        there = new MadeStore(folder.resolve("there"));
        here.put("alpine", "v3.18", FETCHED, "1.0", 30);
        here.put("debian", "tracker", FETCHED, "2.0", 500);
    }

    private LimpidException refusal(byte[] bundle, BundleRules rules) throws IOException {
        Path file = Bundles.file(folder, bundle);
        LimpidException refused = catchThrowableOfType(LimpidException.class, () -> Bundles.taken(file, rules, there));
        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused.what()).contains(file.toString());
        assertThat(refused.hint()).isNotNull();
        assertThat(there.current("alpine", "v3.18")).isNotEqualTo("1.0");
        assertThat(there.current("debian", "tracker")).isNotEqualTo("2.0");
        return refused;
    }

    @Test
    void whatWasExportedIsThereWithItsAges() throws Exception {
        Path file = Bundles.file(folder, Bundles.of(here, KEY));
        assertThat(Bundles.taken(file, trusting(KEY), there))
                .extracting(taken -> taken.member().name() + " "
                        + Objects.requireNonNull(taken.difference()).added())
                .containsExactly("alpine/v3.18 30", "debian/tracker 500");
        assertThat(there.current("alpine", "v3.18")).isEqualTo("1.0");
        assertThat(there.current("debian", "tracker")).isEqualTo("2.0");
        PartStatus status = there.status("debian", "tracker");
        assertThat(status.success()).isEqualTo(FETCHED.plusSeconds(5));
        assertThat(status.checked()).isEqualTo(FETCHED.plusSeconds(5));
        assertThat(Objects.requireNonNull(status.change()).by()).isEqualTo(PartStatus.Change.By.IMPORT);
        assertThat(there.files("debian", "tracker")).containsExactly("current.limpid", "lock", "status");
        // The same once more changes nothing.
        assertThat(Bundles.taken(file, trusting(KEY), there)).allMatch(taken -> taken.difference() == null);
        assertThat(there.files("debian", "tracker")).containsExactly("current.limpid", "lock", "status");
    }

    @Test
    void partsCanBeChosen() throws Exception {
        Path file = Bundles.file(folder, Bundles.of(here, KEY));
        assertThat(Bundles.taken(file, trusting(KEY), there, NOW, List.of("alpine")))
                .hasSize(1);
        assertThat(there.current("debian", "tracker")).isEqualTo("none");
        assertThatThrownBy(() -> Bundles.taken(file, trusting(KEY), there, NOW, List.of("debain")))
                .hasMessageContaining("did you mean debian?");
    }

    @Test
    void whoMadeItMustBeTrusted() throws Exception {
        byte[] signed = Bundles.of(here, KEY);
        byte[] unsigned = Bundles.of(here, null);
        assertThat(refusal(signed, trusting(OTHER)).reason())
                .contains(KEY.verifying().id(), "other key");
        assertThat(refusal(signed, new BundleRules(java.util.Set.of(), java.util.Set.of()))
                        .hint())
                .contains("--trust " + KEY.verifying().id(), "--allow-unknown-key");
        assertThat(refusal(unsigned, trusting(KEY)).hint()).contains("--allow-unsigned");
        // Each by its own name only.
        refusal(unsigned, trusting(KEY, Allowance.UNKNOWN_KEY, Allowance.OLDER, Allowance.EXPIRED));
        refusal(signed, trusting(OTHER, Allowance.UNSIGNED, Allowance.OLDER, Allowance.EXPIRED));
        Bundles.taken(Bundles.file(folder, unsigned), trusting(KEY, Allowance.UNSIGNED), there);
        assertThat(there.current("alpine", "v3.18")).isEqualTo("1.0");
        Bundles.taken(Bundles.file(folder, signed), trusting(OTHER, Allowance.UNKNOWN_KEY), there);
    }

    @Test
    void aSignatureThatAnotherPutsInItsPlaceIsRefused() throws Exception {
        byte[] bundle = Bundles.of(here, KEY);
        byte[] resigned = Bundles.of(here, OTHER);
        int signature = bundle.length - BundleLayout.TRAILER_BYTES - BundleLayout.SIGNED_BYTES;
        // The other key with the signature of the trusted one, and the other way round.
        for (int part : new int[] {0, VerifyingKey.BYTES}) {
            byte[] mixed = bundle.clone();
            int length = part == 0 ? VerifyingKey.BYTES : VerifyingKey.SIGNATURE_BYTES;
            System.arraycopy(resigned, signature + part, mixed, signature + part, length);
            BundleRules both = new BundleRules(
                    java.util.Set.of(KEY.verifying(), OTHER.verifying()), java.util.Set.of(Allowance.UNSIGNED));
            assertThat(refusal(mixed, both).reason()).contains("altered after it was signed");
        }
    }

    @Test
    void itExpires() throws Exception {
        Path file = Bundles.file(folder, Bundles.of(here, KEY));
        var later = NOW.plus(Duration.ofDays(31));
        assertThatThrownBy(() -> Bundles.taken(file, trusting(KEY), there, later, List.of()))
                .hasMessageContaining("it expired at 2026-05-31T10:00:00Z");
        assertThat(there.current("alpine", "v3.18")).isEqualTo("none");
        assertThat(Bundles.taken(file, trusting(KEY, Allowance.EXPIRED), there, later, List.of()))
                .hasSize(2);
    }

    @Test
    void whatIsOlderThanWhatIsKeptChangesNothing() throws Exception {
        there.put("debian", "tracker", FETCHED.plusSeconds(60), "3.0", 10);
        byte[] bundle = Bundles.of(here, KEY);
        LimpidException refused = refusal(bundle, trusting(KEY));
        assertThat(refused.reason()).contains("debian/tracker", "2026-04-30T10:01:00Z");
        assertThat(refused.hint()).contains("--allow-older");
        assertThat(there.current("debian", "tracker")).isEqualTo("3.0");
        Path file = Bundles.file(folder, bundle);
        // What is newer in it can be had.
        Bundles.taken(file, trusting(KEY), there, NOW, List.of("alpine"));
        Bundles.taken(file, trusting(KEY, Allowance.OLDER), there);
        assertThat(there.current("debian", "tracker")).isEqualTo("2.0");
        assertThat(there.files("debian", "tracker")).contains("previous.limpid");
    }

    @Test
    void whatWasMadeOfTheSameDocumentsIsNotOlder() throws Exception {
        there.put("debian", "tracker", FETCHED.plusSeconds(60), "2.0", 10);
        Path file = Bundles.file(folder, Bundles.of(here, KEY));
        assertThat(Bundles.taken(file, trusting(KEY), there)).hasSize(2);
        // It was known to be the newest later than the bundle knows.
        assertThat(there.status("debian", "tracker").success()).isEqualTo(FETCHED.plusSeconds(65));
    }

    @Test
    void aNewerFormatIsToldAndNotAllowedByAnything() throws Exception {
        byte[] bundle = Bundles.of(here, KEY);
        System.arraycopy(BundleLayout.head(2), 0, bundle, 0, BundleLayout.HEAD_BYTES);
        LimpidException refused = refusal(bundle, trusting(KEY, Allowance.values()));
        assertThat(refused.reason()).contains("format 2", "reads format 1");
        assertThat(refused.hint()).contains("newer limpid");
        // Its snapshots may be of another format, too.
        BundleManifest other = new BundleManifest(NOW, NOW, "limpid 9.9", "99-x", "upstream", List.of());
        byte[] json = other.json();
        byte[] signature = new byte[BundleLayout.SIGNED_BYTES];
        System.arraycopy(KEY.verifying().bytes(), 0, signature, 0, VerifyingKey.BYTES);
        System.arraycopy(KEY.sign(BundleLayout.message(json)), 0, signature, VerifyingKey.BYTES, 64);
        byte[] tail = BundleLayout.tail(json, signature);
        byte[] foreign = ByteBuffer.allocate(BundleLayout.HEAD_BYTES + tail.length)
                .put(BundleLayout.head(1))
                .put(tail)
                .array();
        assertThat(refusal(foreign, trusting(KEY)).reason()).contains("limpid 9.9", "99-x");
    }

    @Test
    void cutAnywhereItIsRefused() throws Exception {
        byte[] bundle = Bundles.of(here, KEY);
        int tail = bundle.length - 2500;
        for (int length = 0; length < bundle.length; length += length < 100 || length > tail ? 1 : 997) {
            LimpidException refused = refusal(Arrays.copyOf(bundle, length), trusting(KEY, Allowance.values()));
            assertThat(refused.reason()).as("%s bytes", length).containsAnyOf("cut", "empty", "end as");
        }
        assertThat(refusal(Arrays.copyOf(bundle, bundle.length + 1), trusting(KEY))
                        .reason())
                .contains("something was added");
        assertThat(refusal("{\"schemaVersion\": 1}\n".repeat(20).getBytes(StandardCharsets.UTF_8), trusting(KEY))
                        .reason())
                .contains("does not begin as a bundle does");
    }

    @Test
    void everyBitCounts() throws Exception {
        byte[] bundle = Bundles.of(here, KEY);
        int tail = tailOf(bundle);
        for (int at = 0; at < bundle.length; at += at < 60 || at >= tail ? 1 : 101) {
            byte[] flipped = bundle.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            refusal(flipped, trusting(KEY, Allowance.UNSIGNED, Allowance.UNKNOWN_KEY, Allowance.EXPIRED));
        }
    }

    private static int tailOf(byte[] bundle) {
        int manifest = ByteBuffer.wrap(bundle).getInt(bundle.length - BundleLayout.TRAILER_BYTES);
        return bundle.length
                - BundleLayout.TRAILER_BYTES
                - BundleLayout.SIGNED_BYTES
                - manifest
                - BundleLayout.FRAME_BYTES;
    }

    @Test
    void aMemberThatIsSwappedForAnotherIsRefused() throws Exception {
        byte[] bundle = Bundles.of(here, KEY);
        here.put("alpine", "v3.18", FETCHED, "9.9", 30);
        byte[] other = Bundles.of(here, OTHER);
        byte[] swapped = bundle.clone();
        System.arraycopy(other, 0, swapped, 0, Math.min(tailOf(bundle), tailOf(other)));
        assertThat(refusal(swapped, trusting(KEY)).what()).contains("is not what was put into it");
    }

    @Test
    void zstdGivesTheFilesOneAfterTheOther() throws Exception {
        byte[] bundle = Bundles.of(here, KEY);
        try (var plain = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(bundle))) {
            byte[] files = plain.readAllBytes();
            byte[] first = Files.readAllBytes(here.store().folder().resolve("alpine/v3.18/current.limpid"));
            byte[] second = Files.readAllBytes(here.store().folder().resolve("debian/tracker/current.limpid"));
            assertThat(files)
                    .isEqualTo(ByteBuffer.allocate(first.length + second.length)
                            .put(first)
                            .put(second)
                            .array());
        }
    }

    @Test
    void aMirrorsPasswordIsNotInIt() throws Exception {
        MadeStore mirrored = new MadeStore(
                folder.resolve("mirrored"), new Origin(URI.create("https://me:s3cret@mirror.example/feeds")));
        mirrored.put("alpine", "v3.18", FETCHED, "1.0", 3);
        byte[] bundle = Bundles.of(mirrored, KEY);
        Path file = Bundles.file(folder, bundle);
        try (Bundle opened = Bundle.open(file, trusting(KEY), Limits.DEFAULT)) {
            assertThat(opened.manifest().origin()).isEqualTo("https://mirror.example/feeds");
        }
        Bundles.taken(file, trusting(KEY), there);
        byte[] kept = Files.readAllBytes(there.store().folder().resolve("alpine/v3.18/current.limpid"));
        for (byte[] bytes : List.of(bundle, kept)) {
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
        }
    }
}
