package probe.report;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a record of simple components: one field for each, under its own name, with {@code Ms} behind
 * that of a duration. A word of a closed list is written as its {@code id()}, a record as an object, and a null not
 * at all. So an observation needs no code of its own here.
 */
final class JsonRecord {
    /** What reflection says of a record, which it says anew whenever it is asked. */
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> record) {
            return Arrays.stream(record.getRecordComponents())
                    .map(one -> new Component(field(one), unchecked(one.getAccessor())))
                    .toList();
        }
    };
    private static final ClassValue<String> TYPES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> record) {
            return record.getSimpleName()
                    .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                    .toLowerCase(Locale.ROOT);
        }
    };
    private static final ClassValue<Method> IDS = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> words) {
            try {
                return unchecked(words.getMethod("id"));
            } catch (NoSuchMethodException without) {
                throw new IllegalArgumentException(words + " has no id", without);
            }
        }
    };

    /** One component, and the name of its field. */
    private record Component(String field, Method accessor) {}

    private JsonRecord() {}

    /** A public method, without looking at who calls it each time. */
    private static Method unchecked(Method method) {
        method.setAccessible(true);
        return method;
    }

    /** The kebab-case form of a record's name: what its {@code type} is. */
    static String type(Class<?> record) {
        return TYPES.get(record);
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
        for (Component component : COMPONENTS.get(record.getClass())) {
            write(json, component.field(), read(record, component.accessor()));
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

    private static @Nullable Object read(Record record, Method component) {
        try {
            return component.invoke(record);
        } catch (ReflectiveOperationException notPublic) {
            throw new IllegalArgumentException(component + " cannot be read", notPublic);
        }
    }

    /** The stable word of an element of a closed list. */
    static String id(Enum<?> word) {
        try {
            return (String) IDS.get(word.getDeclaringClass()).invoke(word);
        } catch (ReflectiveOperationException without) {
            throw new IllegalArgumentException(word + " has no id", without);
        }
    }
}
