package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
    private static final Instant MOMENT = Instant.parse("1994-11-06T08:49:37Z");

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", "  sun, 06 nov 1994 08:49:37 GMT ",
        "Mon, 06 Nov 1994 08:49:37 GMT"})
    void all_three_forms_of_the_standard_are_read(String text) {
        assertEquals(Optional.of(MOMENT), HttpDate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "yesterday", "Sun, 31 Feb 1994 99:49:37 GMT",
        "1994-11-06T08:49:37Z", ",",
        "Sun, 06 Nov 1994 08:49:37 +0200"})
    void what_is_no_date_is_none(String text) {
        assertEquals(Optional.empty(), HttpDate.parse(text));
    }

    @Test
    void two_digits_mean_the_last_hundred_years() {
        assertEquals(Optional.of(Instant.parse("2026-11-06T08:49:37Z")),
                HttpDate.parse("Friday, 06-Nov-26 08:49:37 GMT"));
    }

    @Test
    void the_clock_behind_a_cache_is_the_date_and_the_age() {
        String date = "Date: Sun, 06 Nov 1994 08:49:37 GMT";
        for (List<String> headers : List.of(List.of(date), List.of(date, "Age: 0", "Via: 1.1 x"))) {
            assertEquals(Optional.of(MOMENT), clock(headers));
        }
        assertEquals(Optional.of(MOMENT.plusSeconds(60)), clock(List.of(date, "Age: 60")));
        assertEquals(Optional.empty(), clock(List.of(date, "X-Cache: HIT")));
    }

    private static Optional<Instant> clock(List<String> headers) {
        return HttpDate.clock(java.util.Objects.requireNonNull(
                Given.answered(500, headers.toArray(String[]::new)).attempt().http()));
    }
}
