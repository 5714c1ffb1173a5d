package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.Severity;
import io.limpid.model.Verdict;
import io.limpid.report.Gate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of a gate as exit codes and on stderr. */
class GateOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "high, false, 2, gate failed (--fail-on high): 1 finding high or worse",
        "high, true, 2, gate failed (--fail-on high): 1 finding high or worse",
        "critical, false, 0, gate passed (--fail-on critical): none of 1 finding is critical",
        "'high,fixable', false, 0, 'gate passed (--fail-on high,fixable): none of 1 finding is high or worse and"
                + " fixable'",
    })
    void answers(String gate, boolean allow, int code, String said) {
        TestConsole loud = TestConsole.with("");
        GateOptions options = new GateOptions(Gate.parse(gate), allow);
        assertThat(options.judge(report(), loud.console(), false)).isEqualTo(code);
        assertThat(loud.err().lines()).hasSize(2);
        assertThat(loud.err()).startsWith(said).doesNotContain("\u001b");
        TestConsole quiet = TestConsole.with("");
        assertThat(options.judge(report(), quiet.console(), true)).isEqualTo(code);
        assertThat(quiet.err()).isEqualTo(code == 0 ? "" : loud.err());
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0"})
    void withoutAGateNothingIsSaid(boolean quiet, int code) {
        TestConsole console = TestConsole.with("");
        assertThat(new GateOptions(null, false).judge(report(), console.console(), quiet))
                .isEqualTo(code);
        assertThat(console.err()).isEmpty();
    }

    private static Report report() {
        InventoryPackage affected = new InventoryPackage(
                new Package("deb", "a\u001b[2J", "1", null, null, null, ""), "pkg:deb/a@1", null, null, null);
        Finding finding = new Finding(
                "CVE-1",
                List.of(),
                affected,
                Severity.HIGH,
                null,
                List.of(),
                FindingState.AFFECTED,
                null,
                "debian",
                null,
                null,
                null,
                null);
        return new Report(
                new ScanTarget("sbom", "bom.json", null, null, null),
                List.of(),
                new Inventory(null, List.of(affected), List.of()),
                List.of(finding),
                List.of(),
                new Verdict(Verdict.Result.VULNERABLE, true, List.of()));
    }
}
