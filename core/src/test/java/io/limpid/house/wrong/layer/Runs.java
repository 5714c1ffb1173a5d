package io.limpid.house.wrong.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

/** All that a reader of hostile bytes must not do. */
public final class Runs {

    /** Runs what it reads, and leaves. */
    public Object run(InputStream in) throws IOException, ClassNotFoundException {
        new ProcessBuilder("true").start();
        Object read = new ObjectInputStream(in).readObject();
        System.exit(1);
        return read;
    }
}
