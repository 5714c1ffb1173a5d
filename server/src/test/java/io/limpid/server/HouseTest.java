package io.limpid.server;

import io.limpid.house.House;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HouseTest {

    @TestFactory
    List<DynamicTest> rules() {
        return House.tests();
    }
}
