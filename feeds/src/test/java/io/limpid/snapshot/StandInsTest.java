package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.match.Advisories;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Of parts that say the same one is used, the first that has anything, and what the others lack is no gap then. */
class StandInsTest extends LinesKept {
    private static final Distro BOOKWORM = Distros.of("debian", "12", null);
    private static final String OWN = "/lines/own";
    private static final String FIRST = "/lines/first";
    private static final String SECOND = "/lines/second";

    private final Feed threeParts = new Feed() {
        private FeedPart part(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            return new FeedPart(
                    "lines",
                    name,
                    List.of(new FeedPart.Document(name, server.base().resolve(path), true)));
        }

        @Override
        public String id() {
            return "lines";
        }

        @Override
        public List<FeedPart> partsFor(Distro distro) {
            return List.of(part(OWN));
        }

        @Override
        public List<FeedPart> standIns(Distro distro) {
            return List.of(part(FIRST), part(SECOND));
        }

        @Override
        public List<FeedPart> parts() {
            return List.of(part(FIRST), part(OWN), part(SECOND));
        }

        @Override
        public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
            return LineFeed.at(server.base()).read(part, documents, sink);
        }
    };

    private Advisories advisories(boolean offline) throws InterruptedException {
        SupplyPolicy policy = new SupplyPolicy(offline, Duration.ofHours(1), Duration.ofSeconds(60));
        return new SnapshotSupply(List.of(threeParts), store(), updater(), policy, clock).forDistro(BOOKWORM);
    }

    private static String fixed(Advisories advisories) throws IOException {
        return String.join(
                " ",
                advisories.about("debian:12", "package-3").stream()
                        .map(advisory -> String.valueOf(advisory.fixedVersion()))
                        .toList());
    }

    @Test
    void whatIsMadeForTheReleaseIsUsedAlone() throws Exception {
        server.publish(OWN, document("debian:12", 5, "1.0"));
        server.publish(FIRST, document("debian:12", 5, "2.0"));
        try (Advisories advisories = advisories(false)) {
            assertThat(fixed(advisories)).isEqualTo("1.0");
            assertThat(advisories.gaps("debian:12")).isEmpty();
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void theFirstThatSpeaksOfTheReleaseStandsIn() throws Exception {
        server.publish(FIRST, document("debian:11", 5, "2.0"));
        server.publish(SECOND, document("debian:12", 5, "3.0"));
        try (Advisories advisories = advisories(false)) {
            assertThat(fixed(advisories)).isEqualTo("3.0");
            assertThat(advisories.gaps("debian:12")).isEmpty();
            assertThat(advisories.sources("debian:12"))
                    .singleElement()
                    .satisfies(source -> assertThat(source.note()).contains("lines/own"));
        }
        // What was kept is used without asking anybody.
        try (Advisories advisories = advisories(true)) {
            assertThat(fixed(advisories)).isEqualTo("3.0");
        }
    }

    @Test
    void whatStoodInGoesWhenTheReleaseHasItsOwnAgain() throws Exception {
        server.publish(FIRST, document("debian:12", 5, "2.0"));
        try (Advisories advisories = advisories(false)) {
            assertThat(fixed(advisories)).isEqualTo("2.0");
        }
        server.publish(OWN, document("debian:12", 5, "1.0"));
        clock.pass(Duration.ofHours(2));
        try (Advisories advisories = advisories(false)) {
            assertThat(fixed(advisories)).isEqualTo("1.0");
        }
    }

    @Test
    void whereNothingSpeaksOfTheReleaseAllGapsAreTold() throws Exception {
        server.refuse(FIRST, 503);
        try (Advisories advisories = advisories(false)) {
            assertThat(fixed(advisories)).isEmpty();
            assertThat(advisories.gaps("debian:12"))
                    .hasSize(3)
                    .anySatisfy(gap -> assertThat(gap).startsWith("lines/own: "))
                    .anySatisfy(gap -> assertThat(gap).startsWith("lines/first: could not be updated"));
        }
    }
}
