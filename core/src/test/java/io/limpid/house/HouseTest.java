package io.limpid.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HouseTest {

    @TestFactory
    List<DynamicTest> rules() {
        return House.tests();
    }

    @TestFactory
    List<DynamicTest> extensionPointsOfCoreAreThere() {
        return ListCompleteness.EXTENSIONS.stream()
                .filter(extension -> extension.presence() == ListCompleteness.Presence.CORE)
                .map(extension -> dynamicTest(
                        extension.point(),
                        () -> assertThat(ListCompleteness.exists(extension)).isTrue()))
                .toList();
    }
}
