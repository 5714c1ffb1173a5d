package io.limpid.feed.epss;

import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feed.VulnerabilityIds;
import io.limpid.format.Printable;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.VulnerabilityDetails;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table of scores: perhaps a line with the model and the day, the columns' names, and a line for each vulnerability.
 *
 * <p>The first tables (2021) have neither that first line nor percentiles.
 */
final class ScoreTable {
    private static final Pattern DATE = Pattern.compile("(?:^#|,)score_date:(\\d{4}-\\d{2}-\\d{2})(?:T.*)?$");
    private static final String PLAIN_HEAD = "cve,epss";
    private static final String HEAD = "cve,epss,percentile";
    private static final Pattern SHARE = Pattern.compile("[01](?:\\.\\d{1,20})?|[0-9](?:\\.\\d{1,20})?[eE]-\\d{1,2}");
    private static final int LINE_BYTES = 1000;
    /** Probabilities are given to nine decimals: what is published beyond is noise. */
    private static final double DECIMALS = 1e9;

    private final InputStream in;
    private final long mostBytes;
    private final PartReading reading;
    private final byte[] line = new byte[LINE_BYTES];
    private int length;
    private long bytes;
    private int number;
    private @Nullable String date;

    ScoreTable(InputStream in, long mostBytes, PartReading reading) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.mostBytes = mostBytes;
        this.reading = reading;
    }

    /** The day of the scores, null when the table does not say. */
    @Nullable
    String date() {
        return date;
    }

    void read() throws IOException {
        if (!next()) {
            throw new FeedException(EpssFeed.SCORES, null, "it is empty");
        }
        String head = text();
        if (head.startsWith("#")) {
            Matcher said = DATE.matcher(head);
            date = said.find() ? said.group(1) : null;
            head = next() ? text() : "";
        }
        if (!head.equals(HEAD) && !head.equals(PLAIN_HEAD)) {
            throw error("expected the columns " + HEAD + ", found " + Printable.excerpt(head, 100));
        }
        boolean percentiles = head.equals(HEAD);
        while (next()) {
            if (length > 0) {
                score(text(), percentiles);
            }
        }
    }

    private void score(String row, boolean percentiles) throws FeedException {
        String[] cells = row.split(",", -1);
        if (cells.length != (percentiles ? 3 : 2)
                || !VulnerabilityIds.isOne(cells[0])
                || !isShare(cells[1])
                || (percentiles && !cells[2].isEmpty() && !isShare(cells[2]))) {
            reading.skip("line " + number, "not a vulnerability and its score: " + row);
            return;
        }
        Double percentile = percentiles && !cells[2].isEmpty() ? Double.valueOf(share(cells[2])) : null;
        reading.record(
                EpssFeed.SCORES,
                List.of(new VulnerabilityDetails(
                        cells[0],
                        EpssFeed.ID,
                        List.of(),
                        new ExploitPrediction(share(cells[1]), percentile, date),
                        null,
                        List.of(),
                        null,
                        null,
                        List.of(),
                        null,
                        null)));
    }

    private static boolean isShare(String text) {
        return text.length() <= 30 && SHARE.matcher(text).matches() && Double.parseDouble(text) <= 1;
    }

    private static double share(String text) {
        return Math.round(Double.parseDouble(text) * DECIMALS) / DECIMALS;
    }

    /** Goes to the next line; false after the last, which ends as all others do: one that does not was cut off. */
    private boolean next() throws IOException {
        length = 0;
        number++;
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (++bytes > mostBytes) {
                throw error("more than " + mostBytes + " bytes (limit feed-plain-bytes)");
            }
            if (one == '\n') {
                if (length > 0 && line[length - 1] == '\r') {
                    length--;
                }
                return true;
            }
            if (length == LINE_BYTES) {
                throw error("a line of more than " + LINE_BYTES + " bytes");
            }
            line[length++] = (byte) one;
        }
        if (length > 0) {
            throw error("the document ends in the middle of a line; it was cut off");
        }
        return false;
    }

    private String text() {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    private FeedException error(String what) {
        return new FeedException(EpssFeed.SCORES, "line " + number, what);
    }
}
