package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.limpid.model.Advisory;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file says that it is damaged, or answers as if it were not. */
class SnapshotDamageTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("file");
    }

    @Test
    void noCutGoesUnnoticed() throws IOException {
        SnapshotFiles.write(file(), new RandomAdvisories(1).list(40));
        byte[] whole = Files.readAllBytes(file());
        assertThat(whole.length).isGreaterThan(5_000);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            assertBroken(() -> {
                Snapshot.open(file(), Limits.DEFAULT).close();
                return null;
            });
        }
    }

    @Test
    void whatIsAppendedIsNoticed() throws IOException {
        SnapshotFiles.write(file(), new RandomAdvisories(1).list(40));
        Files.write(file(), Files.readAllBytes(file()), StandardOpenOption.APPEND);
        assertBroken(() -> Snapshot.open(file(), Limits.DEFAULT));
        Files.write(file(), new byte[] {0}, StandardOpenOption.APPEND);
        assertBroken(() -> Snapshot.open(file(), Limits.DEFAULT));
    }

    @Test
    void aFlippedBitIsNoticedOrChangesNoAnswer() throws Exception {
        List<Advisory> advisories = new RandomAdvisories(2).list(3000);
        SnapshotFiles.write(file(), advisories);
        byte[] bytes = Files.readAllBytes(file());
        List<Object> right = answers(advisories);
        Random random = new Random(3);
        int noticed = 0;
        int tries = 250;
        for (int i = 0; i < tries; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), bytes);
            byte[] damaged = bytes.clone();
            bytes = undamaged(advisories);
            try {
                assertThat(answers(advisories)).as("damaged at %d", at).isEqualTo(right);
            } catch (LimpidException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_ADVISORIES);
                noticed++;
            }
            assertBroken(() -> verified(damaged));
        }
        // Every block is asked for, except what is only there for a search by another name.
        assertThat(noticed).isGreaterThan(tries / 2);
    }

    private static Object verified(byte[] bytes) throws IOException {
        Path copy = Files.createTempFile("snapshot", "damaged");
        try {
            Files.write(copy, bytes);
            try (Snapshot snapshot = Snapshot.open(copy, Limits.DEFAULT)) {
                assertThat(snapshot.isIntact()).isFalse();
                snapshot.verify();
            }
            return copy;
        } finally {
            Files.delete(copy);
        }
    }

    private byte[] undamaged(List<Advisory> advisories) throws IOException {
        if (Files.notExists(folder.resolve("whole"))) {
            SnapshotFiles.write(folder.resolve("whole"), advisories);
        }
        return Files.readAllBytes(folder.resolve("whole"));
    }

    private List<Object> answers(List<Advisory> advisories) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        List<Object> answers = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.open(file(), Limits.DEFAULT)) {
            answers.add(snapshot.header());
            for (Advisory advisory : advisories) {
                String name = advisory.subject().name();
                if (names.add(advisory.subject().namespace() + name)) {
                    answers.add(snapshot.about(advisory.subject().namespace(), name));
                }
            }
            answers.add(snapshot.named("CVE-2020-1"));
            answers.add(snapshot.whole(advisories.getFirst()));
        }
        return answers;
    }

    @Test
    void aFileThatIsSomethingElseIsNotOpened() throws IOException {
        for (int length : List.of(0, 1, 43, 44, 51, 52, 1000)) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            Files.write(file(), bytes);
            assertBroken(() -> Snapshot.open(file(), Limits.DEFAULT));
        }
        byte[] text = "limpid1\n".repeat(100).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Files.write(file(), text);
        assertBroken(() -> Snapshot.open(file(), Limits.DEFAULT));
    }

    @Test
    void anotherFormatIsToldApartFromDamage() throws IOException {
        SnapshotFiles.write(file(), new RandomAdvisories(1).list(4));
        byte[] bytes = Files.readAllBytes(file());
        int trailer = bytes.length - SnapshotFormat.TRAILER_BYTES;
        ByteBuffer.wrap(bytes).putInt(trailer + 28, 7);
        ByteBuffer.wrap(bytes).putInt(trailer + 32, BlockFile.crcOf(bytes, trailer, trailer + 32));
        Files.write(file(), bytes);
        assertThatExceptionOfType(LimpidException.class)
                .isThrownBy(() -> Snapshot.open(file(), Limits.DEFAULT))
                .withMessageContaining("format 7")
                .satisfies(e -> assertThat(e.hint()).contains("limpid db update"));
    }

    @Test
    void aFileThatIsCutWhileItIsOpenIsAnError() throws IOException {
        List<Advisory> advisories = new RandomAdvisories(5).list(3000);
        SnapshotFiles.write(file(), advisories);
        try (Snapshot snapshot = Snapshot.open(file(), Limits.DEFAULT)) {
            try (var channel = java.nio.channels.FileChannel.open(file(), StandardOpenOption.WRITE)) {
                channel.truncate(20_000);
            }
            assertBroken(() -> snapshot.about("debian:13", "package-1"));
        }
    }

    private static void assertBroken(Callable<?> action) {
        assertThatExceptionOfType(LimpidException.class)
                .isThrownBy(action::call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_ADVISORIES))
                .satisfies(e -> assertThat(e.hint()).isNotNull());
    }
}
