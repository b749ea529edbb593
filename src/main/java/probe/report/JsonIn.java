package probe.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One object of a saved report, and where in it that object stands. The counterpart of {@link JsonOut}: a null is
 * read like an absent field, and a field that is not known here is passed over.
 *
 * @param node the object
 * @param path where it stands, such as {@code attempts[0].failure}; empty for the whole
 */
record JsonIn(JsonNode node, String path) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int NANO_DIGITS = 6;
    /** Beyond it, a duration in nanoseconds does not fit a long. */
    private static final BigDecimal MAX_MILLIS = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000);

    /** The one object that the text is. */
    static JsonIn parse(String json) {
        try {
            return object(MAPPER.readTree(json), "");
        } catch (JsonProcessingException notJson) {
            JsonLocation where = notJson.getLocation();
            throw new ReportFormatException((where == null ? ""
                    : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ")
                    + "not JSON: " + notJson.getOriginalMessage());
        }
    }

    private static JsonIn object(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new ReportFormatException(
                    (path.isEmpty() ? "a report" : path) + " is not a JSON object");
        }
        return new JsonIn(node, path);
    }

    /** Where the field stands. */
    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** For what is wrong with a field. */
    ReportFormatException wrong(String name, String what) {
        return new ReportFormatException(at(name) + " " + what);
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    JsonIn object(String name) {
        return required(name, optionalObject(name));
    }

    @Nullable
    JsonIn optionalObject(String name) {
        JsonNode value = present(name);
        return value == null ? null : object(value, at(name));
    }

    /** The object of this name as a value, or null when it is not there. */
    <T> @Nullable T optional(String name, Function<JsonIn, T> reader) {
        JsonIn value = optionalObject(name);
        return value == null ? null : reader.apply(value);
    }

    /** The objects of an array. */
    <T> List<T> list(String name, Function<JsonIn, T> reader) {
        List<T> list = new ArrayList<>();
        for (JsonNode element : array(name)) {
            list.add(reader.apply(object(element, at(name) + "[" + list.size() + "]")));
        }
        return List.copyOf(list);
    }

    List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw wrong(name + "[" + words.size() + "]", "is not a text");
            }
            words.add(element.textValue());
        }
        return List.copyOf(words);
    }

    List<Duration> allMillis(String name) {
        List<Duration> durations = new ArrayList<>();
        for (JsonNode element : array(name)) {
            durations.add(millis(name + "[" + durations.size() + "]", element));
        }
        return List.copyOf(durations);
    }

    private JsonNode array(String name) {
        JsonNode value = required(name, present(name));
        if (!value.isArray()) {
            throw wrong(name, "is not an array");
        }
        return value;
    }

    String text(String name) {
        return required(name, optionalText(name));
    }

    @Nullable
    String optionalText(String name) {
        JsonNode value = present(name);
        if (value != null && !value.isTextual()) {
            throw wrong(name, "is not a text");
        }
        return value == null ? null : value.textValue();
    }

    <E extends Enum<E>> E word(String name, E[] words, Function<E, String> id) {
        return required(name, optionalWord(name, words, id));
    }

    <E extends Enum<E>> @Nullable E optionalWord(String name, E[] words, Function<E, String> id) {
        String text = optionalText(name);
        return text == null ? null : word(name, text, words, id);
    }

    private <E extends Enum<E>> E word(String name, String text, E[] words,
            Function<E, String> id) {
        return Arrays.stream(words)
                .filter(word -> id.apply(word).equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(name, "is '" + text + "', not one of "
                        + Arrays.stream(words).map(id).collect(Collectors.joining(", "))));
    }

    <E extends Enum<E>> List<E> allWords(String name, E[] words, Function<E, String> id) {
        return words(name).stream().map(text -> word(name, text, words, id)).toList();
    }

    long number(String name) {
        return required(name, optionalNumber(name));
    }

    int smallNumber(String name) {
        return required(name, optionalSmallNumber(name));
    }

    @Nullable
    Integer optionalSmallNumber(String name) {
        Long value = optionalNumber(name);
        if (value != null && value != value.intValue()) {
            throw wrong(name, "is too large");
        }
        return value == null ? null : Integer.valueOf(value.intValue());
    }

    @Nullable
    Long optionalNumber(String name) {
        JsonNode value = present(name);
        if (value != null && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw wrong(name, "is not a whole number");
        }
        return value == null ? null : Long.valueOf(value.longValue());
    }

    double decimal(String name) {
        JsonNode value = required(name, present(name));
        if (!value.isNumber()) {
            throw wrong(name, "is not a number");
        }
        return value.doubleValue();
    }

    Duration millis(String name) {
        return required(name, optionalMillis(name));
    }

    @Nullable
    Duration optionalMillis(String name) {
        JsonNode value = present(name);
        return value == null ? null : millis(name, value);
    }

    private Duration millis(String name, JsonNode value) {
        BigDecimal millis = value.isNumber() ? value.decimalValue() : BigDecimal.ONE.negate();
        if (millis.signum() < 0 || millis.compareTo(MAX_MILLIS) > 0) {
            throw wrong(name, "is not a number of milliseconds");
        }
        return Duration.ofNanos(
                millis.movePointRight(NANO_DIGITS)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact());
    }

    Instant instant(String name) {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException notInstant) {
            throw wrong(name, "is '" + text + "', not an instant such as 2026-01-01T00:00:00.000Z");
        }
    }

    /** A number, a list of words, or a word: what {@link JsonOut#value} writes. */
    Object value(String name) {
        JsonNode value = required(name, present(name));
        if (value.isArray()) {
            return words(name);
        }
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return value.intValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        return value.isNumber() ? (Object) value.doubleValue() : text(name);
    }

    /** The names of the fields that are there. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
