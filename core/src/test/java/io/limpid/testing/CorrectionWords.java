package io.limpid.testing;

import io.limpid.model.Correction;
import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.VersionRange;
import java.time.LocalDate;

/**
 * Local corrections in one line of a table each: {@code ID PACKAGE STATUS [fixed=V] [from=V] [before=V] [to=V] [in=NAMESPACE] [severity=S] [until=DAY]}, where
 * {@code -} is no status.
 */
public final class CorrectionWords {
    private CorrectionWords() {}

    /** The correction of a line; its reason is "because". */
    public static Correction correction(String text, int line) {
        String[] word = text.split(" ", -1);
        String fixed = null;
        String from = null;
        String before = null;
        String to = null;
        String namespace = null;
        Severity severity = null;
        LocalDate until = null;
        for (int i = 3; i < word.length; i++) {
            String value = word[i].substring(word[i].indexOf('=') + 1);
            switch (word[i].substring(0, word[i].indexOf('='))) {
                case "fixed" -> fixed = value;
                case "from" -> from = value;
                case "before" -> before = value;
                case "to" -> to = value;
                case "in" -> namespace = value;
                case "severity" -> severity = Severity.ofWord(value).orElseThrow();
                default -> until = LocalDate.parse(value);
            }
        }
        return new Correction(
                word[0],
                word[1],
                new VersionRange(from, before, to),
                namespace,
                word[2].equals("-") ? null : FixState.ofWord(word[2]).orElseThrow(),
                fixed,
                severity,
                "because",
                null,
                until,
                "o.yaml:" + line);
    }
}
