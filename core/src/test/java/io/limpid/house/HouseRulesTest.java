package io.limpid.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Wanted;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A rule that cannot fail guards nothing: the classes in {@code house.wrong} break each of them. */
class HouseRulesTest {
    private static final String WRONG = "io.limpid.house.wrong";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(WRONG);
    private static final Map<String, ArchRule> RULES = HouseRules.under(WRONG).all();

    @Test
    void everyRuleCanFail() {
        var unbroken = new TreeSet<>(RULES.keySet());
        unbroken.removeIf(name -> RULES.get(name).evaluate(CLASSES).hasViolation());
        // Of the arrows, which are one rule with another table line each, five are broken; there is no second feed.
        assertThat(unbroken)
                .containsExactlyInAnyOrder(
                        "arrows of version",
                        "arrows of cvss",
                        "arrows of format",
                        "arrows of net",
                        "arrows of image",
                        "arrows of layer",
                        "arrows of detect",
                        "arrows of facts",
                        "arrows of match",
                        "arrows of sbom",
                        "arrows of scan",
                        "arrows of feed",
                        "arrows of feedformat",
                        "arrows of bundle",
                        "arrows of correction",
                        "arrows of snapshot",
                        "arrows of server.clair",
                        "arrows of server.failpoint",
                        "arrows of server.config",
                        "arrows of server.store",
                        "arrows of server.worker",
                        "arrows of server.update",
                        "arrows of server.notify",
                        "arrows of server.api",
                        "no siblings in feed");
    }

    @Test
    void aBrokenRuleSaysWhoAndWhy() {
        assertThat(RULES.get("arrows of model")
                        .evaluate(CLASSES)
                        .getFailureReport()
                        .toString())
                .contains("KnowsMatch")
                .contains("because the records that pass between the stages know no stage");
        assertThat(RULES.get("no processes in core")
                        .evaluate(CLASSES)
                        .getFailureReport()
                        .toString())
                .contains("Runs.run");
    }

    @Test
    void aListMayNameWhatLivesBelowItAndOthersMayNot() {
        String circles =
                RULES.get("no circles").evaluate(CLASSES).getFailureReport().toString();
        assertThat(circles).contains("KnowsMatch").doesNotContain("Detectors");
    }

    @Test
    void aForgottenExtensionIsFound() throws ReflectiveOperationException {
        JavaClasses here = new ClassFileImporter().importClasses(Forgotten.class);
        assertThat(ListCompleteness.missing(here, "io.limpid.detect.Detector", "io.limpid.detect.Detectors"))
                .containsExactly(Forgotten.class.getName());
    }

    private static final class Forgotten implements Detector {
        @Override
        public DetectorId id() {
            return new DetectorId("forgotten", 1);
        }

        @Override
        public List<Wanted> wants() {
            return List.of();
        }

        @Override
        public List<Detection> detect(LayerFiles files) {
            return List.of();
        }
    }
}
