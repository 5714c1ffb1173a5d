package io.limpid.detect.apk;

import static io.limpid.detect.ProblemList.quoted;

import io.limpid.detect.Lines;
import io.limpid.detect.ProblemList;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of apk's database: records apart by empty lines, each line a letter, a colon and a value.
 *
 * <p>{@code P} is the name, {@code V} the version, {@code A} the architecture and {@code o} the package it was built
 * from.
 */
final class InstalledFile {
    private static final String LETTERS = "PVAo";
    private static final int NAME = 0;
    private static final int VERSION = 1;
    private static final int ARCH = 2;
    private static final int ORIGIN = 3;

    private final LayerFile file;
    private final Limits limits;
    private final ProblemList problems;
    private final List<Package> packages = new ArrayList<>();

    // Of the record that is being read.
    private int firstLine;
    private @Nullable String[] values = new @Nullable String[LETTERS.length()];
    private boolean broken;

    private InstalledFile(LayerFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
        this.problems = new ProblemList(file.path(), limits.problems());
    }

    static Detection read(LayerFile file, Limits limits) {
        return new InstalledFile(file, limits).read();
    }

    private Detection read() {
        Lines lines = new Lines(file.content());
        while (lines.next()) {
            if (lines.isBlank()) {
                endRecord();
            } else {
                take(lines);
            }
        }
        if (firstLine > 0) {
            endRecord();
            problems.add("it does not end with an empty line, as apk writes it: it may be cut short and packages may be"
                    + " missing");
        }
        return new Detection(file.path(), packages, List.of(), problems.toList());
    }

    private void take(Lines lines) {
        if (firstLine == 0) {
            firstLine = lines.number();
        }
        if (lines.at(1) != ':' || !isLetter(lines.at(0))) {
            problems.add("line " + lines.number() + " is left out: it is no letter, colon and value");
            return;
        }
        int field = LETTERS.indexOf(lines.at(0));
        if (field < 0) {
            return;
        }
        if (lines.length() - 2 > limits.lineBytes()) {
            fail("line " + lines.number() + " is longer than " + limits.lineBytes() + " bytes (limit line-bytes)");
            return;
        }
        if (!lines.isTerminated()) {
            // Half a line may be half a version; without the rest of the others the package can be told all the same.
            if (field == NAME || field == VERSION) {
                fail("the file ends in the middle of line " + lines.number());
            }
            return;
        }
        String value = lines.text(lines.start() + 2, lines.end()).strip();
        String before = values[field];
        if (before != null && !before.equals(value)) {
            fail("line " + lines.number() + " gives the field " + LETTERS.charAt(field) + " another value");
            return;
        }
        values[field] = value;
    }

    private void endRecord() {
        if (firstLine == 0) {
            return;
        }
        String name = values[NAME];
        String version = values[VERSION];
        if (!broken && name != null && version != null && Lines.isWord(name) && Lines.isWord(version)) {
            packages.add(found(name, version));
        } else if (!broken) {
            fail(wrong(name, version));
        }
        firstLine = 0;
        values = new @Nullable String[LETTERS.length()];
        broken = false;
    }

    private Package found(String name, String version) {
        String arch = values[ARCH];
        String origin = values[ORIGIN];
        if (origin != null && !origin.isEmpty() && !Lines.isWord(origin)) {
            problems.add(ofRecord() + "has the origin " + quoted(origin) + "; it counts as its own source");
            origin = null;
        }
        String source = origin == null || origin.isEmpty() ? name : origin;
        return new Package(
                "apk",
                name,
                version,
                arch == null || !Lines.isWord(arch) ? null : arch,
                new SourcePackage(source, version),
                null,
                file.path());
    }

    private static String wrong(@Nullable String name, @Nullable String version) {
        if (name == null || name.isEmpty()) {
            return "it has no name";
        }
        if (!Lines.isWord(name)) {
            return "no package has the name " + quoted(name);
        }
        return version == null || version.isEmpty() ? "it has no version" : "no version is " + quoted(version);
    }

    private void fail(String why) {
        if (!broken) {
            problems.add(ofRecord() + "is skipped: " + why);
        }
        broken = true;
    }

    private String ofRecord() {
        String name = values[NAME];
        return "the record at line " + firstLine + (name == null || name.isEmpty() ? "" : " of " + quoted(name)) + " ";
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
