package io.limpid.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedXmlTest {
    private static final String DOCUMENT = "a.xml";

    /** Every element with its attribute {@code k} and, where it has no children, its text, indented by depth. */
    private static List<String> read(byte[] content) throws IOException {
        List<String> seen = new ArrayList<>();
        boolean there = FeedXml.read(Documents.of(Map.of(DOCUMENT, content)), DOCUMENT, xml -> walk(xml, "", seen));
        assertThat(there).isTrue();
        return seen;
    }

    private static void walk(FeedXml xml, String indent, List<String> seen) throws IOException {
        String name = xml.name();
        String key = xml.attribute("k");
        String line = indent + name + (key == null ? "" : "=" + key);
        if (name.startsWith("text")) {
            seen.add(line + ": " + xml.text());
        } else if (name.startsWith("skip")) {
            seen.add(line);
        } else {
            seen.add(line);
            xml.children(_ -> walk(xml, indent + " ", seen));
        }
    }

    @Test
    void readsWhatIsAskedForAndPassesOverTheRest() throws IOException {
        String document = "\ufeff<?xml version='1.0' encoding='UTF-8'?><!-- c --><?p i?>\n<r xmlns:x='u'>"
                + "<x:text x:k='&lt;\u00e9'>a &amp; <b>inner</b>b<![CDATA[<c>]]>&#x20ac;</x:text>"
                + "<skip><r><r/></r><text>gone</text></skip>"
                + "<skip/><n><text/><skip k=''>x</skip></n>"
                + "</r>\n<!-- end -->";
        assertThat(read(document.getBytes(UTF_8)))
                .containsExactly("r", " text=<\u00e9: a & b<c>\u20ac", " skip", " skip", " n", "  text: ", "  skip=");
    }

    @Test
    void readsTheEncodingThatIsDeclared() throws IOException {
        assertThat(read("<?xml version='1.0' encoding='ISO-8859-1'?><text>\u00e9</text>".getBytes(ISO_8859_1)))
                .containsExactly("text: \u00e9");
    }

    @Test
    void aDocumentThatIsNotThereIsNoError() throws IOException {
        assertThat(FeedXml.read(Documents.of(Map.of()), DOCUMENT, _ -> {
                    throw new AssertionError("nothing to read");
                }))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<r>|line 1, column 4: the document ends in the middle; it was cut off",
                "<?xml version='1.0'?>|the document ends in the middle",
                "<r><abc></r></abc></r>|not well-formed",
                "<r><a></b></r>|not well-formed",
                "<r/><r/>|not well-formed",
                "<r/>text|not well-formed",
                "<r a='1' a='2'/>|not well-formed",
                "<r>&e;</r>|line 1, column 4: an entity that XML does not define",
                "<r a='&e;'/>|line 1, column",
                "<r>&#0;</r>|not well-formed",
                "<!DOCTYPE r><r/>|line 1, column 1: a document type declaration, which is refused",
                "<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>|a document type declaration",
                "<?xml version='1.0' encoding='x-none'?><r/>|not well-formed: Unsupported encoding: x-none",
                "<xmlns:r/>|not well-formed",
                "text|it is no XML",
                "<html/>|it is a web page, not XML (a proxy or login page?)",
            })
    void refuses(String document, String message) {
        assertThatThrownBy(() -> read(document.getBytes(UTF_8)))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith(DOCUMENT)
                .hasMessageContaining(message);
    }

    @Test
    void onlyTheDeclaredEncoding() {
        assertThatThrownBy(() -> read("<r>\u00e9</r>".getBytes(ISO_8859_1)))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("line 1, column");
    }

    @Test
    void depthIsBounded() throws IOException {
        assertThat(read(("<r>".repeat(100) + "</r>".repeat(100)).getBytes(UTF_8)))
                .hasSize(100);
        assertThatThrownBy(() -> read(("<r>".repeat(101) + "</r>".repeat(101)).getBytes(UTF_8)))
                .hasMessageContaining("nested more than 100 deep");
        // Also where nobody reads.
        assertThatThrownBy(() -> read(("<skip>" + "<r>".repeat(100)).getBytes(UTF_8)))
                .hasMessageContaining("nested more than 100 deep");
    }

    @Test
    void textIsBounded() throws IOException {
        int most = 1 << 20;
        assertThat(read(("<text>" + "a".repeat(most) + "</text>").getBytes(UTF_8)))
                .allMatch(line -> line.length() == most + 6);
        assertThatThrownBy(() -> read(("<text>" + "a".repeat(most + 1) + "</text>").getBytes(UTF_8)))
                .hasMessageContaining("a text of more than 1048576 characters");
        assertThatThrownBy(() -> read(("<text>" + "a<!---->".repeat(most + 1) + "</text>").getBytes(UTF_8)))
                .hasMessageContaining("a text of more than 1048576 characters");
    }
}
