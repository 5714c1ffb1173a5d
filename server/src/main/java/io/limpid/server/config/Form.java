package io.limpid.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the value of a key is written.
 *
 * @param <T> what it means
 * @param words what is wanted, for people
 * @param isList whether it is a list
 * @param reader makes the value of its texts, of one where it is no list; null when they are none
 */
record Form<T>(String words, boolean isList, Function<List<String>, @Nullable T> reader) {
    static final Form<String> TEXT = one("a text", text -> text);
    static final Form<Integer> PORT = one("a port, 1 to 65535", text -> whole(text, 1, 65_535));
    static final Form<Integer> COUNT = one("a whole number, 0 or more", text -> whole(text, 0, Integer.MAX_VALUE));
    static final Form<Boolean> SWITCH = one("true or false", Form::onOrOff);
    static final Form<Duration> DURATION = one("a length of time, as 900s, 1h30m or 0", GoDuration::parse);
    static final Form<Path> FILE = one("the name of a file", Form::path);
    static final Form<ListenAddress> ADDRESS = one("HOST:PORT, or :PORT for all addresses", ListenAddress::parse);
    static final Form<URI> URL = one("an http or https URL", Form::url);
    static final Form<List<String>> TEXTS = new Form<>("a list of texts", true, List::copyOf);
    static final Form<List<Path>> FOLDERS = new Form<>("a list of absolute names of folders", true, Form::folders);

    /** One of a few words. */
    static Form<String> choice(String... words) {
        return one(String.join(" or ", words), text -> List.of(words).contains(text) ? text : null);
    }

    private static <T> Form<T> one(String words, Function<String, @Nullable T> reader) {
        return new Form<>(words, false, texts -> reader.apply(texts.getFirst()));
    }

    private static @Nullable Integer whole(String text, int least, int most) {
        if (!text.matches("\\d{1,10}")) {
            return null;
        }
        long number = Long.parseLong(text);
        return number >= least && number <= most ? (int) number : null;
    }

    private static @Nullable Boolean onOrOff(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> null;
        };
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            return null;
        }
    }

    private static @Nullable List<Path> folders(List<String> texts) {
        List<Path> folders = new ArrayList<>();
        for (String text : texts) {
            Path folder = path(text);
            if (folder == null || !folder.isAbsolute()) {
                return null;
            }
            folders.add(folder);
        }
        return List.copyOf(folders);
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            boolean web = scheme != null && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"));
            return web && url.getHost() != null ? url : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
