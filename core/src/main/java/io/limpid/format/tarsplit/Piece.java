package io.limpid.format.tarsplit;

/** A piece of a tar archive that was taken apart. */
public sealed interface Piece {

    /** How many bytes of the archive it is. */
    long size();

    /**
     * Bytes that stand in the description itself: headers, padding, the end.
     *
     * @param bytes not copied, nobody writes to them
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] bytes) implements Piece {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    /**
     * The content of a file, which lies unpacked.
     *
     * @param name as the archive has it
     * @param crc what {@link Crc64} gives for it
     */
    record Content(String name, long size, long crc) implements Piece {}
}
