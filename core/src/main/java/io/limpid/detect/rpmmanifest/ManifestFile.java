package io.limpid.detect.rpmmanifest;

import static io.limpid.detect.ProblemList.quoted;

import io.limpid.detect.Lines;
import io.limpid.detect.ProblemList;
import io.limpid.detect.SourceRpm;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of {@code container-manifest-2}: a package a line, its fields divided by tabs.
 *
 * <p>They are name, version-release, time of installation, time of build, vendor, epoch, size, architecture, epoch as a number, source rpm; what
 * a package does not have is {@code (none)}.
 */
final class ManifestFile {
    private static final int NAME = 0;
    private static final int VERSION = 1;
    private static final int EPOCH = 5;
    private static final int ARCH = 7;
    private static final int EPOCH_NUMBER = 8;
    private static final int SOURCE = 9;
    private static final int FIELDS = 10;
    private static final String NONE = "(none)";
    /** What rpm stores keys for signatures as. */
    private static final String KEY = "gpg-pubkey";

    private static final int EPOCH_DIGITS = 10;

    private final LayerFile file;
    private final Limits limits;
    private final ProblemList problems;
    private final Set<Package> packages = new LinkedHashSet<>();

    private ManifestFile(LayerFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
        this.problems = new ProblemList(file.path(), limits.problems());
    }

    static Detection read(LayerFile file, Limits limits) {
        return new ManifestFile(file, limits).read();
    }

    private Detection read() {
        Lines lines = new Lines(file.content());
        boolean any = false;
        while (lines.next()) {
            if (!lines.isBlank()) {
                any = true;
                String fault = take(lines);
                if (fault != null) {
                    problems.add("line " + lines.number() + ": a package is missing, for " + fault);
                }
            }
        }
        if (!any) {
            problems.add("it is empty: its packages are missing from the list");
        }
        return new Detection(file.path(), List.copyOf(packages), List.of(), problems.toList());
    }

    /** Adds the package of a line, or says what is wrong with the line. */
    private @Nullable String take(Lines lines) {
        if (lines.length() > limits.lineBytes()) {
            return "it is longer than " + limits.lineBytes() + " bytes (limit line-bytes)";
        }
        String[] fields = lines.text().split("\t", -1);
        if (fields.length != FIELDS) {
            return "it has " + fields.length + " fields and not " + FIELDS;
        }
        String name = fields[NAME];
        if (name.equals(KEY)) {
            return null;
        }
        String rpm = fields[SOURCE];
        SourcePackage source = rpm.equals(NONE) ? null : SourceRpm.parse(rpm);
        if (!lines.isTerminated() && source == null && !rpm.equals(NONE)) {
            return "the file ends in the middle of it";
        }
        if (!isWord(name)) {
            return "no package has the name " + quoted(name);
        }
        if (!isWord(fields[VERSION]) || fields[VERSION].indexOf('-') < 0) {
            return "no version and release is " + quoted(fields[VERSION]);
        }
        String epoch = epoch(fields[EPOCH], fields[EPOCH_NUMBER]);
        if (epoch == null) {
            return "no epoch is " + quoted(fields[EPOCH]) + " and " + quoted(fields[EPOCH_NUMBER]) + " as a number";
        }
        String version = epoch.isEmpty() ? fields[VERSION] : epoch + ":" + fields[VERSION];
        if (source == null && !rpm.equals(NONE)) {
            problems.add("line " + lines.number() + ": " + quoted(name) + " is built from " + quoted(rpm)
                    + ", which is no source rpm; it counts as its own source");
        }
        packages.add(new Package(
                "rpm",
                name,
                version,
                arch(fields[ARCH]),
                source == null ? new SourcePackage(name, version) : source,
                null,
                file.path()));
        return null;
    }

    private static @Nullable String arch(String written) {
        return written.equals(NONE) || !isWord(written) ? null : written;
    }

    /** The epoch as rpm shows it, empty when there is none, null when the two fields make no sense or contradict each other. */
    private static @Nullable String epoch(String written, String number) {
        if (!isNumber(number)) {
            return null;
        }
        if (written.equals(NONE)) {
            // Of a package without epoch the number is 0. Some builders write (none) for every package.
            return number.equals("0") ? "" : number;
        }
        return written.equals(number) ? written : null;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= EPOCH_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isWord(String text) {
        return Lines.isWord(text) && text.indexOf('/') < 0;
    }
}
