package io.limpid.layer;

/** A wanted file with its bytes. */
public final class LayerFile {
    private final String path;
    private final byte[] content;

    /**
     * @param path from the root, without a leading slash
     * @param content all its bytes; not copied, nobody writes to them
     */
    public LayerFile(String path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    public String path() {
        return path;
    }

    /** The bytes themselves, not a copy: not to be written to. */
    public byte[] content() {
        return content;
    }

    @Override
    public String toString() {
        return path + " (" + content.length + " bytes)";
    }
}
