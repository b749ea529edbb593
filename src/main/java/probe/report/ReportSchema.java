package probe.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schemas (2020-12) of {@link JsonReport} and {@link RunSummary}, as they ship with the program. */
public final class ReportSchema {
    private static final String RESOURCE = "/probe/schema/report.schema.json";
    private static final String SUMMARY = "/probe/schema/summary.schema.json";

    private ReportSchema() {}

    /**
     * The schema, a JSON document.
     *
     * @throws IllegalStateException if the program was packaged without it
     */
    public static String text() {
        return read(RESOURCE);
    }

    /**
     * The schema of {@link RunSummary}, a JSON document.
     *
     * @throws IllegalStateException if the program was packaged without it
     */
    public static String summary() {
        return read(SUMMARY);
    }

    private static String read(String resource) {
        try (InputStream in = ReportSchema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
