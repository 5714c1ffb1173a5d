package io.limpid.facts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Files of facts with a right checksum, whatever is in them. */
final class Sealed {
    private Sealed() {}

    /** As facts are kept, however many bytes that takes. */
    static byte[] write(String key, TarFacts facts) {
        return Objects.requireNonNull(FactsFormat.write(key, facts, Integer.MAX_VALUE));
    }

    static byte[] file(int version, String key, byte[] payload) {
        byte[] keyBytes = key.getBytes(UTF_8);
        ByteBuffer file = ByteBuffer.allocate(24 + keyBytes.length + payload.length);
        file.put("LIMPIDF\n".getBytes(UTF_8))
                .putInt(version)
                .putInt(keyBytes.length)
                .putInt(payload.length)
                .put(keyBytes)
                .put(payload);
        return resealed(file.array());
    }

    /** The same bytes with the checksum that they need. */
    static byte[] resealed(byte[] file) {
        CRC32C crc = new CRC32C();
        crc.update(file, 0, file.length - Integer.BYTES);
        ByteBuffer.wrap(file).putInt(file.length - Integer.BYTES, (int) crc.getValue());
        return file;
    }
}
