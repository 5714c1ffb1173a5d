package io.limpid.format;

import java.nio.ByteBuffer;

/**
 * Takes the records of a database one after the other, and what of it could not be read.
 *
 * <p>The bytes of a record, from position to limit, are those of the database or a copy; they are not written to and not kept.
 */
public interface RecordSink {

    /** A record with all its bytes. */
    void whole(String name, ByteBuffer bytes);

    /**
     * The beginning of a record, or one whose bytes are in doubt.
     *
     * @param damage what is wrong with it
     */
    void damaged(String name, ByteBuffer bytes, String damage);

    /** Bytes that look like a record in a damaged database and that nothing leads to: it may be a record that was deleted, or none. */
    void stray(String name, ByteBuffer bytes);

    /** Something that could not be read, so that records may be missing. */
    void problem(String what);
}
