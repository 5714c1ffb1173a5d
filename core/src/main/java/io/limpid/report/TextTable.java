package io.limpid.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rows under headings, as wide as their contents; where they do not fit, whole columns are left out, never a part of a cell.
 *
 * @param columns the headings, left to right
 * @param rows as many cells as columns each, safe to print
 */
public record TextTable(List<Column> columns, List<List<String>> rows) {
    private static final String GAP = "  ";

    /**
     * A heading.
     *
     * @param title the word above the cells
     * @param keep how long it is kept when there is no room: the lowest goes first, {@link #ALWAYS} never
     */
    public record Column(String title, int keep) {
        /** Never left out. */
        public static final int ALWAYS = Integer.MAX_VALUE;
    }

    /** Its lines for so many columns of a terminal. */
    public List<String> lines(int width) {
        return lines("", width, Paint.NONE);
    }

    /** Its lines for so many columns of a terminal, each behind the indent; the words of severities painted. */
    List<String> lines(String indent, int width, Paint paint) {
        int[] widths = widths();
        List<Integer> shown = shown(widths, width - indent.length());
        List<String> lines = new ArrayList<>(rows.size() + 1);
        lines.add(line(indent, columns.stream().map(Column::title).toList(), shown, widths, Paint.NONE));
        for (List<String> row : rows) {
            lines.add(line(indent, row, shown, widths, paint));
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(columns.get(i).title());
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return widths;
    }

    private List<Integer> shown(int[] widths, int room) {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            if (columns.get(i).keep() == Column.ALWAYS || rows.stream().anyMatch(holds(i))) {
                shown.add(i);
            }
        }
        while (total(shown, widths) > room) {
            Integer least = shown.stream()
                    .filter(i -> columns.get(i).keep() != Column.ALWAYS)
                    .min((a, b) -> Integer.compare(
                            columns.get(a).keep(), columns.get(b).keep()))
                    .orElse(null);
            if (least == null) {
                break;
            }
            shown.removeIf(least::equals);
        }
        return shown;
    }

    private static Predicate<List<String>> holds(int column) {
        return row -> !row.get(column).isEmpty();
    }

    private static int total(List<Integer> shown, int[] widths) {
        return shown.stream().mapToInt(i -> widths[i]).sum() + GAP.length() * (shown.size() - 1);
    }

    private static String line(String indent, List<String> row, List<Integer> shown, int[] widths, Paint paint) {
        StringBuilder line = new StringBuilder(indent);
        int owed = 0;
        for (int column : shown) {
            String cell = row.get(column);
            if (!cell.isEmpty()) {
                line.repeat(' ', owed).append(paint.severity(cell));
                owed = 0;
            }
            owed += widths[column] - width(cell) + GAP.length();
        }
        return line.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
