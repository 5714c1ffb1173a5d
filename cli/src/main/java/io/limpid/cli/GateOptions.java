package io.limpid.cli;

import io.limpid.format.Printable;
import io.limpid.model.Report;
import io.limpid.report.Gate;
import io.limpid.report.Gate.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The gate of a command line, and the exit code that it answers with.
 *
 * @param gate what is asked, null for nothing
 * @param allowIncomplete whether "cannot tell" is only warned of
 */
record GateOptions(@Nullable Gate gate, boolean allowIncomplete) {
    private static final String FAIL_ON = "--fail-on";
    private static final String ALLOW_INCOMPLETE = "--allow-incomplete";

    static List<OptionSpec> specs() {
        return List.of(
                OptionSpec.builder(FAIL_ON)
                        .type(String.class)
                        .paramLabel("SEVERITY[,fixable]")
                        .description("Exit with 2 on a finding so bad or worse, with 3 where that is not known.")
                        .build(),
                OptionSpec.builder(ALLOW_INCOMPLETE)
                        .description("Only warn where --fail-on cannot be answered.")
                        .build());
    }

    /** Reads the options of a command that has {@link #specs}. */
    static GateOptions of(ParseResult arguments) {
        String text = arguments.matchedOptionValue(FAIL_ON, null);
        boolean allow = arguments.hasMatchedOption(ALLOW_INCOMPLETE);
        if (text == null) {
            if (allow) {
                throw UsageError.at(arguments, ALLOW_INCOMPLETE + " means nothing without " + FAIL_ON);
            }
            return new GateOptions(null, false);
        }
        try {
            return new GateOptions(Gate.parse(text), allow);
        } catch (IllegalArgumentException e) {
            throw UsageError.at(arguments, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Answers for a report, in two lines on stderr.
     *
     * @param quiet whether nothing is said of a gate that lets the report through
     * @return one of {@link ExitCode}
     */
    int judge(Report report, Console console, boolean quiet) {
        if (gate == null) {
            return ExitCode.FINE;
        }
        Judgement judgement = gate.judge(report);
        return switch (judgement.answer()) {
            case PASSED -> {
                if (!quiet) {
                    say(console, "gate passed", judgement, "compared");
                }
                yield ExitCode.FINE;
            }
            case FAILED -> {
                say(console, "gate failed", judgement, "hint");
                yield ExitCode.GATE_FAILED;
            }
            case CANNOT_TELL -> {
                if (!allowIncomplete || !quiet) {
                    say(
                            console,
                            allowIncomplete ? "warning: gate not answered" : "gate not answered",
                            judgement,
                            "hint");
                }
                yield allowIncomplete ? ExitCode.FINE : ExitCode.UNKNOWN;
            }
        };
    }

    private void say(Console console, String answer, Judgement judgement, String remark) {
        console.stderr()
                .print(Printable.of(
                                answer + " (" + FAIL_ON + " " + gate + "): " + String.join("; ", judgement.reasons()))
                        + "\n"
                        + Printable.of(remark + ": " + judgement.remark()) + "\n");
        console.stderr().flush();
    }
}
