package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Limits;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Data of different origins are never mixed, and who is let in to one is nobody else's business. */
class OriginTest extends LinesKept {
    /** The store of a mirror, and a document of it as the server knows it. */
    private SnapshotStore mirrored(String userInfo) {
        String authority = server.base().getRawAuthority();
        return new SnapshotStore(
                cache, new Origin(URI.create("http://" + userInfo + authority + "/mirror")), Limits.DEFAULT);
    }

    private String atMirror(String path) {
        return "/mirror/" + server.base().getRawAuthority() + path;
    }

    @Test
    void whatAnotherOriginSaidIsNoConditionHere() throws Exception {
        server.publish(DATA, document("debian:12", 20, "1.0").getBytes(StandardCharsets.UTF_8), "\"1\"");
        updater().update(feed, feed.part(), ALWAYS);
        SnapshotStore mirrored = mirrored("");
        PartFolder imported = mirrored.part("lines", "all");
        Files.createDirectories(imported.path());
        Files.copy(folder().current(), imported.current());
        server.requests();
        server.publish(atMirror(DATA), document("debian:12", 20, "2.0").getBytes(StandardCharsets.UTF_8), "\"1\"");
        SnapshotUpdater other = new SnapshotUpdater(mirrored, new PlainDownloader(), clock);
        clock.pass(Duration.ofSeconds(1));
        assertThat(other.update(feed, feed.part(), ALWAYS)).isInstanceOf(UpdateOutcome.Updated.class);
        clock.pass(Duration.ofSeconds(1));
        assertThat(other.update(feed, feed.part(), ALWAYS)).isInstanceOf(UpdateOutcome.Unchanged.class);
        assertThat(server.requests())
                .containsExactly(atMirror(DATA), atMirror(MORE), atMirror(DATA) + "?", atMirror(MORE));
    }

    @Test
    void aMirrorsPasswordIsNeitherKeptNorTold() throws Exception {
        SnapshotStore mirrored = mirrored("user:secret@");
        SnapshotUpdater other = new SnapshotUpdater(mirrored, new PlainDownloader(), clock);
        List<String> told = new ArrayList<>();
        told.add(String.valueOf(other.update(feed, feed.part(), ALWAYS)));
        for (int status : new int[] {403, 304}) {
            server.refuse(atMirror(DATA), status);
            told.add(String.valueOf(other.update(feed, feed.part(), ALWAYS)));
        }
        server.publish(atMirror(DATA), document("debian:12", 20, "1.0"));
        told.add(String.valueOf(other.update(feed, feed.part(), ALWAYS)));
        told.add(String.valueOf(mirrored.origin()));
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.toList()) {
                told.add(file.toString());
                told.add(Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
            }
        }
        assertThat(told).anyMatch(words -> words.contains("/mirror")).noneMatch(words -> words.contains("secret"));
        assertThat(mirrored("user:other@").folder()).isEqualTo(mirrored("").folder());
    }

    @Test
    void aMirrorHasEveryDocumentUnderItsHost() {
        Origin origin = new Origin(URI.create("https://mirror.example/feeds/"));
        assertThat(origin.resolve(URI.create("https://security-tracker.debian.org/tracker/data/json?x=%20y")))
                .hasToString("https://mirror.example/feeds/security-tracker.debian.org/tracker/data/json?x=%20y");
        assertThat(new Origin(URI.create("https://mirror.example/feeds")).key()).isEqualTo(origin.key());
        assertThat(new Origin(URI.create("https://mirror.example/other")).key()).isNotEqualTo(origin.key());
    }
}
