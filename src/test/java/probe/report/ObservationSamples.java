package probe.report;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.evidence.ControlResult;
import probe.evidence.Observation;
import probe.evidence.SynSchedule;

/** Observations of every variant that stands in {@code observations[]}, made from their components alone. */
final class ObservationSamples {
    /** Which of the components that may be missing are there. */
    enum Filled {
        ALL, REQUIRED
    }

    private ObservationSamples() {}

    /** Every variant without a place of its own. */
    static List<Class<?>> variants() {
        return Arrays.stream(Observation.class.getPermittedSubclasses())
                .filter(type -> type != ControlResult.class && type != SynSchedule.class)
                .toList();
    }

    static Observation sample(Class<?> variant, Filled filled) {
        return (Observation) record(variant, filled);
    }

    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Object record(Class<?> type, Filled filled) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return canonical.newInstance(Arrays.stream(components)
                    .map(one -> isOptional(one) && filled == Filled.REQUIRED ? null
                            : value(one, filled))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + type, e);
        }
    }

    private static Object value(RecordComponent component, Filled filled) {
        Class<?> type = component.getType();
        if (type == String.class) {
            return "192.0.2.7";
        }
        if (type == Duration.class) {
            return Duration.ofMillis(12);
        }
        if (type == long.class || type == Long.class) {
            return 70_000_000_000L;
        }
        if (type == int.class || type == Integer.class) {
            return 443;
        }
        if (type.isEnum()) {
            Object[] words = type.getEnumConstants();
            return words[words.length - 1];
        }
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType())
                    .getActualTypeArguments()[0];
            return List.of(element == String.class ? "192.0.2.7" : record(element, filled));
        }
        return record(type, filled);
    }
}
