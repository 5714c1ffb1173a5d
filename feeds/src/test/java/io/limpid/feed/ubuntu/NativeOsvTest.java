package io.limpid.feed.ubuntu;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Documents;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.format.compress.Compression;
import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarReader;
import io.limpid.model.Advisory;
import io.limpid.model.FixState;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records as Canonical published them. */
final class NativeOsvTest {
    private static final Limits LIMITS = Limits.DEFAULT;

    private static byte[] records() throws IOException {
        TarMaker archive = new TarMaker();
        try (InputStream file = Files.newInputStream(Shared.require("feeds/_samples/native-fixtures.tar.xz"));
                InputStream plain = Compression.XZ.open(file, LIMITS)) {
            TarReader tar = new TarReader(plain, LIMITS, 1 << 16);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                if (entry.kind() == TarEntry.Kind.FILE && entry.name().contains("vunnel/ubuntu/osv")) {
                    archive.file(entry.name(), tar.readContent(LIMITS.documentBytes()));
                }
            }
        }
        return archive.bytes();
    }

    private static List<Advisory> advisories() throws IOException {
        List<Advisory> advisories = new ArrayList<>();
        UbuntuFeed feed = new UbuntuFeed();
        FeedPart osv = feed.parts().stream()
                .filter(part -> part.name().equals("osv"))
                .findFirst()
                .orElseThrow();
        FeedReading reading = feed.read(osv, Documents.of(Map.of("osv.tar", records())), record -> {
            if (record instanceof Advisory advisory) {
                advisories.add(advisory);
            }
        });
        assertThat(reading.notes()).isEmpty();
        return advisories;
    }

    private static List<String> said(List<Advisory> advisories, String id, String source) {
        return advisories.stream()
                .filter(one -> one.id().equals(id) && one.subject().name().equals(source))
                .map(one -> one.subject().namespace() + " " + one.state().word()
                        + (one.fixedVersion() == null ? "" : " " + one.fixedVersion()))
                .toList();
    }

    @Test
    void whatTheyMean() throws IOException {
        List<Advisory> advisories = advisories();
        assertThat(said(advisories, "CVE-2022-24823", "netty"))
                .containsExactly(
                        "ubuntu:14.04 affected",
                        "ubuntu:16.04 fixed-in-pro 1:4.0.34-1ubuntu0.1~esm2",
                        "ubuntu:18.04 fixed-in-pro 1:4.1.7-4ubuntu0.1+esm3",
                        "ubuntu:20.04 fixed-in-pro 1:4.1.45-1ubuntu0.1~esm2",
                        "ubuntu:22.04 fixed-in-pro 1:4.1.48-4+deb11u2ubuntu0.1~esm1",
                        "ubuntu:24.04 fixed-in-pro 1:4.1.48-9ubuntu0.1~esm1",
                        "ubuntu:25.10 affected",
                        "ubuntu:26.04 affected");
        // Only Pro's archive has it, though its version does not tell.
        assertThat(said(advisories, "CVE-2014-9913", "unzip"))
                .containsExactly("ubuntu:14.04 fixed-in-pro 6.0-9ubuntu1.6", "ubuntu:16.04 fixed 6.0-20ubuntu1.1");
        assertThat(said(advisories, "CVE-2021-3782", "wayland"))
                .containsExactly(
                        "ubuntu:16.04 fixed-in-pro 1.12.0-1~ubuntu16.04.3+esm1",
                        "ubuntu:18.04 fixed 1.16.0-1ubuntu1.1~18.04.4",
                        "ubuntu:20.04 fixed 1.18.0-1ubuntu0.1",
                        "ubuntu:22.04 fixed 1.20.0-1ubuntu0.1");
        assertThat(said(advisories, "CVE-2016-20013", "glibc"))
                .containsExactly(
                        "ubuntu:16.04 affected",
                        "ubuntu:18.04 affected",
                        "ubuntu:20.04 affected",
                        "ubuntu:22.04 affected",
                        "ubuntu:24.04 affected");
        // Withdrawn, and a bulletin, which says the same once more.
        assertThat(said(advisories, "CVE-2014-2901", "wolfssl")).isEmpty();
        assertThat(advisories)
                .allSatisfy(one -> assertThat(one.id()).startsWith("CVE-"))
                .filteredOn(one -> one.id().equals("CVE-2021-3782"))
                .allSatisfy(one -> {
                    assertThat(one.aliases()).containsExactly("USN-5614-1", "USN-5614-2");
                    assertThat(one.severities().getFirst().word()).isEqualTo("medium");
                })
                .noneMatch(one -> one.state() == FixState.NOT_AFFECTED);
    }
}
