package io.limpid.format.tarsplit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Limits;
import io.limpid.testing.SomeLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarSplitReaderTest {
    private static List<String> pieces(String lines, Limits limits) throws IOException {
        List<String> pieces = new ArrayList<>();
        try (TarSplitReader reader = new TarSplitReader(new ByteArrayInputStream(lines.getBytes(UTF_8)), limits)) {
            for (Piece piece = reader.next(); piece != null; piece = reader.next()) {
                pieces.add(
                        switch (piece) {
                            case Piece.Bytes(byte[] bytes) -> new String(bytes, UTF_8);
                            case Piece.Content(String name, long size, long crc) ->
                                name + " " + size + " " + Long.toHexString(crc);
                        });
            }
        }
        return pieces;
    }

    /** The forms in which Docker writes a line; "123456789" has this CRC by the catalogue of CRCs (CRC-64/GO-ISO). */
    @Test
    void whatDockerWrites() throws IOException {
        assertThat(pieces("""
            {"type":2,"payload":"aGVhZGVy","position":0}
            {"type":1,"name":"etc/","payload":null,"position":1}
            {"type":1,"name":"etc/a","size":9,"payload":"uQlWx3WkEAE=","position":2}
            {"type":2,"payload":"","position":3}
            {"type":1,"name":"a \\u0026 \\"b\\"","size":1,"payload":"AAAAAAAAAAE=","position":4}
            {"payload":"ZW5k","type":2,"position":5}
            """, Limits.DEFAULT))
                .containsExactly("header", "etc/a 9 b90956c775a41001", "a & \"b\" 1 1", "end");
    }

    @Test
    void theChecksum() {
        byte[] digits = "123456789".getBytes(UTF_8);
        Crc64 whole = new Crc64();
        whole.update(digits, 0, 9);
        assertThat(whole.value()).isEqualTo(0xb90956c775a41001L);
        Crc64 parts = new Crc64();
        parts.update(digits, 0, 4);
        parts.update(digits, 4, 5);
        assertThat(parts.value()).isEqualTo(whole.value());
    }

    /** Columns: a line, with ' for ", and what is wrong. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'type':2,'payload':'!','position':0} | base64",
                "{'type':3,'payload':'','position':0} | unknown type",
                "{'type':1,'name':'a','size':-1,'payload':'AAAAAAAAAAE=','position':0} | a file of -1 bytes",
                "{'type':1,'name':'a','size':1,'payload':'AAAA','position':0} | a checksum of 3",
                "{'type':1,'name':'a','size':x,'payload':'AAAAAAAAAAE=','position':0} | a size that is none",
                "{'type':1,'name_raw':'/w==','size':1,'payload':'AAAAAAAAAAE=','position':0} | not UTF-8",
                "[] | no JSON object",
                "{ | line 1",
            })
    void whatIsNot(String line, String wrong) {
        assertThatThrownBy(() -> pieces(line.replace('\'', '"') + "\n", Limits.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(wrong);
    }

    @Test
    void bounds() {
        String line = "{\"type\":2,\"payload\":\"" + "AAAA".repeat(30_000) + "\",\"position\":0}\n";
        Limits small = SomeLimits.with(Map.of("documentBytes", 100_000, "layerEntries", 2));
        assertThatThrownBy(() -> pieces(line, small)).hasMessageContaining("(limit document-bytes)");
        assertThatThrownBy(
                        () -> pieces("{\"type\":1,\"name\":\"\",\"payload\":null,\"position\":0}\n".repeat(9), small))
                .hasMessageContaining("(limit layer-entries)");
        assertThatThrownBy(() -> pieces("{\"type\":2", small)).hasMessageContaining("cut short");
    }
}
