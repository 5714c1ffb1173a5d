package io.limpid.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.limpid.model.Report;
import io.limpid.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SBOMs are valid by the format's own schema, the same for the same report, and list nothing that is not there. */
final class CycloneDxReportWriterTest {
    private static final Schema SCHEMA = schema();

    static String sbom(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CycloneDxReportWriter().write(report, ReportOptions.PLAIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Schema schema() {
        Map<String, String> documents = new TreeMap<>();
        for (String name : new String[] {"bom-1.6", "spdx", "jsf-0.82"}) {
            documents.put("http://cyclonedx.org/schema/" + name + ".schema.json", resource(name + ".schema.json"));
        }
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7, builder -> builder.schemas(documents))
                .getSchema(
                        Objects.requireNonNull(documents.get("http://cyclonedx.org/schema/bom-1.6.schema.json")),
                        InputFormat.JSON);
    }

    private static String resource(String name) {
        try (InputStream in = CycloneDxReportWriterTest.class.getResourceAsStream("/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("io.limpid.report.JsonReportWriterTest#reports")
    void isWhatTheFormatsSchemaSays(Report report) throws IOException {
        assertThat(SCHEMA.validate(sbom(report), InputFormat.JSON)).isEmpty();
        assertThat(SCHEMA.validate(sbom(report).replace("\"container\"", "\"box\""), InputFormat.JSON))
                .as("the schema refuses what it does not know")
                .isNotEmpty();
    }

    @Property(tries = 50)
    void everyReportIsValid(@ForAll long seed) throws IOException {
        assertThat(SCHEMA.validate(sbom(RandomReport.of(seed)), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.limpid.report.JsonReportWriterTest#reports")
    void equalReportsGiveEqualBytes(Report report) throws IOException {
        assertThat(sbom(SampleReports.reversed(report))).isEqualTo(sbom(report));
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "full", "hostile"})
    void golden(String name) throws IOException {
        Report report = switch (name) {
            case "empty" -> SampleReports.empty();
            case "full" -> SampleReports.full();
            default -> SampleReports.hostile();
        };
        Golden.check("io/limpid/report/" + name + ".cdx.json", sbom(report));
    }

    @Test
    void whatWasRemovedIsNoComponent() throws IOException {
        String sbom = sbom(SampleReports.full());
        assertThat(sbom.substring(0, sbom.indexOf("\"formulation\""))).doesNotContain("wget");
        assertThat(sbom.substring(sbom.indexOf("\"formulation\""))).contains("pkg:deb/debian/wget@1.21-1");
    }
}
