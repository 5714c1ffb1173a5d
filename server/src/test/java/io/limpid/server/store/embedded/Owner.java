package io.limpid.server.store.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A process that owns an embedded PostgreSQL, says its number, and ends when its input does. */
final class Owner {
    private Owner() {}

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]))) {
            System.out.println("ready " + postgres.pid());
            while (System.in.read() >= 0) {}
        }
    }
}
