package io.limpid.report;

import org.jspecify.annotations.Nullable;

/** The instruction that made a layer, as its author wrote it rather than as the builder noted it. */
final class Instruction {
    private static final String SHELL = "/bin/sh -c ";
    private static final String NO_OPERATION = "#(nop) ";
    private static final String RUN_SHELL = "RUN " + SHELL;
    private static final String BUILDKIT = " # buildkit";

    private Instruction() {}

    /** On one line, without the shell that builders put in front and the mark that they put behind; empty when nothing is known. */
    static String of(@Nullable String createdBy) {
        if (createdBy == null) {
            return "";
        }
        String line = createdBy.strip().replaceAll("\\s+", " ");
        if (line.endsWith(BUILDKIT)) {
            line = line.substring(0, line.length() - BUILDKIT.length());
        }
        if (line.startsWith(RUN_SHELL)) {
            return "RUN " + line.substring(RUN_SHELL.length()).strip();
        }
        if (!line.startsWith(SHELL)) {
            return line;
        }
        line = line.substring(SHELL.length());
        // The old builder noted what was run as it is, and every other instruction as a comment of the shell.
        return line.startsWith(NO_OPERATION)
                ? line.substring(NO_OPERATION.length()).strip()
                : "RUN " + line.strip();
    }
}
