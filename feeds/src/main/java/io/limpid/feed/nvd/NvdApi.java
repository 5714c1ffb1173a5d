package io.limpid.feed.nvd;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.FeedPart;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database's API: what was changed within a window of time, in pages.
 *
 * <p>It counts the requests of everybody, and allows more to those who have a key.
 */
public final class NvdApi {
    /** The variable of the environment that has the key. */
    public static final String KEY_VARIABLE = "LIMPID_NVD_API_KEY";

    /** The field of a request that has it. */
    public static final String KEY_FIELD = "apiKey";

    /** The time for which requests are counted. */
    public static final Duration COUNTED = Duration.ofSeconds(30);

    private static final int WITH_KEY = 50;
    private static final int WITHOUT_KEY = 5;

    private static final String HOST = "services.nvd.nist.gov";
    private static final String CVES = "https://" + HOST + "/rest/json/cves/2.0?";
    private static final int PER_PAGE = 2000;
    /** The window is one of days, as long as what the database calls modified; more than 120 are refused. */
    private static final int DAYS = 8;

    private static final long MOST = 1_000_000;

    private NvdApi() {}

    /** How many requests may go in {@link #COUNTED}. */
    public static int requests(boolean key) {
        return key ? WITH_KEY : WITHOUT_KEY;
    }

    /** Whether a URL leads to the API itself: nobody else is to see the key. */
    public static boolean isAt(URI url) {
        return HOST.equals(url.getHost()) && "https".equals(url.getScheme());
    }

    /** The part of what was changed in the days before a moment. */
    static FeedPart changes(Instant now) {
        return new FeedPart(
                NvdFeed.ID, NvdFeed.CHANGES, List.of(new FeedPart.Document(NvdFeed.CVES, page(now, 0), true)));
    }

    private static URI page(Instant now, long from) {
        // Of the hour, so that pages that are asked for one after the other are those of one list.
        Instant end = now.truncatedTo(ChronoUnit.HOURS);
        return page("lastModStartDate=" + end.minus(DAYS, ChronoUnit.DAYS) + "&lastModEndDate=" + end, from);
    }

    private static URI page(String window, long from) {
        return URI.create(CVES + window + "&resultsPerPage=" + PER_PAGE + "&startIndex=" + from);
    }

    /** The pages after the first, which says how many vulnerabilities there are. */
    static List<FeedPart.Document> morePages(FeedPart part, FeedDocuments fetched) throws IOException {
        long all = total(fetched);
        String first = part.documents().getFirst().url().getRawQuery();
        String window = first.replaceFirst("&resultsPerPage=.*$", "");
        List<FeedPart.Document> pages = new ArrayList<>();
        for (long from = PER_PAGE; from < all; from += PER_PAGE) {
            pages.add(new FeedPart.Document(name(from / PER_PAGE), page(window, from), true));
        }
        return pages;
    }

    /** The name of a page's document; of the first it is {@link NvdFeed#CVES}. */
    private static String name(long page) {
        return "cves-" + (page + 1) + ".json";
    }

    private static long total(FeedDocuments fetched) throws IOException {
        @Nullable String[] total = {null};
        FeedJson.read(
                fetched,
                NvdFeed.CVES,
                json -> json.object(member -> {
                    if (member.equals("totalResults")) {
                        total[0] = json.scalarOrNull();
                    }
                }));
        String text = total[0];
        if (text == null || !text.matches("\\d{1,9}") || Long.parseLong(text) > MOST) {
            throw new FeedException(NvdFeed.CVES, null, "it does not say how many vulnerabilities there are: " + text);
        }
        return Long.parseLong(text);
    }
}
