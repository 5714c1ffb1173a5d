package io.limpid.cli;

/** The exit codes of every command. */
public final class ExitCode {
    /** The command did what it was asked for. */
    public static final int FINE = 0;
    /** The tool, or what it needs, failed. */
    public static final int TOOL_ERROR = 1;
    /** The result does not pass the gate that was asked for. */
    public static final int GATE_FAILED = 2;
    /** The gate that was asked for could not be judged: something is unknown or incomplete. */
    public static final int UNKNOWN = 3;
    /** The command line makes no sense. */
    public static final int USAGE = 64;
    /** The run was interrupted before its end. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
