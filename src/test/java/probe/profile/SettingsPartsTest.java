package probe.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How defaults, profile and flags come together, and the small texts they are made of. */
class SettingsPartsTest {
    private static final Setting<Duration> FLAG = Setting.ofFlag(Duration.ofSeconds(9));

    @ParameterizedTest
    @EnumSource
    void a_limit_replaces_the_one_of_its_name_alone(TimeoutName name) {
        Timeouts changed = Timeouts.defaults().with(name, FLAG);
        for (TimeoutName each : TimeoutName.values()) {
            assertEquals(each == name ? FLAG : Timeouts.defaults().get(each), changed.get(each));
        }
    }

    @Test
    void a_profile_leaves_its_name_on_what_it_sets_and_nothing_else() {
        Settings settings = ProfileMerge.apply(Settings.defaults(),
                ProfileReader.parse("my", "{\"timeouts\": {\"socket\": \"1s\"}, \"attempts\": 4}"));
        assertEquals(new Setting<>(Duration.ofSeconds(1), new Origin.FromProfile("my")),
                settings.timeouts().socket());
        assertEquals(Timeouts.defaults().dns(), settings.timeouts().dns());
        assertEquals(4, settings.attempts());
        assertEquals(Settings.defaults().interval(), settings.interval());
    }

    @Test
    void the_tls_timeout_is_the_connect_timeout_in_force_whoever_set_that() {
        Settings settings = ProfileMerge.apply(Settings.defaults(),
                ProfileReader.parse("my", "{\"timeouts\": {\"connect\": \"1s\"}}"));
        assertEquals("profile:my", settings.timeouts().withDefaultTls().tls().origin().id());
        Timeouts flagged = settings.timeouts().with(TimeoutName.CONNECT, FLAG).withDefaultTls();
        assertEquals(FLAG, flagged.tls());
        assertEquals(Timeouts.defaults(), Timeouts.defaults().withDefaultTls());
    }

    @Test
    void a_tls_timeout_that_somebody_set_stays() {
        Settings settings = ProfileMerge.apply(Settings.defaults(),
                ProfileReader.parse("my", "{\"timeouts\": {\"tls\": \"1s\"}}"));
        assertEquals(Duration.ofSeconds(1),
                settings.timeouts().with(TimeoutName.CONNECT, FLAG).withDefaultTls().tls().value());
    }

    @Test
    void a_partial_http_or_tls_part_keeps_the_rest() {
        Settings settings = ProfileMerge.apply(Settings.defaults(),
                ProfileReader.parse("my",
                        "{\"http\": {\"expect-body\": \"ok\"}, \"tls\": {\"min\": \"TLSv1.3\"}}"));
        assertEquals("ok", settings.http().expectBody());
        assertEquals(HttpSettings.defaults().expectStatus(), settings.http().expectStatus());
        assertEquals("GET", settings.http().method());
        assertEquals("TLSv1.3", settings.tls().minimum());
        assertEquals(TlsSettings.defaults().verification(), settings.tls().verification());
    }

    @Test
    void statuses_are_read_as_single_ones_and_ranges() {
        assertEquals(List.of(new StatusRange(200, 399), new StatusRange(404, 404)),
                StatusRange.parseAll("200-399,404"));
        assertEquals(List.of(new StatusRange(503, 503)), StatusRange.parseAll(" 503 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2xx", "20", "2000", "99-200", "200-", "200,,404", "399-200", "٢٠٠"})
    void what_is_no_status_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> StatusRange.parseAll(text));
    }

    @Test
    void a_near_word_is_suggested_and_a_far_one_is_not() {
        List<String> known = List.of("connect", "connection-request", "dns", "deadline");
        assertEquals(Optional.of("connect"), Suggestions.closest("conect", known));
        assertEquals(Optional.of("connect"), Suggestions.closest("conncet", known));
        assertEquals(Optional.of("connection-request"),
                Suggestions.closest("connectionRequest", known));
        assertEquals(Optional.of("dns"), Suggestions.closest("DNS", known));
        assertEquals(Optional.empty(), Suggestions.closest("total", known));
        assertEquals(Optional.empty(), Suggestions.closest("connect".repeat(20), known));
    }
}
