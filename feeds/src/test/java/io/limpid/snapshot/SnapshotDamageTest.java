package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.limpid.model.Advisory;
import io.limpid.model.ErrorCode;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            assertThat(channel.size()).isGreaterThan(5_000);
            for (long length = channel.size() - 1; length >= 0; length--) {
                channel.truncate(length);
                assertBroken(() -> Snapshot.open(file(), Limits.DEFAULT));
            }
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
        List<FeedRecord> records = new RandomAdvisories(2).mixed(4000);
        SnapshotFiles.write(file(), records);
        List<Object> right = answers(records);
        Random random = new Random(3);
        int noticed = 0;
        int tries = 250;
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            for (int i = 0; i < tries; i++) {
                int at = random.nextInt((int) bytes.length());
                flip(bytes, at, 1 << (i % 8));
                try {
                    assertThat(answers(records)).as("damaged at %d", at).isEqualTo(right);
                } catch (LimpidException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_ADVISORIES);
                    noticed++;
                }
                assertBroken(this::verified);
                flip(bytes, at, 1 << (i % 8));
            }
        }
        // Every block is asked for, except what is only there for a search by another name.
        assertThat(noticed).isGreaterThan(tries / 2);
        assertThat(verified()).isEqualTo(file());
    }

    private static void flip(RandomAccessFile bytes, int at, int bit) throws IOException {
        bytes.seek(at);
        int value = bytes.read();
        bytes.seek(at);
        bytes.write(value ^ bit);
    }

    private Path verified() throws IOException {
        try (Snapshot snapshot = Snapshot.open(file(), Limits.DEFAULT)) {
            snapshot.verify();
            return file();
        }
    }

    private List<Object> answers(List<FeedRecord> records) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        List<Object> answers = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.open(file(), Limits.DEFAULT)) {
            answers.add(snapshot.header());
            for (FeedRecord one : records) {
                String name = name(one);
                if (names.add(name)) {
                    answers.add(answer(snapshot, one));
                }
            }
            answers.add(snapshot.named("CVE-2020-1"));
        }
        return answers;
    }

    private static String name(FeedRecord one) {
        return switch (one) {
            case Advisory advisory ->
                advisory.subject().namespace() + " " + advisory.subject().name();
            case VulnerabilityDetails details -> details.id();
            case RepositoryProducts told -> told.repository();
        };
    }

    private static List<?> answer(Snapshot snapshot, FeedRecord one) throws IOException {
        return switch (one) {
            case Advisory advisory ->
                snapshot.about(
                        advisory.subject().namespace(), advisory.subject().name());
            case VulnerabilityDetails details -> snapshot.details(details.id());
            case RepositoryProducts told -> snapshot.products(told.repository());
        };
    }

    @Test
    void aDamagedTextIsNoticedOrIsTheTextThatWasWritten() throws Exception {
        List<FeedRecord> records = new RandomAdvisories(7).mixed(60);
        SnapshotFiles.write(file(), records);
        List<Object> right = texts(records);
        Random random = new Random(4);
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            for (int i = 0; i < 60; i++) {
                int at = random.nextInt((int) bytes.length());
                flip(bytes, at, 1 << (i % 8));
                try {
                    assertThat(texts(records)).as("damaged at %d", at).isEqualTo(right);
                } catch (LimpidException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_ADVISORIES);
                }
                flip(bytes, at, 1 << (i % 8));
            }
        }
    }

    private List<Object> texts(List<FeedRecord> records) throws IOException {
        List<Object> texts = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.open(file(), Limits.DEFAULT)) {
            for (FeedRecord one : records) {
                switch (one) {
                    case Advisory advisory -> texts.add(snapshot.whole(advisory.withoutText()));
                    case VulnerabilityDetails details -> texts.add(snapshot.whole(details.withoutText()));
                    case RepositoryProducts _ -> {}
                }
            }
        }
        return texts;
    }

    @Test
    void aFileThatIsSomethingElseIsNotOpened() throws IOException {
        for (int length : List.of(0, 1, 43, 44, 51, 52, 1000)) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            Files.write(file(), bytes);
            assertBroken(() -> Snapshot.open(file(), Limits.DEFAULT));
        }
        byte[] text = "limpid1\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
        Files.write(file(), text);
        assertBroken(() -> Snapshot.open(file(), Limits.DEFAULT));
    }

    @Test
    void anotherFormatIsToldApartFromDamage() throws IOException {
        SnapshotFiles.write(file(), new RandomAdvisories(1).list(4));
        SnapshotFiles.makeOfAnotherVersion(file());
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
            try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
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
