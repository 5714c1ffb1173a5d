package io.limpid.report;

import io.limpid.format.Printable;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.AdvisorySource;
import io.limpid.model.Digest;
import io.limpid.model.Distro;
import io.limpid.model.ErrorCode;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.LayerSummary;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Origin;
import io.limpid.model.OriginClue;
import io.limpid.model.Package;
import io.limpid.model.Platform;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link JsonReportWriter} wrote, of this or another version with the same first number of the schema: what a later one added is passed
 * over, what an earlier one did not know yet is empty.
 *
 * <p>A report is foreign input like any other: one that lacks a member, has one of another kind or contradicts itself is refused.
 */
public final class ReportReader {
    private static final String MAJOR = "1.";
    private static final int SHOWN = 40;

    private ReportReader() {}

    /** Whether an object says that it is a report. */
    public static boolean isReport(JsonObject document) {
        return document.value("schemaVersion") != null;
    }

    /**
     * Reads one report to the end of the stream, which is not closed.
     *
     * @throws LimpidException when it is no report, contradicts itself or is larger than {@link Limits#sbomBytes}, the bound of every such list
     * @throws IOException when the stream cannot be read
     */
    public static Report read(InputStream in, Limits limits) throws IOException {
        try {
            if (!(Json.parse(in, limits.sbomBytes(), limits) instanceof JsonObject document)) {
                throw new JsonException("it is not an object");
            }
            return read(document);
        } catch (JsonException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads a report that has been parsed.
     *
     * @throws LimpidException when it is no report or contradicts itself
     */
    public static Report of(JsonObject document) throws LimpidException {
        try {
            return read(document);
        } catch (JsonException e) {
            throw unreadable(e);
        }
    }

    private static LimpidException unreadable(JsonException flaw) {
        return new LimpidException(
                ErrorCode.NOT_AN_IMAGE,
                "cannot read the report",
                flaw.getMessage(),
                "give it what limpid scan -o json wrote, as it was written");
    }

    private static Report read(JsonObject document) throws JsonException {
        String version = document.string("schemaVersion");
        if (version == null) {
            throw new JsonException("it has no schemaVersion");
        }
        if (!version.startsWith(MAJOR)) {
            throw new JsonException("its schema version is " + Printable.excerpt(version, SHOWN)
                    + ", and this version of limpid reads " + MAJOR + "x");
        }
        List<LayerSummary> layers = Members.each(document, "layers", ReportReader::layer);
        Set<Integer> indexes = new HashSet<>();
        for (LayerSummary layer : layers) {
            if (!indexes.add(layer.index())) {
                throw new JsonException("layer " + layer.index() + " is there twice");
            }
        }
        List<InventoryPackage> packages = Members.each(document, "packages", ReportReader::listed);
        FindingReader findings = new FindingReader(packages);
        JsonObject distro = document.object("distro");
        Inventory inventory = new Inventory(
                distro == null ? null : distro(distro),
                packages,
                origin(document.object("origin")),
                Members.each(document, "problems", ReportReader::problem));
        return Members.consistent(() -> new Report(
                target(Members.object(document, "target")),
                layers,
                inventory,
                Members.each(document, "findings", findings::read),
                Members.each(document, "advisories", ReportReader::advisories),
                verdict(Members.object(document, "verdict")),
                Members.eachIfThere(document, "overrides", one -> CorrectionMembers.read(one, findings))));
    }

    private static ScanTarget target(JsonObject target) throws JsonException {
        String platform = target.string("platform");
        return new ScanTarget(
                Members.text(target, "kind"),
                Members.text(target, "reference"),
                digest(target, "imageId"),
                digest(target, "manifestDigest"),
                platform == null ? null : platform(platform));
    }

    /** As {@link Platform#toString} writes it, whatever an image called itself. */
    private static Platform platform(String text) throws JsonException {
        String[] part = text.split("/", 3);
        if (part.length < 2) {
            throw new JsonException("member \"platform\": not a platform: " + Printable.excerpt(text, SHOWN));
        }
        return new Platform(part[0], part[1], part.length == 3 ? part[2] : null);
    }

    private static Distro distro(JsonObject distro) throws JsonException {
        return new Distro(
                Members.text(distro, "id"),
                distro.string("versionId"),
                distro.string("codename"),
                Members.text(distro, "namespace"),
                distro.string("endOfLife"));
    }

    private static Verdict verdict(JsonObject verdict) throws JsonException {
        String word = Members.text(verdict, "result");
        Verdict.Result result = Arrays.stream(Verdict.Result.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Members.unknown("result", word));
        Boolean complete = verdict.bool("complete");
        if (complete == null) {
            throw Members.missing("complete");
        }
        Boolean endOfLife = verdict.bool("endOfLife");
        return Members.consistent(() -> new Verdict(
                result,
                complete,
                verdict.strings("reasons"),
                endOfLife != null && endOfLife,
                verdict.strings("notes")));
    }

    private static LayerSummary layer(JsonObject layer) throws JsonException {
        Integer index = Members.index(layer, "index");
        Boolean verified = layer.bool("verified");
        if (index == null || verified == null) {
            throw Members.missing(index == null ? "index" : "verified");
        }
        return new LayerSummary(
                index,
                digest(layer, "diffId"),
                digest(layer, "digest"),
                layer.string("createdBy"),
                Members.count(layer, "sizeBytes"),
                verified);
    }

    private static InventoryPackage listed(JsonObject one) throws JsonException {
        JsonObject source = one.object("source");
        String location = one.string("location");
        Package value = new Package(
                Members.text(one, "type"),
                Members.text(one, "name"),
                Members.text(one, "version"),
                one.string("arch"),
                source == null
                        ? null
                        : new SourcePackage(Members.text(source, "name"), Members.text(source, "version")),
                one.string("module"),
                location == null ? "" : location);
        return new InventoryPackage(
                value,
                Members.text(one, "purl"),
                Members.index(one, "layer"),
                one.string("ownedBy"),
                Members.index(one, "removedInLayer"),
                one.string("repository"));
    }

    /** Reports before version 1.2 have none. */
    private static Origin origin(@Nullable JsonObject origin) throws JsonException {
        return origin == null
                ? Origin.UNKNOWN
                : new Origin(
                        origin.strings("products"),
                        origin.strings("contentSets"),
                        origin.strings("moduleStreams"),
                        Members.each(origin, "builds", ReportReader::build));
    }

    private static OriginClue.ImageBuild build(JsonObject build) throws JsonException {
        return new OriginClue.ImageBuild(
                build.string("component"),
                Members.text(build, "name"),
                Members.text(build, "version"),
                Members.text(build, "release"),
                build.string("arch"));
    }

    private static Problem problem(JsonObject problem) throws JsonException {
        return new Problem(Members.index(problem, "layer"), problem.string("path"), Members.text(problem, "what"));
    }

    private static AdvisorySource advisories(JsonObject source) throws JsonException {
        return new AdvisorySource(
                Members.text(source, "feed"),
                Members.text(source, "namespace"),
                Members.count(source, "records"),
                source.string("dataDate"),
                source.string("fetchedAt"),
                source.string("note"));
    }

    private static @Nullable Digest digest(JsonObject object, String name) throws JsonException {
        String text = object.string(name);
        return text == null ? null : Members.consistent(() -> Digest.parse(text));
    }
}
