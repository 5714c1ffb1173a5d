package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code limpid version compare}, one pair and many. */
class VersionCommandTest {

    @Test
    void comparesTwoVersions() {
        assertThat(answer("1.0~rc1-1", "1.0-1", "--scheme", "deb")).isEqualTo("-1\n");
        assertThat(answer("--scheme=deb", "1.0", "0:1.0-0")).isEqualTo("0\n");
        assertThat(answer("1.2.3-r4", "--scheme", "apk", "1.2.3-r3")).isEqualTo("1\n");
    }

    @Test
    void aTextThatIsNoVersionIsAQuestionMarkAndAReason() {
        TestConsole test = TestConsole.with("");
        assertThat(test.run("version", "compare", "1:", "2", "--scheme", "deb")).isEqualTo(ExitCode.FINE);
        assertThat(test.out()).isEqualTo("?\n");
        assertThat(test.err()).isEqualTo("warning: not a deb version: \"1:\": it has no upstream version\n");
    }

    /** What apk makes of such texts is told, with a warning; in a batch every line has one answer and nothing else is said. */
    @Test
    void theOrderOfOddVersionsIsThePackageManagersAndIsNotReliedOn() {
        TestConsole test = TestConsole.with("1.0.foo\t1.0.bar\n1.0\t1.0.foo\n");
        assertThat(test.run("version", "compare", "1.0", "1.0.foo", "--scheme", "apk"))
                .isEqualTo(ExitCode.FINE);
        assertThat(test.out()).isEqualTo("1\n");
        assertThat(test.err())
                .isEqualTo(
                        "warning: \"1.0.foo\" is outside of the grammar of apk versions: a scan does not rely on this"
                                + " order\n");
        TestConsole batch = TestConsole.with("1.0.foo\t1.0.bar\n1.0\t1.0.foo\n");
        assertThat(batch.run("version", "compare", "--scheme", "apk", "--batch"))
                .isEqualTo(ExitCode.FINE);
        assertThat(batch.out()).isEqualTo("1\n1\n");
        assertThat(batch.err()).isEmpty();
    }

    @Test
    void answersEveryLineOfABatch() {
        String pairs = "1.0\t1.1\n1.1\t1.0\r\n1.0\t0:1.0-0\n\n1.0\n1\t2\t3\n1:\t2\nx\u00e9\t1\n1 2\t1\n\t1\n2\t1";
        TestConsole test = TestConsole.with(pairs);
        assertThat(test.run("version", "compare", "--batch", "--scheme", "deb")).isEqualTo(ExitCode.FINE);
        assertThat(test.out()).isEqualTo("-1\n1\n0\n?\n?\n?\n?\n?\n?\n?\n1\n");
    }

    @Test
    void anEmptyBatchHasNoAnswers() {
        TestConsole test = TestConsole.with("");
        assertThat(test.run("version", "compare", "--batch", "--scheme", "apk")).isEqualTo(ExitCode.FINE);
        assertThat(test.out()).isEmpty();
    }

    @Test
    void aLineLongerThanAnyVersionIsAQuestionMark() {
        String pairs = "1\t" + "9".repeat(1 << 17) + "\n1\t2\n";
        TestConsole test = TestConsole.with(pairs);
        assertThat(test.run("version", "compare", "--batch", "--scheme", "deb")).isEqualTo(ExitCode.FINE);
        assertThat(test.out()).isEqualTo("?\n-1\n");
    }

    @Test
    void aBatchOutgrowsItsBuffers() {
        int lines = 200_000;
        String pairs = IntStream.range(0, lines)
                .mapToObj(i -> i + "\t" + (i + 1) + "\n")
                .collect(Collectors.joining());
        TestConsole test = TestConsole.with(pairs);
        assertThat(test.run("version", "compare", "--batch", "--scheme", "deb")).isEqualTo(ExitCode.FINE);
        assertThat(test.out()).isEqualTo("-1\n".repeat(lines));
    }

    @Test
    void usageErrors() {
        assertThat(usageError("1", "2")).contains("--scheme is missing").contains("apk, deb");
        assertThat(usageError("1", "2", "--scheme", "dbe")).contains("unknown version scheme: dbe (did you mean deb?)");
        assertThat(usageError("1", "2", "--scheme", "xyz"))
                .contains("unknown version scheme: xyz (there is ")
                .contains("apk, deb");
        assertThat(usageError("1", "--scheme", "deb")).contains("two versions are needed");
        assertThat(usageError("1", "2", "3", "--scheme", "deb")).contains("two versions are needed");
        assertThat(usageError("1", "--batch", "--scheme", "deb")).contains("--batch takes versions from stdin");
        assertThat(usageError("1", "2", "--scheme")).contains("--scheme");
    }

    private static String answer(String... rest) {
        TestConsole test = TestConsole.with("");
        assertThat(test.run(compare(rest))).isEqualTo(ExitCode.FINE);
        assertThat(test.err()).isEmpty();
        return test.out();
    }

    private static String usageError(String... rest) {
        TestConsole test = TestConsole.with("");
        assertThat(test.run(compare(rest))).isEqualTo(ExitCode.USAGE);
        assertThat(test.out()).isEmpty();
        assertThat(test.err()).endsWith("hint: see limpid version compare --help\n");
        return test.err();
    }

    private static String[] compare(String... rest) {
        String[] args = new String[rest.length + 2];
        args[0] = "version";
        args[1] = "compare";
        System.arraycopy(rest, 0, args, 2, rest.length);
        return args;
    }
}
