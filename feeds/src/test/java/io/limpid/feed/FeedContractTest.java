package io.limpid.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.feed.FeedCases.Case;
import io.limpid.model.Advisory;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.testing.BrokenInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every feed keeps, whatever its publisher or a proxy before it sends: an exception that names the document, never half an answer. */
class FeedContractTest {
    private static final int CUTS = 50;
    private static final List<String> NO_DOCUMENTS = List.of(
            "",
            " \n\t ",
            "\ufeff",
            "null",
            "true",
            "42",
            "\"text\"",
            "{}",
            "[]",
            "[{}]",
            "{\"message\":\"Not found\"}",
            "<html><head><title>Sign in</title></head></html>",
            "<!DOCTYPE html>\n<html lang=en></html>",
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
            "<oval_definitions/>",
            "<oval_definitions><definitions/></oval_definitions>",
            "BZh91AY&SY",
            "404: Not Found\n",
            "\0\0\0\0");

    private static final List<Distro> DISTROS = List.of(
            Distros.of("debian", "12", null),
            Distros.of("debian", null, "sid"),
            Distros.of("ubuntu", "22.04", null),
            Distros.of("alpine", "3.18.9", null),
            Distros.of("alpine", "3.21.0_alpha20240923", null),
            Distros.of("ol", "8.9", null),
            Distros.of("photon", "5.0", null),
            Distros.of("mariner", "2.0.20240123", null),
            Distros.of("sles", "15.3", null),
            Distros.of("opensuse-tumbleweed", "20241215", null),
            Distros.of("arch", "20260101.0.1", null),
            Distros.of("gentoo", "2.14", null),
            Distros.of("", null, null),
            new Distro("photon", "5.0/..", null, "photon:5.0/..", null),
            new Distro("azurelinux", "3.0/../..", null, "azurelinux:3.0", null),
            new Distro("azurelinux", "..3.0", null, "azurelinux:3.0", null),
            new Distro("sles", "15.3/..", null, "sles:15.3/..", null),
            new Distro("opensuse-leap", "../15.3", null, "opensuse-leap:15.3", null),
            new Distro("debian", "../12", "../../x", "debian:../12", null),
            new Distro("ubuntu", "22.04/..", "jammy", "ubuntu:22.04/..", null),
            new Distro("ubuntu", "99.04", "../../x", "ubuntu:99.04", null),
            new Distro("ubuntu", "99.04", null, "ubuntu:99.04", null),
            new Distro("ubuntu", null, "jammy", "ubuntu:jammy", null),
            new Distro("alpine", "3.18", null, "alpine:3.18/../..", null),
            new Distro("alpine", "v3.1", null, "alpine:3.1", null));

    @TestFactory
    Stream<DynamicTest> contract() {
        return Feeds.all().stream()
                .flatMap(feed -> Stream.concat(
                        Stream.of(
                                dynamicTest(feed.id() + ": parts", () -> parts(feed)),
                                dynamicTest(feed.id() + ": parts for distributions", () -> partsFor(feed)),
                                dynamicTest(feed.id() + ": changed", () -> changed(feed))),
                        FeedCases.samples(feed).stream().flatMap(FeedContractTest::contract)));
    }

    private static Stream<DynamicTest> contract(Case sample) {
        return Stream.of(
                dynamicTest(sample.name() + ": no document", () -> noDocument(sample)),
                dynamicTest(sample.name() + ": cut", () -> cut(sample)),
                dynamicTest(sample.name() + ": not readable", () -> notReadable(sample)),
                dynamicTest(sample.name() + ": bounded", () -> bounded(sample)),
                dynamicTest(sample.name() + ": always the same", () -> alwaysTheSame(sample)));
    }

    @Test
    void feedsAreSortedAndNamedAfterTheirFolders() {
        assertThat(Feeds.all()).extracting(Feed::id).isSorted().doesNotHaveDuplicates();
        assertThat(Feeds.all())
                .allSatisfy(
                        feed -> assertThat(feed.getClass().getPackageName()).isEqualTo("io.limpid.feed." + feed.id()));
    }

    private static void parts(Feed feed) throws IOException {
        assertThat(feed.parts()).isNotEmpty();
        for (FeedPart part : feed.parts()) {
            valid(feed, part);
        }
        assertThat(feed.parts()).extracting(FeedPart::name).isSorted().doesNotHaveDuplicates();
        assertThat(feed.parts()).isEqualTo(feed.parts());
    }

    private static void valid(Feed feed, FeedPart part) {
        assertThat(part.feed()).isEqualTo(feed.id());
        assertThat(part.documents()).anyMatch(FeedPart.Document::required);
        assertThat(part.documents()).extracting(FeedPart.Document::name).doesNotHaveDuplicates();
        assertThat(part.documents()).extracting(FeedPart.Document::url).allSatisfy(url -> {
            assertThat(url).isEqualTo(url.normalize());
            assertThat(url.getScheme()).isEqualTo("https");
            assertThat(url.getHost()).isNotNull();
        });
    }

    private static void partsFor(Feed feed) {
        for (Distro distro : DISTROS) {
            List<FeedPart> parts = new ArrayList<>(feed.partsFor(distro));
            parts.addAll(feed.standIns(distro));
            assertThat(parts).as(distro.toString()).allSatisfy(part -> valid(feed, part));
            // What an image says of itself leads nowhere else.
            assertThat(parts.toString()).as(distro.toString()).doesNotContain("..");
        }
        assertThat(feed.partsFor(Distros.of("gentoo", "2.14", null))).isEmpty();
        assertThat(feed.standIns(Distros.of("gentoo", "2.14", null))).isEmpty();
        assertThat(feed.partsFor(Distros.of(feed.id() + "x", "12", null))).isEmpty();
    }

    private static void noDocument(Case sample) throws IOException {
        for (FeedPart.Document document : sample.documentsAndThoseTheyName()) {
            for (String text : NO_DOCUMENTS) {
                assertThatThrownBy(() -> read(sample, with(sample, document.name(), text.getBytes(UTF_8))))
                        .as("%s of %s is %s", document.name(), sample.part(), text)
                        .isInstanceOf(FeedException.class)
                        .hasMessageStartingWith(document.name());
            }
        }
    }

    private static void cut(Case sample) {
        for (var document : sample.contents().entrySet()) {
            byte[] whole = document.getValue();
            int end = whole.length;
            // What is behind the end of a text or of an archive may as well be missing.
            while (end > 0 && whole[end - 1] <= ' ' && whole[end - 1] >= 0) {
                end--;
            }
            for (int i = 0; i < CUTS; i++) {
                byte[] half = Arrays.copyOf(whole, (int) ((long) end * i / CUTS));
                assertThatThrownBy(() -> read(sample, with(sample, document.getKey(), half)))
                        .as("%s cut to %d of %d bytes", document.getKey(), half.length, whole.length)
                        .isInstanceOf(FeedException.class)
                        .hasMessageStartingWith(document.getKey());
            }
        }
    }

    private static void changed(Feed feed) throws IOException {
        Random random = new Random(1);
        for (Case one : FeedCases.of(feed)) {
            for (var document : one.contents().entrySet()) {
                for (int i = 0; i < 300 && document.getValue().length > 0; i++) {
                    byte[] changed = document.getValue().clone();
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                    try {
                        read(one, with(one, document.getKey(), changed));
                    } catch (FeedException expected) {
                        assertThat(expected.getMessage()).matches("(?s)[A-Za-z0-9._/ -]+(, .*)?: .+");
                    }
                }
            }
        }
    }

    /** What the disk or the decoder says passes as it is: it is not the publisher's fault. */
    private static void notReadable(Case sample) {
        for (String name : sample.contents().keySet()) {
            IOException failure = new IOException("the disk is gone");
            FeedDocuments broken = new FeedDocuments() {
                @Override
                public @Nullable InputStream open(String asked) throws IOException {
                    return asked.equals(name)
                            ? new BrokenInput(failure)
                            : sample.documents().open(asked);
                }

                @Override
                public List<String> names() {
                    return sample.documents().names();
                }

                @Override
                public Limits limits() {
                    return Limits.DEFAULT;
                }
            };
            assertThatThrownBy(() -> read(sample, broken)).isSameAs(failure);
        }
    }

    private static void bounded(Case sample) throws IOException {
        int bytes = sample.contents().values().stream()
                .mapToInt(content -> content.length)
                .max()
                .orElseThrow();
        List<FeedRecord> all = read(sample, sample.documents());
        assertThat(read(sample, Documents.of(sample.contents(), FeedLimits.of(bytes, all.size()))))
                .isEqualTo(all);
        assertThatThrownBy(() -> read(sample, Documents.of(sample.contents(), FeedLimits.of(bytes - 1, all.size()))))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("bytes");
        assertThatThrownBy(() -> read(sample, Documents.of(sample.contents(), FeedLimits.of(bytes, all.size() - 1))))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("feed-advisories");
    }

    private static void alwaysTheSame(Case sample) throws IOException {
        List<FeedRecord> all = read(sample, sample.documents());
        assertThat(all).isNotEmpty().isEqualTo(read(sample, sample.documents()));
        assertThat(all).allSatisfy(one -> {
            switch (one) {
                case Advisory advisory -> {
                    assertThat(advisory.feed()).isEqualTo(sample.feed().id());
                    // Of a distribution that has one release for ever the name alone.
                    assertThat(advisory.subject().namespace()).matches("[a-z][a-z-]*(:.+)?");
                    assertThat(String.valueOf(advisory.url())).startsWith("https://");
                }
                case VulnerabilityDetails details -> {
                    assertThat(details.feed()).isEqualTo(sample.feed().id());
                    assertThat(details.url() == null || details.url().startsWith("https://"))
                            .as("%s", details.url())
                            .isTrue();
                }
                case RepositoryProducts told -> assertThat(told.products()).isNotEmpty();
            }
        });
    }

    private static List<FeedRecord> read(Case one, FeedDocuments documents) throws IOException {
        one.feed().follow(one.part(), documents);
        List<FeedRecord> records = new ArrayList<>();
        FeedReading reading = one.feed().read(one.part(), documents, records::add);
        assertThat(reading.notes()).hasSizeLessThanOrEqualTo(documents.limits().problems());
        return records;
    }

    private static Documents with(Case sample, String name, byte[] content) {
        Map<String, byte[]> contents = new LinkedHashMap<>(sample.contents());
        contents.put(name, content);
        return Documents.of(contents);
    }
}
