package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An optional document that makes no sense is a gap where there was nothing of it, and holds the part where there was. */
class SenselessDocumentsTest extends LinesKept {

    private static List<String> gaps(UpdateOutcome outcome) {
        assertThat(outcome).isInstanceOf(UpdateOutcome.Updated.class);
        return ((UpdateOutcome.Updated) outcome)
                .now().gaps().stream().map(Gap::what).toList();
    }

    private UpdateOutcome update(int packages, String version) throws InterruptedException {
        return update(document("debian:12", packages, version), ALWAYS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>log in", "", "debian:11 a CVE-1 1\n", "debian:11 a CVE-1 1\nwhat is this ? now\nend\n"})
    void isAsIfItWereNotThere(String senseless) throws Exception {
        server.publish(MORE, senseless);
        assertThat(update(30, "1.0")).isInstanceOfSatisfying(UpdateOutcome.Updated.class, updated -> {
            // Also what was read of it before it made none.
            assertThat(updated.now().records()).isEqualTo(30);
            assertThat(updated.notes()).anyMatch(note -> note.startsWith("more"));
        });
        for (String version : List.of("2.0", "3.0")) {
            assertThat(gaps(update(30, version)))
                    .singleElement()
                    .asString()
                    .startsWith("more")
                    .endsWith("; what only that document says is missing");
        }
        server.publish(MORE, document("debian:11", 20, "1.0"));
        assertThat(gaps(update(30, "3.0"))).isEmpty();
    }

    @Test
    void holdsUpAPartThatHadIt() throws Exception {
        server.publish(MORE, document("debian:11", 20, "1.0"));
        assertThat(gaps(update(30, "1.0"))).isEmpty();
        server.publish(MORE, "<html>log in");
        assertThat(update(30, "2.0"))
                .isInstanceOfSatisfying(
                        UpdateOutcome.Failed.class,
                        failed -> assertThat(failed.problem()).hasMessageContaining("web page"));
        server.remove(MORE);
        assertThat(gaps(update(30, "2.0")))
                .contains("its publisher has no more: what only that document says is missing");
        server.publish(MORE, "<html>log in");
        assertThat(gaps(update(30, "3.0"))).anyMatch(gap -> gap.contains("web page"));
    }

    @Test
    void oneThatIsCutOffInItsLastBytes() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write((document("debian:11", 20, "1.0") + "more").getBytes(StandardCharsets.UTF_8));
        }
        server.publish(MORE, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 3), null);
        assertThat(gaps(update(30, "1.0"))).singleElement().asString().contains("more, byte");
    }

    @Test
    void soIsOneThatAnotherNames() throws Exception {
        String names = "follow page-1 one\nfollow page-2 two\n" + document("debian:12", 30, "1.0");
        server.publish(MORE, document("debian:11", 20, "1.0"));
        server.publish("/lines/one", document("debian:10", 20, "1.0"));
        server.publish("/lines/two", "<html>log in");
        assertThat(gaps(update(names, ALWAYS))).singleElement().asString().startsWith("page-2: it is a web page");
        server.publish("/lines/two", document("debian:9", 20, "1.0"));
        assertThat(gaps(update(names, ALWAYS))).isEmpty();
        server.publish("/lines/two", "<html>log in");
        assertThat(update(names, ALWAYS)).isInstanceOf(UpdateOutcome.Failed.class);
    }

    @Test
    void manyThatMakeNoneAreAFailure() throws Exception {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i <= PartFetch.MOST_SENSELESS; i++) {
            names.append("follow page-").append(i).append(" page-").append(i).append('\n');
            server.publish("/lines/page-" + i, "<html>log in");
        }
        String text = names + document("debian:12", 30, "1.0");
        server.publish(MORE, document("debian:11", 20, "1.0"));
        assertThat(update(text, ALWAYS)).isInstanceOf(UpdateOutcome.Failed.class);
        server.remove("/lines/page-0");
        assertThat(gaps(update(text, ALWAYS))).hasSize(PartFetch.MOST_SENSELESS + 1);
    }

    @Test
    void oneThatIsRequiredIsAFailure() throws Exception {
        server.publish(MORE, document("debian:11", 20, "1.0"));
        assertThat(update("<html>", ALWAYS)).isInstanceOf(UpdateOutcome.Failed.class);
        server.publish(MORE, "<html>");
        assertThat(update("<html>", ALWAYS)).isInstanceOf(UpdateOutcome.Failed.class);
        assertThat(folder().current()).doesNotExist();
    }
}
