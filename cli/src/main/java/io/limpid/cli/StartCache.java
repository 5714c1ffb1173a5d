package io.limpid.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The start-up cache of this process: what java learnt of our classes in an earlier run (an AOT cache, JEP 483 and 514).
 *
 * <p>The launcher chooses the file and says so in properties. One that java refused, or none, is made anew in the background for later runs;
 * where that fails they only start more slowly.
 *
 * @param launcher the script that can make one
 * @param file where it is kept for this jar and this java
 * @param used what java was told to use, empty when there was none
 */
record StartCache(String launcher, String file, String used) {
    /** In the cache folder, those that were made here. */
    static final String FOLDER = "start";

    private static final Pattern NAME = Pattern.compile("limpid-[0-9a-f]{24}\\.aot(\\..*)?");
    private static final Duration BETWEEN_TRIES = Duration.ofHours(1);
    /** The launcher's own command that makes one in a folder. */
    private static final String MAKE = "make-start-cache";

    /** Whether a file is named as the launcher names a start-up cache, or what it needs to make one. */
    static boolean isOne(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** As the launcher told. */
    static StartCache ofProcess() {
        return new StartCache(
                System.getProperty("limpid.launcher", ""),
                System.getProperty("limpid.start", ""),
                System.getProperty("limpid.start.used", ""));
    }

    /**
     * Sees to it that later runs have one when this one had none.
     *
     * @param notes where it is said that there was one and java refused it, null to say nothing
     */
    void keep(@Nullable PrintStream notes) {
        if (launcher.isEmpty() || file.isEmpty() || isInUse()) {
            return;
        }
        if (!used.isEmpty() && notes != null) {
            notes.println("note: the start-up cache " + used + " is damaged or not for this java, and was not used");
        }
        try {
            if (mayTry(Path.of(file + ".tried"))) {
                train();
            }
        } catch (IOException | InvalidPathException _) {
            // Nothing can be written there, or nothing has such a name in this locale.
        }
    }

    /** Java says that it runs with shared classes only when it took the file it was told to use. */
    private boolean isInUse() {
        return !used.isEmpty() && System.getProperty("java.vm.info", "").contains("sharing");
    }

    /** Whether nobody tried within the last hour: where it always fails, it shall not cost every run. */
    private static boolean mayTry(Path tried) throws IOException {
        try {
            Files.createDirectories(tried.getParent());
            Files.createFile(tried);
            return true;
        } catch (FileAlreadyExistsException _) {
            Instant last = Files.getLastModifiedTime(tried).toInstant();
            Instant now = Instant.now();
            if (Duration.between(last, now).compareTo(BETWEEN_TRIES) < 0) {
                return false;
            }
            Files.setLastModifiedTime(tried, FileTime.from(now));
            return true;
        }
    }

    private void train() throws IOException {
        ProcessBuilder training = new ProcessBuilder(launcher, MAKE, file.substring(0, file.lastIndexOf('/')))
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        training.environment().put("LIMPID_JAVA_HOME", System.getProperty("java.home"));
        training.start();
    }
}
