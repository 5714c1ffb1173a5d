package io.limpid.server.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said at the end: a table for people, and the same as JSON. */
final class Figures {
    private record Figure(String key, String title, double value, String unit) {
        String text() {
            String number = value == Math.rint(value)
                    ? String.format(Locale.ROOT, "%,d", (long) value)
                    : String.format(Locale.ROOT, "%.2f", value);
            return unit.isEmpty() ? number : number + " " + unit;
        }
    }

    private final List<Figure> figures = new ArrayList<>();

    void add(String key, String title, long count) {
        add(key, title, count, "");
    }

    void add(String key, String title, long count, String unit) {
        figures.add(new Figure(key, title, (double) count, unit));
    }

    void add(String key, String title, double value, String unit) {
        figures.add(new Figure(key, title, value, unit));
    }

    /** Median and maximum of some, if there are any. */
    void add(String key, String title, List<Double> values) {
        if (!values.isEmpty()) {
            List<Double> sorted = values.stream().sorted().toList();
            add(key + "Median", title + ", median", sorted.get(sorted.size() / 2), "s");
            add(key + "Max", title + ", longest", sorted.getLast(), "s");
        }
    }

    void print() {
        System.out.println("| | |\n|---|---:|");
        figures.forEach(each -> System.out.println("| " + each.title + " | " + each.text() + " |"));
    }

    void write(@Nullable Path file) throws IOException {
        if (file != null) {
            Files.writeString(
                    file,
                    figures.stream()
                            .map(each -> "\"" + each.key + "\": " + String.format(Locale.ROOT, "%.4f", each.value))
                            .collect(Collectors.joining(", ", "{", "}\n")));
        }
    }
}
