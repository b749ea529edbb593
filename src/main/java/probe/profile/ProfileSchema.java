package probe.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema (2020-12) of a profile, for editors and other programs. */
public final class ProfileSchema {
    private static final String RESOURCE = "/probe/schema/profile.schema.json";

    private ProfileSchema() {}

    /**
     * The schema's text.
     *
     * @throws IllegalStateException if the program was packaged without it
     */
    public static String text() {
        try (InputStream in = ProfileSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
