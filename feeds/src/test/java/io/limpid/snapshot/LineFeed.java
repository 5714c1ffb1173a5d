package io.limpid.snapshot;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A feed whose documents are lines: {@code date DAY}, {@code NAMESPACE PACKAGE ID FIXED}, {@code follow NAME PATH [required]} or {@code keep NAME PATH REVISION} for a further
 * document, and at the end {@code end}.
 *
 * <p>One part has everything: a document that is required, {@code data}, and one that is not, {@code more}.
 */
final class LineFeed implements Feed {
    private static final Set<String> NAMING = Set.of("follow", "keep");

    private final String id;
    private final int version;
    private final URI base;
    private final List<FeedPart> parts;

    LineFeed(String id, int version, URI base) {
        this.id = id;
        this.version = version;
        this.base = base;
        parts = List.of(new FeedPart(
                id,
                "all",
                List.of(
                        new FeedPart.Document("data", base.resolve("/" + id + "/data"), true),
                        new FeedPart.Document("more", base.resolve("/" + id + "/more"), false))));
    }

    static LineFeed at(URI base) {
        return new LineFeed("lines", 1, base);
    }

    /** A document's text: all packages of a release, each fixed in the same version. */
    static String document(String namespace, int packages, String fixed) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < packages; i++) {
            text.append(namespace)
                    .append(" package-")
                    .append(i)
                    .append(" CVE-2024-")
                    .append(i)
                    .append(' ')
                    .append(fixed)
                    .append('\n');
        }
        return text.append("end\n").toString();
    }

    FeedPart part() {
        return parts.getFirst();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        return distro.id().equals("debian") ? parts : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return parts;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        String date = null;
        List<String> notes = new ArrayList<>();
        for (String name : documents.names()) {
            try (InputStream in = documents.open(name)) {
                String found = in == null ? null : read(name, in, sink, notes);
                date = found == null ? date : found;
            }
        }
        return new FeedReading(date, notes.size(), notes);
    }

    @Override
    public List<FeedPart.Document> follow(FeedPart part, FeedDocuments fetched) throws IOException {
        List<FeedPart.Document> named = new ArrayList<>();
        for (String name : fetched.names()) {
            try (InputStream in = Objects.requireNonNull(fetched.open(name))) {
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .lines()
                        .map(line -> line.split(" ", -1))
                        .filter(words -> NAMING.contains(words[0]))
                        .forEach(words -> named.add(new FeedPart.Document(
                                words[1],
                                base.resolve("/" + id + "/" + words[2]),
                                words.length == 4,
                                words[0].equals("keep") ? words[3] : null)));
            } catch (FeedException | UncheckedIOException _) {
                // Whoever reads it is told.
            }
        }
        return named;
    }

    private @Nullable String read(String name, InputStream in, Consumer<FeedRecord> sink, List<String> notes)
            throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String date = null;
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("end")) {
                return date;
            }
            String[] words = line.split(" ", -1);
            switch (NAMING.contains(words[0]) ? 0 : words.length) {
                case 0 -> {}
                case 2 -> date = words[1];
                case 3 -> notes.add(name + ", line " + number + ": no version");
                case 4 -> sink.accept(advisory(id, words[0], words[1], words[2], words[3]));
                default -> throw new FeedException(name, "line " + number, "not a line of this feed");
            }
            number++;
        }
        throw new FeedException(name, "line " + number, "it ends too early");
    }

    static Advisory advisory(String feed, String namespace, String name, String cve, String fixed) {
        return new Advisory(
                cve,
                List.of(cve.replace("CVE", "DSA")),
                feed,
                AdvisorySubject.ofSource(namespace, name),
                FixState.FIXED,
                List.of(VersionRange.before(fixed)),
                fixed,
                List.of(),
                "What " + cve + " is",
                null,
                null,
                List.of("https://example.org/" + cve),
                null,
                null);
    }
}
