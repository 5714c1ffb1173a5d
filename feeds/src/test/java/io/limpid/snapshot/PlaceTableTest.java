package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against a map of objects. */
class PlaceTableTest {

    @Property(tries = 300)
    void isAMap(
            @ForAll long seed, @ForAll @IntRange(max = 3000) int count, @ForAll @IntRange(min = 1, max = 63) int bits) {
        Random random = new Random(seed);
        PlaceTable table = new PlaceTable();
        for (int round = 0; round < 3; round++) {
            Map<Long, Integer> map = new HashMap<>();
            for (int i = 0; i < count; i++) {
                // Keys of few bits come again, those of the highest bits only are alike.
                long key = random.nextLong() >>> bits;
                key = random.nextBoolean() ? key : Long.reverse(key);
                int place = random.nextInt(Integer.MAX_VALUE);
                assertThat(table.get(key)).isEqualTo(map.getOrDefault(key, PlaceTable.NONE));
                Integer before = map.putIfAbsent(key, place);
                assertThat(table.putIfAbsent(key, place)).isEqualTo(before == null ? PlaceTable.NONE : before);
            }
            map.forEach((key, place) -> assertThat(table.get(key)).isEqualTo(place));
            table.clear();
            map.keySet().forEach(key -> assertThat(table.get(key)).isEqualTo(PlaceTable.NONE));
        }
    }
}
