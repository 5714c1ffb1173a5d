package io.limpid.detect.dpkg;

import static io.limpid.detect.ProblemList.quoted;

import io.limpid.detect.Paragraph;
import io.limpid.detect.Paragraph.Ending;
import io.limpid.detect.Paragraphs;
import io.limpid.detect.ProblemList;
import io.limpid.layer.LayerFile;
import io.limpid.model.DebianSyntax;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reading of a status file: paragraphs become packages, what is wrong with them becomes problems. */
final class StatusFile {
    private static final List<String> FIELDS = List.of("package", "status", "architecture", "source", "version");
    private static final int STATUS_WORDS = 3;
    // Fields that nobody asks for may be long (a list of a thousand dependencies is); at some length it is damage or an
    // attack.
    private static final int LONGEST_LINE_IN_FIELDS = 16;

    private record Key(String name, @Nullable String arch) {}

    private final LayerFile file;
    private final Limits limits;
    private final boolean whole;
    private final ProblemList problems;
    private final Map<Key, Package> first = new LinkedHashMap<>();
    private final List<Package> packages = new ArrayList<>();
    /** The states by their Status: nearly all packages of a file have the same. */
    private final Map<String, String> states = new HashMap<>();

    private StatusFile(LayerFile file, Limits limits, boolean whole) {
        this.file = file;
        this.limits = limits;
        this.whole = whole;
        this.problems = new ProblemList(file.path(), limits.problems());
    }

    /** Reads dpkg's own file, which ends with an empty line. */
    static Detection status(LayerFile file, Limits limits) {
        return new StatusFile(file, limits, true).read();
    }

    /** Reads the control fields of a package, which need neither a Status nor an empty line behind them. */
    static Detection fragment(LayerFile file, Limits limits) {
        return new StatusFile(file, limits, false).read();
    }

    private Detection read() {
        Paragraphs paragraphs = new Paragraphs(file.content(), FIELDS, limits.lineBytes(), false);
        @Nullable Ending ending = null;
        for (Paragraph paragraph = paragraphs.next(); paragraph != null; paragraph = paragraphs.next()) {
            take(paragraph);
            ending = paragraph.ending();
        }
        if (!whole && ending == null) {
            problems.add("it is empty: the package that it was of is missing");
        }
        if (whole && ending != null && ending != Ending.EMPTY_LINE) {
            problems.add("it does not end with an empty line, as dpkg writes it: it was cut short and packages may be"
                    + " missing");
        }
        return new Detection(file.path(), packages, List.of(), problems.toList());
    }

    private void take(Paragraph paragraph) {
        if (whole && paragraph.ending() == Ending.CUT) {
            // Half a line may be half a version: the problem of the cut file stands for this paragraph.
            return;
        }
        if (paragraph.longestLine() / LONGEST_LINE_IN_FIELDS > limits.lineBytes()) {
            problem(paragraph, "has a line of " + paragraph.longestLine() + " bytes, which no dpkg writes");
        }
        if ("version".equals(paragraph.cutField()) || "source".equals(paragraph.cutField())) {
            problem(paragraph, "ends with the file, in the middle of its " + paragraph.cutField());
        }
        String fault = fault(paragraph);
        if (fault != null) {
            problem(paragraph, "is skipped: " + fault);
            return;
        }
        if (whole && paragraph.get("status") == null) {
            // As far as dpkg is concerned it is not there; but somebody wrote it down, and not as removed.
            problem(paragraph, "has no Status, which dpkg always writes; it counts as installed");
        }
        if (isInstalled(paragraph)) {
            add(installed(paragraph));
        }
    }

    private @Nullable String fault(Paragraph paragraph) {
        if (paragraph.fault() != null) {
            return paragraph.fault();
        }
        String name = paragraph.get("package");
        String version = paragraph.get("version");
        String status = paragraph.get("status");
        if (name == null) {
            return "it has no Package";
        }
        if (!DebianSyntax.isName(name)) {
            return "no package has the name " + quoted(name);
        }
        if (status != null && state(status).isEmpty()) {
            return "it has the Status " + quoted(status);
        }
        if (version == null) {
            // dpkg forgets the version of a package that it no longer has.
            return status != null && DpkgSyntax.GONE.contains(state(status)) ? null : "it has no Version";
        }
        if (status == null && whole && paragraph.ending() != Ending.EMPTY_LINE) {
            return "it has no Status";
        }
        String wrong = DebianSyntax.versionFault(version);
        return wrong == null ? null : "its Version " + quoted(version) + " " + wrong;
    }

    /** The third word of a Status in lower case, empty when it has not three or dpkg does not know it. */
    private String state(String status) {
        return states.computeIfAbsent(status, StatusFile::thirdWord);
    }

    private static String thirdWord(String status) {
        String[] words = status.toLowerCase(Locale.ROOT).split("\\s+", STATUS_WORDS + 1);
        boolean known = words.length == STATUS_WORDS && DpkgSyntax.STATES.contains(words[STATUS_WORDS - 1]);
        return known ? words[STATUS_WORDS - 1] : "";
    }

    private boolean isInstalled(Paragraph paragraph) {
        String status = paragraph.get("status");
        String state = status == null ? "installed" : state(status);
        if (DpkgSyntax.GONE.contains(state)) {
            return false;
        }
        if (DpkgSyntax.INSTALLED.contains(state)) {
            return true;
        }
        problem(
                paragraph,
                "is not listed, for it is not installed: its state is " + state + ", so its files may be there");
        return false;
    }

    private Package installed(Paragraph paragraph) {
        // As dpkg does: it reads names without regard to case.
        String name = value(paragraph, "package").toLowerCase(Locale.ROOT);
        String version = value(paragraph, "version");
        SourcePackage source = DebianSyntax.source(name, version, paragraph.get("source"));
        if (source == null) {
            problem(
                    paragraph,
                    "has the Source " + quoted(value(paragraph, "source")) + "; it counts as its own source");
            source = new SourcePackage(name, version);
        }
        String arch = value(paragraph, "architecture");
        return new Package("deb", name, version, DebianSyntax.isName(arch) ? arch : null, source, null, file.path());
    }

    private void add(Package found) {
        Package before = first.putIfAbsent(new Key(found.name(), found.arch()), found);
        if (found.equals(before)) {
            return;
        }
        if (before != null) {
            problems.add("it lists " + quoted(found.name()) + " twice, with the versions " + quoted(before.version())
                    + " and " + quoted(found.version()));
        }
        packages.add(found);
    }

    private static String value(Paragraph paragraph, String field) {
        String value = paragraph.get(field);
        return value == null ? "" : value;
    }

    private void problem(Paragraph paragraph, String what) {
        String name = paragraph.get("package");
        problems.add(
                "the paragraph at line " + paragraph.line() + (name == null ? "" : " of " + quoted(name)) + " " + what);
    }
}
