package io.limpid.server.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is in a backup.
 *
 * @param schema the version of the tables
 */
record BackupManifest(int schema, String server, List<Table> tables, List<Sequence> sequences) {
    private static final String FIRST = "limpid-backup 1";

    /** A table as it was copied: in the order in which it can be put back. */
    record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
        Table {
            columns = List.copyOf(columns);
        }

        /** The name of its file. */
        String file() {
            return "tables/" + name;
        }
    }

    /** A sequence and the number that it gives next. */
    record Sequence(String name, long next) {}

    BackupManifest {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
    }

    String text() {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        text.append("schema ").append(schema).append('\n');
        text.append("server ").append(server).append('\n');
        for (Table table : tables) {
            text.append("table %s %d %d %s %s\n"
                    .formatted(table.name, table.rows, table.bytes, table.sha256, String.join(",", table.columns)));
        }
        for (Sequence sequence : sequences) {
            text.append("sequence %s %d\n".formatted(sequence.name, sequence.next));
        }
        return text.toString();
    }

    static BackupManifest parse(String text) throws IOException {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || !lines.getFirst().equals(FIRST)) {
            throw new IOException("its manifest is none that this version reads");
        }
        try {
            List<Table> tables = new ArrayList<>();
            List<Sequence> sequences = new ArrayList<>();
            for (String line : lines.subList(3, lines.size())) {
                List<String> words = List.of(line.split(" ", -1));
                if (words.getFirst().equals("table")) {
                    List<String> columns = words.get(5).isEmpty()
                            ? List.of()
                            : List.of(words.get(5).split(",", -1));
                    tables.add(new Table(
                            name(words.get(1)),
                            columns.stream().map(BackupManifest::name).toList(),
                            Long.parseLong(words.get(2)),
                            Long.parseLong(words.get(3)),
                            words.get(4)));
                } else {
                    sequences.add(new Sequence(name(words.get(1)), Long.parseLong(words.get(2))));
                }
            }
            int schema = Integer.parseInt(lines.get(1).substring("schema ".length()));
            return new BackupManifest(schema, lines.get(2).substring("server ".length()), tables, sequences);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("its manifest makes no sense", e);
        }
    }

    /** A name becomes part of a statement: only such as our own tables have. */
    static String name(String name) {
        if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("no name of a table or column");
        }
        return name;
    }
}
