package io.limpid.detect.pacman;

import static io.limpid.detect.ProblemList.quoted;

import io.limpid.detect.Lines;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reading of a file {@code desc}: sections of a line {@code %NAME%}, a line for each value, and an empty line. */
final class DescFile {
    private static final String NAME = "%NAME%";
    private static final String BASE = "%BASE%";
    private static final String VERSION = "%VERSION%";
    private static final String ARCH = "%ARCH%";
    private static final List<String> WANTED = List.of(NAME, BASE, VERSION, ARCH);

    private final LayerFile file;
    private final Limits limits;
    private final Map<String, String> values = new HashMap<>();
    private @Nullable String fault;

    private DescFile(LayerFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    static Detection read(LayerFile file, Limits limits) {
        DescFile desc = new DescFile(file, limits);
        desc.readSections();
        return desc.detection();
    }

    private void readSections() {
        Lines lines = new Lines(file.content());
        String section = null;
        while (lines.next()) {
            if (lines.isBlank()) {
                section = null;
            } else if (section == null) {
                section = lines.length() <= limits.lineBytes() ? lines.text().strip() : "";
            } else if (WANTED.contains(section)) {
                take(section, lines);
            }
        }
    }

    private void take(String section, Lines lines) {
        if (lines.length() > limits.lineBytes()) {
            fail("line " + lines.number() + " is longer than " + limits.lineBytes() + " bytes (limit line-bytes)");
        } else if (!lines.isTerminated()) {
            // Half a line may be half a version.
            fail("the file ends in the middle of line " + lines.number());
        } else {
            String value = lines.text().strip();
            String before = values.putIfAbsent(section, value);
            if (before != null && !before.equals(value)) {
                fail("line " + lines.number() + " gives " + section + " another value");
            }
        }
    }

    private void fail(String what) {
        if (fault == null) {
            fault = what;
        }
    }

    private Detection detection() {
        String name = values.get(NAME);
        String version = values.get(VERSION);
        if (fault == null && !isWord(name)) {
            fail(name == null ? "it has no " + NAME : "no package has the name " + quoted(name));
        }
        if (fault == null && !isWord(version)) {
            fail(version == null ? "it has no " + VERSION : "no version is " + quoted(version));
        }
        if (fault != null || name == null || version == null) {
            return Detection.unreadable(file.path(), fault + ": the package that it is of is missing");
        }
        String base = values.get(BASE);
        String arch = values.get(ARCH);
        Package found = new Package(
                "alpm",
                name,
                version,
                isWord(arch) ? arch : null,
                new SourcePackage(base != null && isWord(base) ? base : name, version),
                null,
                file.path());
        return new Detection(file.path(), List.of(found), List.of(), List.of());
    }

    private static boolean isWord(@Nullable String text) {
        return text != null && Lines.isWord(text);
    }
}
