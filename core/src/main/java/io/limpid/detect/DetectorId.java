package io.limpid.detect;

/**
 * Who made a detection; part of the key under which facts are cached.
 *
 * @param name the folder that the detector lives in: {@code dpkg}
 * @param version raised whenever the same file may now give another detection, so that cached facts are made anew
 */
public record DetectorId(String name, int version) {
    @Override
    public String toString() {
        return name + "@" + version;
    }
}
