package probe.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import probe.profile.Durations;

/**
 * Writes the fields of one JSON object after another. Two kinds of absence: an {@code optional} field is not
 * written at all, a {@code nullable} one is written as null.
 */
final class JsonOut implements Closeable {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .characterEscapes(new TerminalSafeEscapes())
            // Each target of many has a thread of its own, so buffers kept for a thread would never be used again.
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();
    private static final DateTimeFormatter MILLISECONDS = new DateTimeFormatterBuilder()
            .appendInstant(3)
            .toFormatter();

    /** U+FFFD, "used to replace an unknown, unrecognized, or unrepresentable character" (Unicode). */
    private static final int REPLACEMENT = 0xfffd;

    private final JsonGenerator generator;
    private final ReportPrinter printer = new ReportPrinter();

    /** What an object or an element of an array consists of. */
    interface Fields {
        void write() throws IOException;
    }

    /** How one element of an array is written. */
    interface Element<T> {
        void write(T element) throws IOException;
    }

    JsonOut(Writer out, Layout layout) throws IOException {
        generator = FACTORY.createGenerator(out);
        if (layout == Layout.INDENTED) {
            generator.setPrettyPrinter(printer);
        }
    }

    void object(Fields fields) throws IOException {
        generator.writeStartObject();
        fields.write();
        generator.writeEndObject();
    }

    void object(String name, Fields fields) throws IOException {
        generator.writeFieldName(name);
        object(fields);
    }

    /** An object that stays on one line in every layout. */
    void line(Fields fields) throws IOException {
        printer.enterLine();
        object(fields);
        printer.leaveLine();
    }

    void line(String name, Fields fields) throws IOException {
        generator.writeFieldName(name);
        line(fields);
    }

    <T> void array(String name, Collection<T> elements, Element<T> element) throws IOException {
        generator.writeArrayFieldStart(name);
        for (T each : elements) {
            element.write(each);
        }
        generator.writeEndArray();
    }

    /** Nothing at all when there is nothing. */
    <T> void optional(@Nullable T value, Element<T> fields) throws IOException {
        if (value != null) {
            fields.write(value);
        }
    }

    void words(String name, Collection<String> words) throws IOException {
        printer.enterLine();
        array(name, words, word -> generator.writeString(wellFormed(word)));
        printer.leaveLine();
    }

    void text(String name, String value) throws IOException {
        generator.writeStringField(name, wellFormed(value));
    }

    void flag(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
    }

    void optionalText(String name, @Nullable String value) throws IOException {
        optional(value, present -> text(name, present));
    }

    void nullableText(String name, @Nullable String value) throws IOException {
        if (value == null) {
            nothing(name);
        } else {
            text(name, value);
        }
    }

    void nothing(String name) throws IOException {
        generator.writeNullField(name);
    }

    void number(String name, long value) throws IOException {
        generator.writeNumberField(name, value);
    }

    void optionalNumber(String name, @Nullable Number value) throws IOException {
        optional(value, present -> number(name, present.longValue()));
    }

    void decimal(String name, double value) throws IOException {
        generator.writeFieldName(name);
        generator.writeNumber(plain(value));
    }

    void millis(String name, Duration duration) throws IOException {
        generator.writeFieldName(name);
        millis(duration);
    }

    void optionalMillis(String name, @Nullable Duration duration) throws IOException {
        optional(duration, present -> millis(name, present));
    }

    void nullableMillis(String name, @Nullable Duration duration) throws IOException {
        if (duration == null) {
            nothing(name);
        } else {
            millis(name, duration);
        }
    }

    void allMillis(String name, Collection<Duration> durations) throws IOException {
        printer.enterLine();
        array(name, durations, this::millis);
        printer.leaveLine();
    }

    /** RFC 3339 in UTC, to the millisecond. */
    void instant(String name, Instant instant) throws IOException {
        text(name, MILLISECONDS.format(instant));
    }

    /** A number, a list of words, or else a word. */
    void value(String name, Object value) throws IOException {
        switch (value) {
            case Integer whole -> number(name, whole);
            case Long whole -> number(name, whole);
            case Double fraction when Double.isFinite(fraction) -> decimal(name, fraction);
            case Collection<?> words -> words(name, words.stream().map(String::valueOf).toList());
            default -> text(name, value.toString());
        }
    }

    /**
     * Half a surrogate pair is no character, and one makes jq refuse the whole text (RFC 8259 §8.2 leaves it open):
     * it is replaced by U+FFFD, as any encoder would.
     */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.codePoints().map(JsonOut::character).toArray(), 0,
                        text.codePointCount(0, text.length()));
            }
        }
        return text;
    }

    private static int character(int codePoint) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return half ? REPLACEMENT : codePoint;
    }

    /** Without exponent; BigDecimal, whose tables take a new program 16 ms to make, only where Java writes one. */
    private static String plain(double value) {
        String text = value == 0 ? "0" : Double.toString(value);
        if (text.contains("E")) {
            return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        }
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Milliseconds with at most three decimals: the microsecond is below what any timer here resolves. */
    private void millis(Duration duration) throws IOException {
        generator.writeNumber(
                Durations.decimal(Math.floorDiv(duration.toNanos() + 500, 1000)));
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
