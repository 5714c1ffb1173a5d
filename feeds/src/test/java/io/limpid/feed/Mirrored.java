package io.limpid.feed;

import io.limpid.testing.Shared;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the mirror among the shared data has a document: {@code feeds/serve.py} says how URLs with a query are kept. */
final class Mirrored {
    private static final Pattern PAGE = Pattern.compile("(?:^|&)page=([0-9]{1,6})(?:&|$)");
    private static final Pattern RELEASES = Pattern.compile("(?:^|&)releases=([A-Za-z0-9-]+)(?:&|$)");

    private Mirrored() {}

    /** The files that may be it, the first that is there being meant. */
    static List<Path> places(URI url) {
        List<String> names = new ArrayList<>(List.of(url.getHost() + url.getPath()));
        String query = url.getQuery() == null ? "" : url.getQuery();
        Matcher page = PAGE.matcher(query);
        if (page.find()) {
            names.clear();
            names.add(url.getHost() + url.getPath() + "/page-" + page.group(1) + ".json");
            Matcher releases = RELEASES.matcher(query);
            if (releases.find()) {
                names.add(url.getHost() + url.getPath() + "/" + releases.group(1) + "/updates.json."
                        + (Integer.parseInt(page.group(1)) - 1));
            }
        } else if (query.contains("startIndex=")) {
            names.clear();
            if (query.matches("(.*&)?startIndex=0(&.*)?")) {
                names.add(url.getHost() + url.getPath() + ".native-sample.json");
            }
        }
        Path feeds = Shared.require("feeds");
        List<Path> places = new ArrayList<>();
        for (String name : names) {
            places.add(feeds.resolve(name));
            places.add(feeds.resolve(name + ".gz"));
            if (name.endsWith(".tar.gz")) {
                places.add(feeds.resolve(name.substring(0, name.length() - 2) + "xz"));
            }
        }
        return places;
    }
}
