package io.limpid.scan;

import io.limpid.format.Nearest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells of a target that is not there by what it was probably meant to be: a source, the name of an image, or a file. */
final class MissingTarget {
    /** Sources that this version does not have, by the names that this or other scanners give them. */
    private static final Set<String> ELSEWHERE = Set.of(
            "containerd",
            "containers-storage",
            "docker-daemon",
            "file",
            "fs",
            "oci-model",
            "purl",
            "registry",
            "repo",
            "rootfs",
            "singularity",
            "vm");

    private static final Set<String> OF_IMAGE_NAMES =
            Set.of("containerd", "containers-storage", "docker-daemon", "registry");

    /** What others call a root file system in a folder. */
    private static final Set<String> OF_FOLDERS = Set.of("fs", "rootfs");

    private static final String FOLDER = "dir";

    private static final Pattern FILE_NAME =
            Pattern.compile("(?i).*\\.(?:tar|tgz|txz|tzst|gz|xz|zst|bz2|zip|json|xml|spdx|rdf|sif|img)");

    private static final int LONGEST_REFERENCE = 512;
    private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern REFERENCE = Pattern.compile("(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::\\d+)?/)?" + PART + "(?:/"
            + PART + ")*(?::\\w[\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

    private MissingTarget() {}

    /**
     * The error.
     *
     * @param target as it was written, with its scheme
     * @param schemes the sources that this version has
     */
    static LimpidException of(String target, List<String> schemes) {
        int colon = target.indexOf(':');
        String scheme = colon < 0 ? "" : target.substring(0, colon);
        String location = target.substring(colon + 1);
        if (schemes.contains(scheme)) {
            return notThere(target, location);
        }
        List<String> meant = ELSEWHERE.contains(scheme) ? List.of() : Nearest.to(scheme, schemes);
        if (colon > 0 && (ELSEWHERE.contains(scheme) || !meant.isEmpty() || location.startsWith("//"))) {
            return noSource(target, scheme, location, meant, schemes);
        }
        return notThere(target, target);
    }

    /** Whether a target can be meant as the name of an image in a registry or daemon: not as a file or a source that was misspelled. */
    static boolean isImageName(String target, List<String> schemes) {
        int colon = target.indexOf(':');
        String scheme = colon < 0 ? "" : target.substring(0, colon);
        boolean source = colon > 0
                && (schemes.contains(scheme)
                        || ELSEWHERE.contains(scheme)
                        || !Nearest.to(scheme, longer(schemes)).isEmpty());
        return !source && !isPath(target) && isReference(target);
    }

    /** The sources whose names are so long that what is nearly one is hardly something else: air:1 is an image. */
    private static List<String> longer(List<String> schemes) {
        return schemes.stream().filter(one -> one.length() > FOLDER.length()).toList();
    }

    /**
     * The error of a name that is no file and that no source has.
     *
     * @param misses why each of the sources that were asked does not have it
     * @param schemes the sources that this version has
     */
    static LimpidException nowhere(String name, List<LimpidException> misses, List<String> schemes) {
        if (misses.isEmpty()) {
            return of(name, schemes);
        }
        String hint = null;
        for (LimpidException miss : misses) {
            hint = hint == null ? miss.hint() : hint;
        }
        return new LimpidException(
                ErrorCode.NOT_FOUND,
                "nothing to scan at " + name,
                noFile(misses),
                (hint == null ? "" : hint + "; or ") + "scan an archive of it: docker save -o image.tar " + name);
    }

    /**
     * The error of a name that is no file when the source that was asked last could not answer: a file's name that is written wrong ends here too.
     *
     * @param misses why those that were asked before do not have it
     */
    static LimpidException after(List<LimpidException> misses, LimpidException last) {
        return new LimpidException(
                last.code(),
                last.what(),
                noFile(misses) + (last.reason() == null ? "" : "; " + last.reason()),
                last.hint());
    }

    private static String noFile(List<LimpidException> misses) {
        StringBuilder reason = new StringBuilder("there is no such file or folder");
        for (LimpidException miss : misses) {
            reason.append("; ").append(miss.reason());
        }
        return reason.toString();
    }

    private static LimpidException notThere(String target, String location) {
        return new LimpidException(
                ErrorCode.NOT_FOUND,
                "nothing to scan at " + target,
                location.isEmpty() ? "it names no file" : "no such file or folder",
                null);
    }

    private static LimpidException noSource(
            String target, String scheme, String location, List<String> meant, List<String> schemes) {
        String there = schemes.stream().map(one -> one + ":").collect(Collectors.joining(", "));
        String hint = "limpid scan --help tells what can be scanned";
        if (!meant.isEmpty()) {
            hint = meant.stream()
                    .map(one -> one + ":" + location)
                    .collect(Collectors.joining(" or ", "did you mean ", "?"));
        } else if (OF_FOLDERS.contains(scheme) && schemes.contains(FOLDER)) {
            hint = "did you mean " + FOLDER + ":" + location + "?";
        } else if (OF_IMAGE_NAMES.contains(scheme)) {
            hint = "save the image first: docker save -o image.tar IMAGE";
        }
        return new LimpidException(
                ErrorCode.USAGE,
                "cannot scan " + target,
                "this version has no source " + scheme + ": but " + there,
                hint);
    }

    private static boolean isPath(String target) {
        return target.startsWith("/")
                || target.startsWith("./")
                || target.startsWith("../")
                || FILE_NAME.matcher(target).matches();
    }

    private static boolean isReference(String target) {
        return target.length() <= LONGEST_REFERENCE && REFERENCE.matcher(target).matches();
    }
}
