package io.limpid.feedformat.csaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.json.JsonException;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents that are small and of the right shape, and would take all memory or hours where each thing in them is multiplied by each other. */
@Timeout(60)
class CsafReaderTest {
    private static final int MANY = 400_000;
    private static final int SOME = 50_000;

    @Test
    void whatIsMultipliedIsBounded() {
        String all = list(MANY, n -> "\"" + n + "\"");
        for (Map.Entry<String, String> row : Map.of(
                        document(
                                "[{\"group_id\":\"g\",\"product_ids\":[" + all + "]}]",
                                "\"flags\":[" + list(SOME, _ -> "{\"label\":\"l\",\"group_ids\":[\"g\"]}") + "]"),
                        "products are named more than 8000000 times",
                        document(
                                "[{\"group_id\":\"g\",\"product_ids\":[" + all + "]}]",
                                "\"scores\":["
                                        + list(
                                                50,
                                                _ ->
                                                        "{\"cvss_v3\":{\"vectorString\":\"v\"},\"products\":[\"1\"],\"group_ids\":[\"g\"]}")
                                        + "]"),
                        "products are named more than 8000000 times",
                        document("[]", "\"product_status\":{\"fixed\":[" + list(MANY * 2, n -> "\"" + n + "\"") + "]}"),
                        "more than 500000 products",
                        document(
                                "[{\"group_id\":\"g\",\"product_ids\":[" + list(MANY * 2, n -> "\"" + n + "\"") + "]}]",
                                ""),
                        "more than 500000 products")
                .entrySet()) {
            assertThatThrownBy(() -> read(row.getKey()))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining(row.getValue());
        }
    }

    @Test
    void aGroupIsNamedOnceHoweverOftenItIs() throws IOException {
        String groups = list(SOME, n -> "{\"group_id\":\"g" + n + "\",\"product_ids\":[\"" + n + "\"]}");
        String named = list(SOME * 2, n -> "\"g" + n / 2 + "\"");
        CsafVulnerability read = read(document(
                "[" + groups + "]",
                "\"threats\":[{\"category\":\"impact\",\"details\":\"Low\",\"group_ids\":[" + named + "]}]"));
        assertThat(read.impacts().of(0)).isEqualTo("Low");
        assertThat(read.impacts().of(SOME - 1)).isEqualTo("Low");
        assertThat(read.impacts().of(SOME)).isNull();
    }

    /** All of them are asked for: each answer must not look through all that is said. */
    @Test
    void muchMayBeSaidOfEachOfManyProducts() throws IOException {
        CsafVulnerability read = read(document(
                "[]",
                "\"product_status\":{\"fixed\":[" + list(SOME, n -> "\"" + n + "\"") + "]},\"threats\":["
                        + list(
                                SOME,
                                n -> "{\"category\":\"impact\",\"details\":\"" + n + "\",\"product_ids\":[\"" + n
                                        + "\",\"0\"]}")
                        + ",{\"category\":\"impact\",\"details\":\"of all\"}],\"remediations\":["
                        + list(
                                SOME,
                                n -> "{\"category\":\"vendor_fix\",\"url\":\"" + n + "\",\"product_ids\":[\"" + n
                                        + "\"]}")
                        + "]"));
        int[] products = read.products(CsafStatus.FIXED).stream().toArray();
        assertThat(products).hasSize(SOME);
        assertThat(IntStream.of(products)
                        .filter(product -> !("" + product).equals(read.impacts().of(product))))
                .isEmpty();
        assertThat(IntStream.of(products).filter(product -> {
                    CsafVulnerability.Remediation fix = read.remediation("vendor_fix", product);
                    return fix == null || !("" + product).equals(fix.url());
                }))
                .isEmpty();
        assertThat(read.impacts().of(SOME)).isEqualTo("of all");
        assertThat(read.remediation("vendor_fix", SOME)).isNull();
        assertThat(read.remediation("none_available", 0)).isNull();
    }

    private static String list(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(","));
    }

    private static String document(String groups, String said) {
        return "{\"document\":{\"category\":\"csaf_vex\",\"csaf_version\":\"2.0\",\"tracking\":{\"id\":\"CVE-2025-0001\"}},"
            + "\"product_tree\":{\"product_groups\":" + groups + "},\"vulnerabilities\":[{" + said + "}]}";
    }

    private static CsafVulnerability read(String document) throws IOException {
        return CsafReader.read(new ByteArrayInputStream(document.getBytes(UTF_8)), Limits.DEFAULT)
                .vulnerabilities()
                .getFirst();
    }
}
