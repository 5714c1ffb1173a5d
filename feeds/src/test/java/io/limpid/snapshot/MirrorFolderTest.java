package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarReader;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mirror that is a folder gives what one on the network would, and archives also where they lie unpacked. */
final class MirrorFolderTest {
    @TempDir
    private Path temporary;

    private Path mirror;
    private Path file;

    private final MirrorFolder downloader = new MirrorFolder(_ -> new Download.Absent(410));

    @BeforeEach
    void lay() throws IOException {
        mirror = Files.createDirectories(temporary.resolve("mirror with a space"));
        file = temporary.resolve("document");
        write("example.org/data.json", "plain");
        write("example.org/list.json.gz", "packed");
        write("git.example.org/repo/snapshot/active/CVE-1", "one");
        write("git.example.org/repo/snapshot/.git/HEAD", "not this");
        Files.createSymbolicLink(mirror.resolve("git.example.org/repo/snapshot/link"), mirror.resolve("outside"));
        write("outside", "secret");
    }

    private void write(String path, String content) throws IOException {
        Path to = mirror.resolve(path);
        Files.createDirectories(to.getParent());
        Files.writeString(to, content);
    }

    private Download download(String url, @Nullable String etag, long most) throws IOException {
        URI resolved = new Origin(mirror.toUri()).resolve(URI.create(url));
        return downloader.download(new DownloadRequest(resolved, file, etag, null, most));
    }

    private Download.Fetched fetched(String url) throws IOException {
        return (Download.Fetched) download(url, null, 1 << 20);
    }

    @Test
    void filesAsTheyLie() throws IOException {
        Download.Fetched fetched = fetched("https://example.org/data.json");
        assertThat(file).hasContent("plain");
        assertThat(fetched.bytes()).isEqualTo(5);
        assertThat(fetched.digest().hex()).isEqualTo(Origin.digest("plain"));
        fetched("https://example.org/list.json");
        assertThat(file).hasContent("packed");
    }

    @Test
    void whatHasNotChangedIsNotTakenAgain() throws IOException {
        for (String url : List.of("https://example.org/data.json", "https://git.example.org/repo/snapshot.tar.xz")) {
            String etag = fetched(url).etag();
            assertThat(download(url, etag, 1 << 20)).isEqualTo(new Download.NotModified());
            write("example.org/data.json", "changed");
            write("git.example.org/repo/snapshot/active/CVE-2", "two");
            assertThat(download(url, etag, 1 << 20)).isInstanceOf(Download.Fetched.class);
        }
    }

    @Test
    void aFolderForAnArchive() throws IOException {
        fetched("https://git.example.org/repo/snapshot.tar.xz");
        List<String> members = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            TarReader tar = new TarReader(in, Limits.DEFAULT, 1 << 12);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                members.add(entry.name() + "=" + new String(tar.readContent(100), StandardCharsets.UTF_8));
            }
        }
        assertThat(members).containsExactly("active/CVE-1=one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/nothing.json",
                "https://example.org/../outside",
                "https://example.org/%2e%2e/outside",
                "https://example.org/a%00b",
                "https://example.org/data.json?page=1",
                "https://git.example.org/repo/snapshot",
                "https://git.example.org/repo/snapshot.zip",
            })
    void whatIsNotThere(String url) throws IOException {
        assertThat(download(url, null, 1 << 20)).isEqualTo(new Download.Absent(404));
        assertThat(file).doesNotExist();
    }

    @Test
    void bounded() throws IOException {
        assertThat(download("https://example.org/data.json", null, 5)).isInstanceOf(Download.Fetched.class);
        assertThatThrownBy(() -> download("https://example.org/data.json", null, 4))
                .isInstanceOf(LimpidException.class)
                .hasMessageContaining("more than 4 bytes");
        assertThat(file).doesNotExist();
    }

    @Test
    void whatIsElsewhereIsFetchedByOthers() throws IOException {
        assertThat(downloader.download(new DownloadRequest(URI.create("https://example.org/x"), file, null, null, 1)))
                .isEqualTo(new Download.Absent(410));
        assertThat(MirrorFolder.isFolder(URI.create("file://host/x"))).isFalse();
        assertThat(MirrorFolder.isFolder(URI.create("file:x"))).isFalse();
        assertThat(new Origin(URI.create("file:///srv/feeds")).key()).startsWith("mirror-folder-");
    }
}
