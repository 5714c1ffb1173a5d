package io.limpid.detect.opkg;

import static io.limpid.detect.ProblemList.quoted;

import io.limpid.detect.Lines;
import io.limpid.detect.Paragraph;
import io.limpid.detect.Paragraph.Ending;
import io.limpid.detect.Paragraphs;
import io.limpid.detect.ProblemList;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of opkg's status file.
 *
 * <p>It has the form of dpkg's, but versions of any words, no empty line that must end it, and a Status whose third word is opkg's own
 * (libopkg, {@code pkg.c}): {@code opkg list-installed} lists those that are installed or unpacked.
 */
final class OpkgStatus {
    private static final List<String> FIELDS = List.of("package", "version", "status", "architecture");
    private static final int STATUS_WORDS = 3;
    private static final Set<String> PRESENT = Set.of("installed", "unpacked");
    private static final Set<String> ABSENT = Set.of("not-installed", "config-files");
    private static final Set<String> HALF =
            Set.of("half-configured", "half-installed", "post-inst-failed", "removal-failed");

    private final LayerFile file;
    private final ProblemList problems;
    private final Set<List<@Nullable String>> seen = new HashSet<>();
    private final List<Package> packages = new ArrayList<>();

    private OpkgStatus(LayerFile file, Limits limits) {
        this.file = file;
        this.problems = new ProblemList(file.path(), limits.problems());
    }

    static Detection read(LayerFile file, Limits limits) {
        OpkgStatus status = new OpkgStatus(file, limits);
        Paragraphs paragraphs = new Paragraphs(file.content(), FIELDS, limits.lineBytes(), false);
        for (Paragraph paragraph = paragraphs.next(); paragraph != null; paragraph = paragraphs.next()) {
            status.take(paragraph);
        }
        return new Detection(file.path(), status.packages, List.of(), status.problems.toList());
    }

    private void take(Paragraph paragraph) {
        if (paragraph.ending() == Ending.CUT) {
            problems.add("it ends in the middle of a line: it was cut short and packages may be missing");
            return;
        }
        String fault = paragraph.fault() == null ? fault(paragraph) : paragraph.fault();
        if (fault != null) {
            problems.add(named(paragraph) + " is skipped: " + fault);
            return;
        }
        String state = state(paragraph.get("status"));
        if (HALF.contains(state)) {
            problems.add(named(paragraph) + " is " + state + ": nobody can tell what of it is there");
        } else if (PRESENT.contains(state)) {
            add(paragraph);
        }
    }

    private void add(Paragraph paragraph) {
        String name = String.valueOf(paragraph.get("package"));
        String version = String.valueOf(paragraph.get("version"));
        String arch = paragraph.get("architecture");
        String known = isWord(arch) ? arch : null;
        List<@Nullable String> identity = new ArrayList<>();
        identity.add(name);
        identity.add(version);
        identity.add(known);
        if (seen.add(identity)) {
            packages.add(
                    new Package("opkg", name, version, known, new SourcePackage(name, version), null, file.path()));
        }
    }

    private static @Nullable String fault(Paragraph paragraph) {
        String name = paragraph.get("package");
        String version = paragraph.get("version");
        String state = state(paragraph.get("status"));
        if (name == null) {
            return "it has no Package";
        }
        if (!isWord(name)) {
            return "no package has the name " + quoted(name);
        }
        if (ABSENT.contains(state)) {
            return null;
        }
        if (!PRESENT.contains(state) && !HALF.contains(state)) {
            String status = paragraph.get("status");
            return status == null ? "it has no Status" : "it has the Status " + quoted(status);
        }
        if (version == null) {
            return "it has no Version";
        }
        return isWord(version) ? null : "its Version is " + quoted(version);
    }

    /** The third word of a Status, empty when there are not three. */
    private static String state(@Nullable String status) {
        String[] words = status == null ? new String[0] : status.strip().split("\\s+", -1);
        return words.length == STATUS_WORDS ? words[STATUS_WORDS - 1].toLowerCase(Locale.ROOT) : "";
    }

    private static String named(Paragraph paragraph) {
        String name = paragraph.get("package");
        return "the package " + (name == null ? "of line " + paragraph.line() : quoted(name));
    }

    private static boolean isWord(@Nullable String text) {
        return text != null && Lines.isWord(text);
    }
}
