package io.limpid.server.update;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What of each part of an updater's feed is current: by the part's name what tells this state of it from others.
 *
 * @param marks in the order of names
 */
record PartMarks(Map<String, String> marks) {
    /** Before the mark of a part that is not current everywhere: some namespaces of which it speaks were left alone. */
    private static final String PARTLY = "partly ";

    /** As {@link #text} wrote them; lines that are something else count for nothing. */
    static PartMarks of(String text) {
        Map<String, String> marks = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                marks.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return new PartMarks(marks);
    }

    /** Lines with the part's name, a blank, and its mark. */
    String text() {
        return marks.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Whether something is current of a part. */
    boolean has(String part) {
        return marks.containsKey(part);
    }

    /** Whether something is current of a part, here or there, and is not this. */
    boolean isOther(String part, String mark) {
        String current = marks.get(part);
        return current != null && !current.equals(mark) && !current.equals(PARTLY + mark);
    }

    /** Those of some parts. */
    PartMarks only(Predicate<String> parts) {
        Map<String, String> some = new TreeMap<>(marks);
        some.keySet().removeIf(part -> !parts.test(part));
        return new PartMarks(some);
    }

    /** With those of other parts. */
    PartMarks with(Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(marks);
        all.putAll(others);
        return new PartMarks(all);
    }

    /** As of parts that are not current everywhere. */
    PartMarks partly(Collection<String> parts) {
        Map<String, String> partly = new TreeMap<>(marks);
        partly.replaceAll((part, mark) -> parts.contains(part) && !mark.startsWith(PARTLY) ? PARTLY + mark : mark);
        return new PartMarks(partly);
    }
}
