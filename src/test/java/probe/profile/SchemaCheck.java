package probe.profile;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/** What another program would say of a profile, by its JSON Schema alone. */
final class SchemaCheck {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS.mappedFeature(), true)
            .build();
    private static final Schema SCHEMA = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ProfileSchema.text());

    private SchemaCheck() {}

    /** The schema's complaints about a text that is JSON with comments. */
    static List<String> complaints(String text) throws IOException {
        JsonNode withoutComments = MAPPER.readTree(text);
        if (withoutComments.isMissingNode()) {
            throw new EOFException("no JSON at all");
        }
        return SCHEMA.validate(withoutComments.toString(), InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }
}
