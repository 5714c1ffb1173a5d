package io.limpid.feed.wolfi;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.FeedTar;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.secdb.SecdbAdvisories;
import io.limpid.feedformat.secdb.SecdbReader;
import io.limpid.feedformat.secdb.Statement;
import io.limpid.feedformat.secdb.Statements;
import io.limpid.feedformat.yaml.YamlJson;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Wolfi's security database, which says in which version something was fixed or that it never was there, and the repository of advisories that it was
 * made from, which also says what was not fixed, and which names are of one vulnerability.
 *
 * <p>Chainguard's images have packages of Wolfi too.
 */
public final class WolfiFeed implements Feed {
    private static final String ID = "wolfi";
    private static final String DATABASE = "security.json";
    private static final String ADVISORIES = "advisories.tar";
    private static final String SUFFIX = ".advisories.yaml";
    /** One byte more than is read of one. */
    private static final int FILE_BYTES = (1 << 24) + 1;

    private static final List<FeedPart> PARTS = List.of(new FeedPart(
            ID,
            "os",
            List.of(
                    new FeedPart.Document(
                            ADVISORIES,
                            URI.create("https://github.com/wolfi-dev/advisories/archive/refs/heads/main.tar.gz"),
                            false),
                    new FeedPart.Document(DATABASE, URI.create("https://packages.wolfi.dev/os/security.json"), true))));

    private static final Set<String> DISTROS = Set.of(ID, "chainguard");

    private static final List<String> NAMESPACES = List.of(
            Distros.of(ID, null, null).namespace(),
            Distros.of("chainguard", null, null).namespace());

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        return DISTROS.contains(distro.id()) ? PARTS : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return PARTS;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Statements statements = statements(documents, reading);
        SecdbAdvisories advisories =
                new SecdbAdvisories(ID, NAMESPACES, id -> "https://images.chainguard.dev/security/" + id, reading);
        SecdbReader.Header header = new SecdbReader(reading, (document, origin, fixes) -> {
                    for (Statements.Merged merged : statements.merge(origin, fixes)) {
                        advisories.fix(document, origin, merged);
                    }
                })
                .read(documents, DATABASE);
        if (header == null || header.packages() == 0) {
            throw new FeedException(DATABASE, null, "it lists no package");
        }
        for (Statement statement : statements.rest()) {
            for (String id : statement.ids()) {
                advisories.statement(ADVISORIES, statements.idOf(id), statement);
            }
        }
        return reading.end(DATABASE, null);
    }

    private static Statements statements(FeedDocuments documents, PartReading reading) throws IOException {
        Statements statements = new Statements();
        long[] files = {0};
        boolean there = FeedTar.read(documents, ADVISORIES, (path, member) -> {
            if (!path.endsWith(SUFFIX)) {
                return;
            }
            files[0]++;
            byte[] yaml;
            try (InputStream in = Objects.requireNonNull(member.open(path))) {
                yaml = in.readNBytes(FILE_BYTES);
            }
            for (Statement statement : read(path, yaml, member.limits(), reading)) {
                statements.add(ADVISORIES, statement);
            }
        });
        if (there && files[0] == 0) {
            throw new FeedException(ADVISORIES, null, "there is no file named *" + SUFFIX + " in it");
        }
        if (!there) {
            reading.note("no " + ADVISORIES + ": only what was fixed is known, not what is there and was not");
        }
        return statements;
    }

    private static List<Statement> read(String path, byte[] yaml, Limits limits, PartReading reading)
            throws IOException {
        AdvisoryFile file = new AdvisoryFile(path, reading);
        try {
            byte[] json = YamlJson.of(new ByteArrayInputStream(yaml), "YAML", limits);
            JsonStream.read(new ByteArrayInputStream(json), json.length, limits, file::read);
            return file.statements();
        } catch (FeedException | JsonException e) {
            reading.skip(path, String.valueOf(e.getMessage()));
            return List.of();
        }
    }
}
