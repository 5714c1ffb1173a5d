package io.limpid.feed.debian;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.PartReading;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Distros;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The advisories' names of Debian's releases, which the tracker knows by codename only. */
final class Releases {
    /** Those that neither Debian's file nor the table has any longer. */
    private static final Map<String, String> OLD = Map.of("squeeze", "6", "lenny", "5", "etch", "4");

    private final Map<String, String> numbers;

    private Releases(Map<String, String> numbers) {
        this.numbers = numbers;
    }

    /** The releases as Debian numbers them itself; where it does not say, those that {@link Distros} knows. */
    static Releases read(FeedDocuments documents, PartReading reading) throws IOException {
        Map<String, String> numbers = new HashMap<>();
        boolean there = FeedJson.read(
                documents,
                DebianFeed.DISTRIBUTIONS,
                json -> json.object(codename -> {
                    if (json.isObject()) {
                        json.object(member -> number(codename, member, json, numbers));
                    }
                }));
        if (there && numbers.isEmpty()) {
            throw new FeedException(DebianFeed.DISTRIBUTIONS, null, "it numbers no release");
        }
        if (!there) {
            reading.note(
                    "no " + DebianFeed.DISTRIBUTIONS + ": only releases that were known before are told by number");
        }
        return new Releases(numbers);
    }

    private static void number(String codename, String member, JsonStream json, Map<String, String> numbers)
            throws IOException {
        String number = member.equals("major-version") ? json.scalarOrNull() : null;
        if (number != null && number.matches("[1-9][0-9]{0,3}")) {
            numbers.put(codename, number);
        }
    }

    /** {@code debian:12} for {@code bookworm}; {@code debian:sid}, which has no number and never will. */
    String namespace(String codename) {
        return Distros.of(DebianFeed.ID, numbers.getOrDefault(codename, OLD.get(codename)), codename)
                .namespace();
    }
}
