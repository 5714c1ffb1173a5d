package io.limpid.detect.rpm;

import static io.limpid.detect.ProblemList.quoted;

import io.limpid.detect.ProblemList;
import io.limpid.detect.SourceRpm;
import io.limpid.format.DamagedException;
import io.limpid.format.RecordSink;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packages of one database while its records are read. */
final class PackageList implements RecordSink {
    /** What rpm stores keys for signatures as. */
    private static final String KEY = "gpg-pubkey";

    private final String path;
    private final Limits limits;
    private final ProblemList problems;
    private final List<Package> packages = new ArrayList<>();
    private int strays;

    PackageList(String path, Limits limits) {
        this.path = path;
        this.limits = limits;
        this.problems = new ProblemList(path, limits.problems());
    }

    Detection detection() {
        if (strays > 0) {
            problems.add("of the packages in the list " + strays
                    + " were found on pages that nothing leads to any more:" + " they may have been removed");
        }
        return new Detection(path, packages, List.of(), problems.toList());
    }

    @Override
    public void whole(String name, ByteBuffer bytes) {
        try {
            Header header = Header.read(bytes, true);
            Package found = found(name, header);
            if (found != null) {
                packages.add(found);
                tell(name, found, header.damage());
            }
        } catch (DamagedException e) {
            problem(name + " is missing: " + e.what());
        }
    }

    @Override
    public void damaged(String name, ByteBuffer bytes, String damage) {
        try {
            Package found = found(name, Header.read(bytes, false));
            if (found != null) {
                packages.add(found);
                tell(name, found, damage);
            }
        } catch (DamagedException e) {
            problem(name + " is missing: " + damage + ", and " + e.what());
        }
    }

    @Override
    public void stray(String name, ByteBuffer bytes) {
        try {
            Header header = Header.read(bytes, true);
            Package found = header.damage() == null ? found(name, header) : null;
            if (found != null) {
                packages.add(found);
                strays++;
            }
        } catch (DamagedException _) {
            // It need not be a package.
        }
    }

    @Override
    public void problem(String what) {
        problems.add(what);
    }

    private void tell(String name, Package found, @Nullable String damage) {
        if (damage != null) {
            problem(name + ", " + quoted(found.name()) + ", is damaged and what is listed of it may be wrong: "
                    + damage);
        }
    }

    /** The package of a header, null when it is a key. */
    private @Nullable Package found(String record, Header header) throws DamagedException {
        String name = word(header, Tag.NAME);
        if (name.equals(KEY)) {
            return null;
        }
        Long epoch = header.number(Tag.EPOCH);
        String version =
                (epoch == null ? "" : epoch + ":") + word(header, Tag.VERSION) + "-" + word(header, Tag.RELEASE);
        String arch = optional(record, header, Tag.ARCH);
        String sourceRpm = optional(record, header, Tag.SOURCERPM);
        SourcePackage source = sourceRpm == null ? null : SourceRpm.parse(sourceRpm);
        if (sourceRpm != null && source == null) {
            problem(record + " is built from " + quoted(sourceRpm)
                    + ", which is no source rpm; it counts as its own source");
        }
        return new Package(
                "rpm",
                name,
                version,
                arch,
                source == null ? new SourcePackage(name, version) : source,
                optional(record, header, Tag.MODULARITYLABEL),
                path);
    }

    private String word(Header header, Tag tag) throws DamagedException {
        String text = header.text(tag, limits.lineBytes());
        if (text == null || text.isEmpty()) {
            throw new DamagedException("it has no " + tag);
        }
        return checked(tag, text);
    }

    private static String checked(Tag tag, String text) throws DamagedException {
        if (!isWord(text)) {
            throw new DamagedException("no " + tag + " is " + quoted(text));
        }
        return text;
    }

    /** A text that a package may lack; null when it does, or when it cannot be read. */
    private @Nullable String optional(String record, Header header, Tag tag) {
        try {
            String text = header.text(tag, limits.lineBytes());
            return text == null || text.isEmpty() ? null : checked(tag, text);
        } catch (DamagedException e) {
            problem(record + " is listed without its " + tag + ": " + e.what());
            return null;
        }
    }

    /** Names and versions are of printable ASCII without spaces and slashes: what rpm builds has a narrower choice still. */
    private static boolean isWord(String text) {
        return text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '/');
    }
}
