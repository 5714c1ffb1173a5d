package io.limpid.version;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An apk version with the bytes that {@link ApkReader} made of it, so that the order of versions is the order of their bytes. */
final class ApkVersion implements Version {
    private final String text;
    private final byte[] key;
    private final boolean reliable;

    ApkVersion(String text, byte[] key, boolean reliable) {
        this.text = text;
        this.key = key;
        this.reliable = reliable;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean reliable() {
        return reliable;
    }

    @Override
    public int compareTo(Version other) {
        return Integer.signum(Arrays.compareUnsigned(key, ((ApkVersion) other).key));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApkVersion that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return text;
    }
}
