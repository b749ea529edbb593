package probe.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema (2020-12) of {@link JsonReport}, as it ships with the program. */
public final class ReportSchema {
    private static final String RESOURCE = "/probe/schema/report.schema.json";

    private ReportSchema() {}

    /**
     * The schema, a JSON document.
     *
     * @throws IllegalStateException if the program was packaged without it
     */
    public static String text() {
        try (InputStream in = ReportSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
