package io.limpid.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/** The house's rules as the tests of one module: {@code @TestFactory} gives back {@link #tests}. */
public final class House {
    private House() {}

    /** One test a rule and one an extension list, over what the module that asks has compiled. */
    public static List<DynamicTest> tests() {
        JavaClasses classes = HouseRules.compiledHere();
        List<DynamicTest> tests = new ArrayList<>();
        HouseRules.under("io.limpid")
                .all()
                .forEach((name, rule) -> tests.add(dynamicTest(name, () -> rule.check(classes))));
        for (ListCompleteness.Extension extension : ListCompleteness.EXTENSIONS) {
            if (ListCompleteness.exists(extension)) {
                tests.add(dynamicTest(
                        "complete: " + extension.list(),
                        () -> assertThat(ListCompleteness.missing(classes, extension.point(), extension.list()))
                                .as("in no list: add them to " + extension.list())
                                .isEmpty()));
            }
        }
        return tests;
    }
}
