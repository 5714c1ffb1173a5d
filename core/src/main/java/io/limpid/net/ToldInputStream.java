package io.limpid.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a failure to read as people are told it. */
final class ToldInputStream extends FilterInputStream {
    private final String what;

    ToldInputStream(InputStream in, String what) {
        super(in);
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (NetFailure e) {
            throw e.told(what);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (NetFailure e) {
            throw e.told(what);
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        try {
            return in.skip(bytes);
        } catch (NetFailure e) {
            throw e.told(what);
        }
    }
}
