package probe.testing;

import static org.junit.jupiter.api.Assertions.fail;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Holds every report that a test comes by against the schema that ships with the program. */
public final class ValidReport {
    private static final String RESOURCE = "/probe/schema/report.schema.json";
    private static final Schema SCHEMA = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(), InputFormat.JSON);

    private ValidReport() {}

    /**
     * Fails the test, naming every place that is wrong, unless this is one report.
     *
     * @return the same text, for use in an expression
     */
    public static String check(String json) {
        List<Error> errors = errors(json);
        if (!errors.isEmpty()) {
            fail(errors.stream()
                    .map(ValidReport::line)
                    .collect(Collectors.joining("\n", "not a report by the schema:\n",
                            "\n" + json)));
        }
        return json;
    }

    /** Whether this is one report by the schema. */
    public static boolean isValid(String json) {
        return errors(json).isEmpty();
    }

    private static List<Error> errors(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    private static String line(Error error) {
        return error.getInstanceLocation() + ": " + error.getMessage();
    }

    private static String text() {
        try (InputStream in = ValidReport.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
