package io.limpid.server.store;

import java.io.IOException;
import java.nio.file.Path;

/** A process that restores a backup, to be killed. */
final class Restorer {
    private Restorer() {}

    public static void main(String[] arguments) throws IOException {
        ConnectionSource source = ConnectionSource.parse(arguments[0]);
        System.out.println("starting");
        Restore.read(source, Path.of(arguments[1]), true, new Migrations(arguments[2]));
        System.out.println("done");
    }
}
