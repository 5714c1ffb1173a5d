package io.limpid.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.Paragraph.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParagraphsTest {

    @Test
    void fieldsAskedForWithTheirFoldedLines() {
        List<Paragraph> all = read("A: 1\nB: no\nC:\n x\n  y\n\n \t\na : 2", false);
        assertThat(all)
                .extracting(Paragraph::fields)
                .containsExactly(Map.of("a", "1", "c", "x\n  y"), Map.of("a", "2"));
        assertThat(all).extracting(Paragraph::line).containsExactly(1, 8);
        assertThat(all).extracting(Paragraph::ending).containsExactly(Ending.EMPTY_LINE, Ending.CUT);
        assertThat(all).allMatch(paragraph -> paragraph.fault() == null);
        assertThat(all.getFirst().longestLine()).isEqualTo(5);
    }

    @Test
    void aBlankLineThatNothingEndsMayBeHalfALine() {
        assertThat(read("A: 1\n ", false)).extracting(Paragraph::ending).containsExactly(Ending.CUT);
        assertThat(read("A: 1\n \n", false)).extracting(Paragraph::ending).containsExactly(Ending.EMPTY_LINE);
        assertThat(read("A: 1\n", false)).extracting(Paragraph::ending).containsExactly(Ending.END_OF_FILE);
    }

    @Test
    void theFirstFaultIsTold() {
        assertThat(read("A: 1\nno field\nA: 2\n", false))
                .extracting(Paragraph::fault)
                .containsExactly("line 2 is no field");
        assertThat(read(" A: 1\n", false)).extracting(Paragraph::fault).containsExactly("line 1 is no field");
        assertThat(read("A: 1\nA: 1\na: 2\n", false))
                .extracting(Paragraph::fault)
                .containsExactly("line 3 has the field a again with another value");
    }

    @Test
    void aLongFieldIsAFaultOnlyWhenItIsAskedFor() {
        Paragraph paragraph = read("B: " + "x".repeat(99) + "\nA: " + "x".repeat(99) + "\n", false)
                .getFirst();
        assertThat(paragraph.fault()).isEqualTo("line 2 has a field a of more than 20 bytes (limit line-bytes)");
        assertThat(paragraph.fields()).containsExactly(Map.entry("a", ""));
        assertThat(paragraph.get("a")).isNull();
    }

    @Test
    void commentsOnlyWhereTheyAreAllowed() {
        assertThat(read("# c\n\n#c\nA: 1\n#c\n", true))
                .extracting(Paragraph::fields)
                .containsExactly(Map.of("a", "1"));
        assertThat(read("#c\nA: 1\n", false)).extracting(Paragraph::fault).containsExactly("line 1 is no field");
    }

    private static List<Paragraph> read(String text, boolean comments) {
        Paragraphs paragraphs = new Paragraphs(text.getBytes(UTF_8), List.of("a", "c"), 20, comments);
        List<Paragraph> all = new ArrayList<>();
        for (Paragraph one = paragraphs.next(); one != null; one = paragraphs.next()) {
            all.add(one);
        }
        return all;
    }
}
