package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The frame: help, usage errors, and what becomes of every kind of failure. */
class MainTest {
    private final TestConsole test = TestConsole.with("");

    @Test
    void helpFitsOnOneScreenAndStartsWithAnExample() {
        for (List<String> args : List.of(
                List.of("--help"),
                List.of("-h"),
                List.of("help"),
                List.of("help", "version"),
                List.of("help", "scan"),
                List.of("explain", "--help"),
                List.of("push", "--help"),
                List.of("version", "--help"),
                List.of("help", "version", "compare"),
                List.of("version", "compare", "-h"))) {
            TestConsole console = TestConsole.with("");
            assertThat(console.run(args.toArray(String[]::new))).isEqualTo(ExitCode.FINE);
            assertThat(console.err()).isEmpty();
            assertThat(console.out()).startsWith("limpid ").contains("usage: ");
            assertThat(console.out().lines()).hasSizeLessThanOrEqualTo(40).allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void helpAsOptionAndAsCommandIsTheSame() {
        test.run("version", "compare", "--help");
        TestConsole other = TestConsole.with("");
        other.run("help", "version", "compare");
        assertThat(test.out()).isEqualTo(other.out());
    }

    /** The server's words are in the launcher; here they are known well enough not to be called unknown. */
    @Test
    void helpOnTheServerSaysWhereItIs() throws IOException {
        Matcher words = Pattern.compile("\n    (server \\|.*)\\)\n").matcher(Files.readString(Path.of("..", "limpid")));
        assertThat(words.find()).isTrue();
        assertThat(words.group(1).split(" \\| ")).containsExactlyInAnyOrderElementsOf(HelpCommand.OF_THE_SERVER);
        for (String word : HelpCommand.OF_THE_SERVER) {
            TestConsole console = TestConsole.with("");
            assertThat(console.run("help", word, "anything")).isEqualTo(ExitCode.FINE);
            assertThat(console.out()).contains("limpid " + word + " --help\n");
        }
    }

    @Test
    void versionIsTheBuilds() {
        assertThat(test.run("--version")).isEqualTo(ExitCode.FINE);
        assertThat(test.out()).matches("limpid \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
        for (String word : List.of("-V", "version")) {
            TestConsole other = TestConsole.with("");
            assertThat(other.run(word)).isEqualTo(ExitCode.FINE);
            assertThat(other.out()).isEqualTo(test.out());
        }
    }

    @Test
    void mistypedCommandIsAUsageErrorWithASuggestion() {
        assertThat(test.run("verison")).isEqualTo(ExitCode.USAGE);
        assertThat(test.out()).isEmpty();
        assertThat(test.err())
                .isEqualTo("error: unknown command: verison\nhint: did you mean version? see limpid --help\n");
    }

    @Test
    void unknownWordsGetNoWildGuess() {
        assertThat(test.run("qqq")).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).isEqualTo("error: unknown command: qqq\nhint: see limpid --help\n");
    }

    @Test
    void mistypedOptionIsAUsageErrorWithASuggestion() {
        assertThat(test.run("version", "compare", "1", "2", "--shceme", "deb")).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).isEqualTo("""
            error: unknown option: --shceme
            hint: did you mean --scheme? see limpid version compare --help
            """);
    }

    @Test
    void helpOfAnUnknownCommandIsAUsageError() {
        assertThat(test.run("help", "versio")).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).contains("did you mean version?");
    }

    @Test
    void noCommandIsAUsageError() {
        assertThat(test.run()).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).isEqualTo("error: no command is given\nhint: see limpid --help\n");
    }

    @Test
    void aKnownFailureHasOneShape() {
        assertThat(failWith(new LimpidException(
                        ErrorCode.NOT_FOUND, "cannot open x.tar", "no such file", "check the path")))
                .isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err()).isEqualTo("error: cannot open x.tar\ncause: no such file\nhint: check the path\n");
    }

    @Test
    void aUsageFailureOfACommandExitsAsOne() {
        assertThat(failWith(new LimpidException(ErrorCode.USAGE, "no such scheme", null, null)))
                .isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).isEqualTo("error: no such scheme\n");
    }

    @Test
    void failuresOfFilesNameTheFile() {
        failWith(new NoSuchFileException("a.tar"));
        failWith(new AccessDeniedException("b.tar"));
        failWith(new IOException("connection reset"));
        assertThat(test.err()).isEqualTo("""
            error: cannot open a.tar
            cause: no such file or folder
            error: cannot open b.tar
            cause: permission denied
            error: reading or writing failed
            cause: connection reset
            """);
    }

    @Test
    void aFaultOfOursHidesItsTrace() {
        assertThat(failWith(new IllegalStateException("no layer 3"))).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err())
                .startsWith("error: internal: IllegalStateException\ncause: no layer 3\nhint: ")
                .doesNotContain("\tat ");
    }

    @Test
    void aFaultOfOursShowsItsTraceWhenAsked() {
        for (List<String> asked : List.of(List.of("-vv"), List.of("-v", "-v"))) {
            TestConsole console = TestConsole.with("");
            List<String> args = new ArrayList<>(List.of("fail"));
            args.addAll(asked);
            Command command = failing(new IllegalStateException("no layer 3"));
            assertThat(console.run(List.of(command), args.toArray(String[]::new)))
                    .isEqualTo(ExitCode.TOOL_ERROR);
            assertThat(console.err()).contains("\tat io.limpid.cli.MainTest");
        }
    }

    @Test
    void anArgumentIsNeverTheNameOfAFileOfArguments() {
        assertThat(test.run("@/etc/hostname")).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).startsWith("error: unknown command: @/etc/hostname\n");
    }

    @Test
    void errorsOfTheMachineHaveTheSameShape() {
        assertThat(failWith(new OutOfMemoryError("Java heap space"))).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(failWith(new StackOverflowError())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err())
                .startsWith("error: out of memory\ncause: Java heap space\nhint: ")
                .contains("error: internal: the stack is used up\ncause: ")
                .doesNotContain("\tat ");
    }

    @Test
    void anInterruptedRunSaysNothing() {
        assertThat(failWith(new InterruptedException())).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(failWith(new InterruptedIOException())).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(test.err()).isEmpty();
    }

    @Test
    void namesOutOfAnImageCommandNeitherTheTerminalNorABuildServer() {
        LimpidException hostile = new LimpidException(
                ErrorCode.BROKEN_IMAGE,
                "bad \u001b[2Jname\nhint: run this",
                "\u202ex\r##vso[task.complete]",
                "::set-x");
        failWith(hostile);
        assertThat(test.err()).isEqualTo("""
            error: bad \\u{1b}[2Jname\\nhint: run this
            cause: \\u{202e}x\\r\\u{23}#vso[task.complete]
            hint: \\u{3a}:set-x
            """);
        TestConsole verbose = TestConsole.with("");
        verbose.run(List.of(failing(new IOException("a\u001b[2J\n::error::b", hostile))), "fail", "-v", "-v");
        assertThat(verbose.err())
                .contains("\n\tat io.limpid.cli", "\nCaused by: ")
                .doesNotContain("\u001b", "\n::", "##vso");
    }

    @Test
    void aReaderThatHasGoneIsNoError() {
        TestConsole gone = TestConsole.with("", failingStream("Broken pipe"));
        assertThat(gone.run("version")).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(gone.err()).isEmpty();
    }

    @Test
    void aResultThatCannotBeWrittenIsAnError() {
        TestConsole full = TestConsole.with("", failingStream("No space left on device"));
        assertThat(full.run("version")).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(full.err()).startsWith("error: cannot write the result to stdout\ncause: No space left on device\n");
    }

    private int failWith(Throwable failure) {
        return test.run(List.of(failing(failure)), "fail");
    }

    private static OutputStream failingStream(String message) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(message);
            }
        };
    }

    private static Command failing(Throwable failure) {
        return new Command() {
            @Override
            public String name() {
                return "fail";
            }

            @Override
            public CommandSpec spec() {
                return CommandSpec.create()
                        .name(name())
                        .addOption(OptionSpec.builder("-v")
                                .type(boolean[].class)
                                .arity("0")
                                .build());
            }

            @Override
            public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
                switch (failure) {
                    case IOException e -> throw e;
                    case InterruptedException e -> throw e;
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new AssertionError(failure);
                }
            }
        };
    }
}
