package probe.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed by hand for the sake of the start, held against Java's own. */
class DurationsTest {
    private static final int TIMES = 20_000;

    @ParameterizedTest
    @CsvSource({"PT0S, 0 ms", "PT0.00004S, 0 ms", "PT0.00005S, 0.1 ms", "PT0.0008S, 0.8 ms",
        "PT0.00996S, 10 ms", "PT0.025499S, 25 ms", "PT0.0255S, 26 ms", "PT0.9996S, 1000 ms",
        "PT1S, 1 s", "PT3.05S, 3.1 s", "PT1M30S, 90 s", "PT-0.0008S, -0.8 ms"})
    void durations_are_spoken_rounded(Duration duration, String spoken) {
        assertEquals(spoken, Durations.spoken(duration));
    }

    @Test
    void what_is_spoken_is_what_exact_decimals_give() {
        Random random = new Random(7);
        for (int i = 0; i < TIMES; i++) {
            long nanos = random.nextLong() >>> random.nextInt(21, 60);
            BigDecimal millis = BigDecimal.valueOf(nanos, 6);
            String exact = millis.compareTo(BigDecimal.TEN) < 0 ? rounded(millis, 1) + " ms"
                    : millis.compareTo(BigDecimal.valueOf(1_000)) < 0 ? rounded(millis, 0) + " ms"
                            : rounded(millis.movePointLeft(3), 1) + " s";
            assertEquals(exact, Durations.spoken(Duration.ofNanos(nanos)));
        }
    }

    private static String rounded(BigDecimal value, int digits) {
        BigDecimal rounded = value.setScale(digits, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    @Test
    void thousandths_are_written_as_exact_decimals() {
        for (long value = -12_345; value < 123_456; value++) {
            assertEquals(
                    value == 0 ? "0"
                            : BigDecimal.valueOf(value, 3).stripTrailingZeros().toPlainString(),
                    Durations.decimal(value));
        }
    }

    @Test
    void multiples_and_parts_are_those_of_durations() {
        Random random = new Random(11);
        for (int i = 0; i < TIMES; i++) {
            Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(12, 60));
            int factor = random.nextInt(1, 100);
            assertEquals(duration.multipliedBy(factor), Durations.times(duration, factor));
            assertEquals(duration.dividedBy(factor), Durations.part(duration, factor));
        }
    }
}
