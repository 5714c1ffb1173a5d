package io.limpid.server.store.embedded;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As whom PostgreSQL's programs run: they refuse to be root.
 *
 * @param uid of the files they own, null for that of this process
 * @param prefix what stands before the program
 */
record RunAs(@Nullable Integer uid, @Nullable Integer gid, List<String> prefix) {
    private static final Logger log = LoggerFactory.getLogger(RunAs.class);
    private static final List<String> USERS = List.of("limpid", "postgres", "nobody");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");

    RunAs {
        prefix = List.copyOf(prefix);
    }

    /** For a folder: as its owner when this process is root, else as this process. */
    static RunAs forFolder(Path folder) throws IOException {
        Path probe = Path.of("/proc/self");
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(probe, "unix:uid"));
        boolean setpriv = Files.isExecutable(SETPRIV);
        // PostgreSQL stops fast when this process is no more, however it ended.
        List<String> bound = setpriv ? List.of(SETPRIV.toString(), "--pdeathsig=INT") : List.of();
        if (!root) {
            return new RunAs(null, null, setpriv ? with(bound, "--") : List.of());
        }
        int[] owner = owner(folder);
        if (setpriv && owner != null && works(setpriv(bound, owner))) {
            reachable(folder, owner[0]);
            return new RunAs(owner[0], owner[1], setpriv(bound, owner));
        }
        List<String> namespace = List.of(UNSHARE.toString(), "--user", "--");
        if (Files.isExecutable(UNSHARE) && works(namespace)) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .log("PostgreSQL runs as root in a user namespace, because setpriv is missing or not allowed; start"
                            + " the server as another user instead");
            return new RunAs(null, null, namespace);
        }
        throw new LimpidException(
                ErrorCode.USAGE,
                "the server's own PostgreSQL in " + folder,
                "it does not run as root, and here is neither setpriv nor a user namespace to run it as another user",
                "start the server as another user, or name a PostgreSQL in database.options.source");
    }

    private static List<String> setpriv(List<String> bound, int[] owner) {
        return with(bound, "--reuid=" + owner[0], "--regid=" + owner[1], "--clear-groups", "--");
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    /** Who owns the folder, or whom it can be given to; null when there is nobody but root. */
    private static int @Nullable [] owner(Path folder) throws IOException {
        int uid = (Integer) Files.getAttribute(folder, "unix:uid");
        if (uid != 0) {
            return new int[] {uid, (Integer) Files.getAttribute(folder, "unix:gid")};
        }
        Path passwd = Path.of("/etc/passwd");
        List<String> lines = Files.isReadable(passwd) ? Files.readAllLines(passwd) : List.of();
        for (String user : USERS) {
            for (String line : lines) {
                String[] fields = line.split(":", -1);
                if (fields.length > 3 && fields[0].equals(user) && !fields[2].equals("0")) {
                    return new int[] {Integer.parseInt(fields[2]), Integer.parseInt(fields[3])};
                }
            }
        }
        return null;
    }

    private static boolean works(List<String> prefix) throws IOException {
        Process process = new ProcessBuilder(with(prefix, "/bin/true"))
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return Postmaster.result(process) == 0;
    }

    private static void reachable(Path folder, int uid) throws IOException {
        for (Path path = folder.toRealPath(); path != null; path = path.getParent()) {
            boolean open = Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)
                    || Integer.valueOf(uid).equals(Files.getAttribute(path, "unix:uid"));
            if (!open) {
                throw new LimpidException(
                        ErrorCode.USAGE,
                        "the server's own PostgreSQL in " + folder,
                        "it runs as user " + uid + ", who may not go through " + path,
                        "chmod o+x " + path + ", or choose another folder in database.options.datafolder");
            }
        }
    }

    /** Gives a file or folder to whom the programs run as. */
    void give(Path path) throws IOException {
        if (uid != null && gid != null) {
            Files.setAttribute(path, "unix:gid", gid);
            Files.setAttribute(path, "unix:uid", uid);
        }
    }

    ProcessBuilder command(List<String> words, Path output) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LANG", "C");
        return builder;
    }
}
