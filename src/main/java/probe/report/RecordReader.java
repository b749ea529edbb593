package probe.report;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link JsonRecord} wrote. Which fields may be missing is what the schema says: the annotations in the
 * records are not there at run time.
 */
final class RecordReader {

    private RecordReader() {}

    /**
     * The record that the fields are.
     *
     * @param type the record's class
     * @param definition what the schema says of it
     * @throws ReportFormatException naming the field that is missing or wrong
     */
    static Record read(JsonIn json, Class<?> type, JsonIn definition) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> required = definition.words("required");
        @Nullable
        Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            String field = JsonRecord.field(components[i]);
            values[i] = value(json, components[i], field, definition.object("properties"));
            if (values[i] == null && required.contains(field)) {
                throw json.wrong(field, "is missing");
            }
        }
        return make(type, components, values);
    }

    private static @Nullable Object value(JsonIn json, RecordComponent component, String field,
            JsonIn properties) {
        Class<?> type = component.getType();
        if (type == String.class) {
            return json.optionalText(field);
        }
        if (type == Duration.class) {
            return json.optionalMillis(field);
        }
        if (type == long.class || type == Long.class) {
            return json.optionalNumber(field);
        }
        if (type == int.class || type == Integer.class) {
            return json.optionalSmallNumber(field);
        }
        if (type.isEnum()) {
            return word(json, field, type);
        }
        JsonIn definition = properties.object(field);
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType())
                    .getActualTypeArguments()[0];
            if (element == String.class) {
                return json.words(field);
            }
            return json.list(field, one -> read(one, element, definition.object("items")));
        }
        return json.optional(field, nested -> read(nested, type, definition));
    }

    private static @Nullable Object word(JsonIn json, String field, Class<?> type) {
        String text = json.optionalText(field);
        if (text == null) {
            return null;
        }
        List<Enum<?>> words = Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(Enum.class::cast)
                .toList();
        return words.stream()
                .filter(word -> JsonRecord.id(word).equals(text))
                .findFirst()
                .orElseThrow(() -> json.wrong(field, "is '" + text + "', not one of "
                        + words.stream().map(JsonRecord::id).collect(Collectors.joining(", "))));
    }

    private static Record make(Class<?> type, RecordComponent[] components,
            @Nullable Object[] values) {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(Arrays.stream(components)
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            return (Record) canonical.newInstance(values);
        } catch (ReflectiveOperationException notPublic) {
            throw new IllegalArgumentException(type + " cannot be made", notPublic);
        }
    }
}
