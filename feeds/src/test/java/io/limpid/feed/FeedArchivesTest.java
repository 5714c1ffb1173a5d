package io.limpid.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Archives among documents: every member or an error, whatever is done to the bytes. */
class FeedArchivesTest {

    enum Form {
        TAR {
            @Override
            byte[] of(Map<String, String> members) throws IOException {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
                    write(out, members, (name, size) -> {
                        TarArchiveEntry entry = new TarArchiveEntry(name);
                        entry.setSize(size);
                        return entry;
                    });
                }
                return bytes.toByteArray();
            }

            @Override
            boolean read(FeedDocuments documents, FeedMember.Reading reading) throws IOException {
                return FeedTar.read(documents, "archive", reading);
            }
        },
        ZIP {
            @Override
            byte[] of(Map<String, String> members) throws IOException {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
                    write(out, members, (name, _) -> new ZipArchiveEntry(name));
                }
                return bytes.toByteArray();
            }

            @Override
            boolean read(FeedDocuments documents, FeedMember.Reading reading) throws IOException {
                return FeedZip.read(documents, "archive", reading);
            }
        };

        abstract byte[] of(Map<String, String> members) throws IOException;

        abstract boolean read(FeedDocuments documents, FeedMember.Reading reading) throws IOException;

        interface Entries<E> {
            E entry(String name, int size);
        }

        static <E extends ArchiveEntry> void write(
                ArchiveOutputStream<E> out, Map<String, String> members, Entries<E> entries) throws IOException {
            for (var member : members.entrySet()) {
                byte[] content = member.getValue().getBytes(UTF_8);
                out.putArchiveEntry(entries.entry(member.getKey(), content.length));
                out.write(content);
                out.closeArchiveEntry();
            }
        }
    }

    private static final Map<String, String> MEMBERS = members();

    private static Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("top/", "");
        members.put("top/a.json", "{\"a\":1}");
        members.put("top/empty", "");
        for (int i = 0; i < 20; i++) {
            members.put("top/" + i, ("member " + i + "\n").repeat(100 * i));
        }
        return members;
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>(MEMBERS);
        files.remove("top/");
        return files;
    }

    private static Map<String, String> read(Form form, byte[] archive) throws IOException {
        Map<String, String> read = new LinkedHashMap<>();
        form.read(Documents.of(Map.of("archive", archive)), (path, member) -> {
            assertThat(member.names()).containsExactly(path);
            try (InputStream in = Objects.requireNonNull(member.open(path))) {
                read.put(path, new String(in.readAllBytes(), UTF_8));
            }
        });
        return read;
    }

    @ParameterizedTest
    @EnumSource
    void everyMemberInItsOrder(Form form) throws IOException {
        assertThat(read(form, form.of(MEMBERS))).containsExactlyEntriesOf(files());
    }

    @ParameterizedTest
    @EnumSource
    void whoeverReadsNothingOfAMemberLosesNothing(Form form) throws IOException {
        StringBuilder paths = new StringBuilder();
        assertThat(form.read(Documents.of(Map.of("archive", form.of(MEMBERS))), (path, _) -> paths.append(path)))
                .isTrue();
        assertThat(paths.toString()).isEqualTo(String.join("", files().keySet()));
        assertThat(form.read(Documents.of(Map.of()), (_, _) -> {})).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void cutAnywhereItIsAnError(Form form) throws IOException {
        byte[] whole = form.of(MEMBERS);
        // A tar's last blocks are zeros that nobody needs: two of them are its end. A zip's last record follows its
        // list of members.
        int needed = form == Form.TAR ? (lastByte(whole) / 512 + 3) * 512 : whole.length;
        for (int i = 0; i < 200; i++) {
            byte[] half = Arrays.copyOf(whole, (int) ((long) needed * i / 200));
            assertThatThrownBy(() -> read(form, half))
                    .as("%d of %d bytes", half.length, whole.length)
                    .isInstanceOf(FeedException.class)
                    .hasMessageStartingWith("archive: ");
        }
    }

    private static int lastByte(byte[] bytes) {
        int last = bytes.length - 1;
        while (bytes[last] == 0) {
            last--;
        }
        return last;
    }

    @ParameterizedTest
    @EnumSource
    void whateverItIsItIsReadOrAnError(Form form) throws IOException {
        byte[] whole = form.of(MEMBERS);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                read(form, changed);
            } catch (FeedException expected) {
                assertThat(expected.getMessage()).startsWith("archive: ");
            }
        }
        for (byte[] none : new byte[][] {{}, "text".getBytes(UTF_8), new byte[2048], "<html>".getBytes(UTF_8)}) {
            assertThatThrownBy(() -> read(form, none)).isInstanceOf(FeedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongWithAMemberIsToldWithBothNames(Form form) throws IOException {
        byte[] archive = form.of(MEMBERS);
        assertThatThrownBy(() -> form.read(Documents.of(Map.of("archive", archive)), (path, member) -> {
                    if (path.equals("top/3")) {
                        FeedJson.read(member, path, json -> json.object(_ -> {}));
                    }
                }))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith("archive: top/3: ");
    }

    @Test
    void plainBytesAreBounded() throws IOException {
        byte[] archive = Form.ZIP.of(Map.of("zeros", "0".repeat(3_000_000)));
        assertThatThrownBy(() -> Form.ZIP.read(
                        Documents.of(Map.of("archive", archive), FeedLimits.of(1_000_000, 10)), (path, member) -> {
                            try (InputStream in = Objects.requireNonNull(member.open(path))) {
                                in.readAllBytes();
                            }
                        }))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("feed-plain-bytes");
    }
}
