package io.limpid.model;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an image runs on, in the OCI image index's spelling: {@code linux/arm64/v8}.
 *
 * @param os the operating system, Go's GOOS
 * @param architecture Go's GOARCH
 * @param variant the variant of the processor, null when none is given
 */
public record Platform(
        String os, String architecture, @Nullable String variant) {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");

    /** Those that containerd knows when a word stands alone. */
    private static final Set<String> SYSTEMS =
            words("aix android darwin dragonfly freebsd hurd illumos ios js linux nacl"
                    + " netbsd openbsd plan9 solaris windows zos");

    private static final Set<String> ARCHITECTURES = words(
            "386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32"
                    + " mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm");

    /**
     * Reads {@code OS/ARCHITECTURE[/VARIANT]}, {@code ARCHITECTURE} alone for Linux or {@code OS} alone for this machine's processor, and
     * gives it {@link #normalized()}.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static Platform parse(String text) {
        String[] part = text.split("/", -1);
        if (part.length > 3 || !Stream.of(part).allMatch(PART.asMatchPredicate())) {
            throw new IllegalArgumentException(
                    "not a platform: " + text + ": OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT is expected");
        }
        if (part.length > 1) {
            return new Platform(part[0], part[1], part.length > 2 ? part[2] : null).normalized();
        }
        Platform alone = new Platform("linux", part[0], null).normalized();
        if (ARCHITECTURES.contains(alone.architecture)) {
            return alone;
        }
        Platform here = ofThisMachine();
        Platform system = new Platform(part[0], here.architecture, here.variant).normalized();
        if (SYSTEMS.contains(system.os)) {
            return system;
        }
        throw new IllegalArgumentException(
                "not a platform: " + text + ": neither an operating system nor a processor that is known");
    }

    /** Linux on the processor that this program runs on. */
    public static Platform ofThisMachine() {
        return new Platform("linux", System.getProperty("os.arch", "amd64"), null).normalized();
    }

    /**
     * The same in the one spelling that containerd compares: lower case, Go's names, and no variant where there is none or it is what every
     * such processor has ({@code arm64/v8}, {@code amd64/v1}); but {@code arm} alone is {@code arm/v7}.
     */
    public Platform normalized() {
        String system = os.toLowerCase(Locale.ROOT);
        String given = variant == null ? "" : variant.toLowerCase(Locale.ROOT);
        String processor = architecture.toLowerCase(Locale.ROOT);
        String name = system.equals("macos") ? "darwin" : system;
        return switch (processor) {
            case "i386" -> new Platform(name, "386", null);
            case "x86_64", "x86-64", "amd64" -> of(name, "amd64", given.equals("v1") ? "" : given);
            case "aarch64", "arm64" -> of(name, "arm64", given.equals("8") || given.equals("v8") ? "" : given);
            case "armhf" -> new Platform(name, "arm", "v7");
            case "armel" -> new Platform(name, "arm", "v6");
            case "arm" ->
                switch (given) {
                    case "" -> new Platform(name, "arm", "v7");
                    case "5", "6", "7", "8" -> new Platform(name, "arm", "v" + given);
                    default -> new Platform(name, "arm", given);
                };
            default -> of(name, processor, given);
        };
    }

    private static Platform of(String os, String architecture, String variant) {
        return new Platform(os, architecture, variant.isEmpty() ? null : variant);
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
