package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import probe.report.ReportSchema;

/** Holds a run's summary against the schema that ships with the program. */
public final class ValidSummary {

    private ValidSummary() {}

    /** The schema. */
    public static String schema() {
        return ReportSchema.summary();
    }

    /**
     * Fails the test unless this is one summary.
     *
     * @return the same text, for use in an expression
     */
    public static String check(String json) {
        assertEquals(List.of(), SchemaRegistry
                .withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema(), InputFormat.JSON)
                .validate(json, InputFormat.JSON)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList(), json);
        return json;
    }
}
