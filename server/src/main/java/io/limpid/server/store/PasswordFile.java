package io.limpid.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@code .pgpass}: lines {@code host:port:database:user:password} in which {@code *} is anything. */
final class PasswordFile {
    private static final Logger log = LoggerFactory.getLogger(PasswordFile.class);
    private static final long LARGEST = 1 << 20;
    private static final Set<PosixFilePermission> OWN = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PasswordFile() {}

    /** The password of the first line that fits, if there is one. */
    static @Nullable String find(Path file, String host, int port, String database, String user) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return null;
            }
            if (!OWN.containsAll(Files.getPosixFilePermissions(file))) {
                log.atWarn()
                        .addKeyValue("file", file)
                        .log("password file ignored: others may read it; chmod 0600 helps");
                return null;
            }
            for (String line : Files.readAllLines(file)) {
                List<String> fields = line.startsWith("#") ? List.of() : fields(line);
                if (fields.size() == 5
                        && fits(fields.get(0), host)
                        && fits(fields.get(1), Integer.toString(port))
                        && fits(fields.get(2), database)
                        && fits(fields.get(3), user)) {
                    return fields.get(4);
                }
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file).log("password file ignored: it cannot be read");
        }
        return null;
    }

    private static boolean fits(String field, String wanted) {
        return field.equals("*") || field.equals(wanted);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
