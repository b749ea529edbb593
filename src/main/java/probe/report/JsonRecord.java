package probe.report;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a record of simple components: one field for each, under its own name, with {@code Ms} behind
 * that of a duration. A word of a closed list is written as its {@code id()}, a record as an object, and a null not
 * at all. So an observation needs no code of its own here.
 */
final class JsonRecord {

    private JsonRecord() {}

    /** The kebab-case form of a record's name: what its {@code type} is. */
    static String type(Class<?> record) {
        return record.getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    /** The name of a component's field. */
    static String field(RecordComponent component) {
        return component.getType() == Duration.class ? component.getName() + "Ms"
                : component.getName();
    }

    /**
     * Writes the fields of a record into the object that is open.
     *
     * @throws IllegalArgumentException for a component that is not simple
     */
    static void write(JsonOut json, Record record) throws IOException {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            write(json, field(component), read(record, component));
        }
    }

    private static void write(JsonOut json, String name, @Nullable Object value)
            throws IOException {
        switch (value) {
            case null -> {
                // Absent: it could not be learned.
            }
            case String text -> json.text(name, text);
            case Duration duration -> json.millis(name, duration);
            case Long number -> json.number(name, number);
            case Integer number -> json.number(name, number);
            case Enum<?> word -> json.text(name, id(word));
            case Record nested -> json.line(name, () -> write(json, nested));
            case Collection<?> words when words.stream().allMatch(String.class::isInstance) -> json
                    .words(name, words.stream().map(String.class::cast).toList());
            case Collection<?> many -> json.array(name, many, element -> element(json, element));
            default -> throw new IllegalArgumentException(name + " is a " + value.getClass());
        }
    }

    private static void element(JsonOut json, Object element) throws IOException {
        if (!(element instanceof Record record)) {
            throw new IllegalArgumentException("a list of " + element.getClass());
        }
        json.line(() -> write(json, record));
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException notPublic) {
            throw new IllegalArgumentException(component + " cannot be read", notPublic);
        }
    }

    /** The stable word of an element of a closed list. */
    static String id(Enum<?> word) {
        try {
            return (String) word.getDeclaringClass().getMethod("id").invoke(word);
        } catch (ReflectiveOperationException without) {
            throw new IllegalArgumentException(word + " has no id", without);
        }
    }
}
