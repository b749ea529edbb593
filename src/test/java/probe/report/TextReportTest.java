package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.Via;
import probe.report.TextStyle.Colour;
import probe.report.TextStyle.Glyphs;

class TextReportTest {

    static String text(Report report, TextStyle style) {
        StringBuilder out = new StringBuilder();
        try {
            TextReport.write(report, out, style);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toString();
    }

    @Test
    void a_failure_is_told_from_the_verdict_to_the_advice() {
        assertEquals("""
                FAILED https://shop.example/cart: connect-timeout, server side (remote-host),
                       medium confidence
                  A summary.
                  The server cannot have acted on the request.
                  ! The certificate ends in 9 days. (certificate-ends-soon)

                  http-client to 2001:db8::7 port 443 (proxy http://proxy.example:3128)
                  ! connect       ================================|    3.1 s  limit 3.1 s
                    PUT answered with 503
                    certificate of CN=shop.example for shop.example, 192.0.2.7, by CN=Test, from
                    2026-01-01 to 2026-01-02
                    received 2 bytes: \\x1bx
                    timed-out after 3.1 s; elsewhere called ETIMEDOUT, curl exit 28,
                    tcp.timed_out, generic_timeout_error, gRPC UNAVAILABLE, k6 1211

                  socket to 192.0.2.7 port 5432
                    resolve       =                                   1.9 ms  limit 5 s

                Evidence
                  -      Four SYNs.
                  server It is up.
                  -      Two.
                  client Skewed.

                Not excluded
                  client Or here. (local-network)
                         to settle it: probe --control x:1

                What to do
                  retry  yes: It passes.
                  safe   for any request: No byte was sent.
                         The server asks to wait 2 s.
                         At most 3 attempts (--attempts 3 --interval backoff); each pause drawn
                         between 0 and a bound of 1s that grows 2-fold up to 10s; repeats at
                         most 10 % of all requests. It hides loss.
                  limit  --connect-timeout 1m30s instead of 3100ms: One more SYN.
                  server Look at the accept queue.

                """, text(Reports.full(), TextStyle.plain()));
    }

    @Test
    void phases_are_drawn_to_one_scale_with_their_limits() {
        Attempt attempt = new Attempt(Via.SOCKET, "192.0.2.7", 443, 40112, Reports.timeouts(),
                List.of(timing(Phase.RESOLVE, 0, 1000), timing(Phase.CONNECT, 1000, 2000),
                        timing(Phase.TLS, 3000, 5000)),
                Bytes.NONE, Conversation.NONE, null, null, null, null, null, null);
        Report report = new Report(Reports.TARGET, Reports.START, Duration.ofSeconds(8), null, null,
                List.of(attempt), List.of(), List.of(), Reports.environment());
        assertEquals("""
                ✓ db.example:5432: healthy, in 8 s

                  socket to 192.0.2.7 port 443
                    resolve       ████                ┊                  1 s  limit 5 s
                    connect           ████████    ┊                      2 s  limit 3.1 s
                    tls                       ████████████████████       5 s

                """, text(report, new TextStyle(Colour.NONE, Glyphs.UNICODE)));
    }

    private static PhaseTiming timing(Phase phase, int startMillis, int millis) {
        return new PhaseTiming(phase, Duration.ofMillis(startMillis), Duration.ofMillis(millis),
                PhaseOutcome.OK);
    }

    @Test
    void an_attempt_of_no_duration_is_drawn_all_the_same() {
        Attempt attempt = new Attempt(Via.SOCKET, null, 443, null, Reports.timeouts(),
                List.of(timing(Phase.CONNECT, 0, 0)), Bytes.NONE, Conversation.NONE, null, null,
                null,
                null, null, null);
        Report report = new Report(Reports.TARGET, Reports.START, Duration.ZERO, null, null,
                List.of(attempt), List.of(), List.of(), Reports.environment());
        assertTrue(text(report, TextStyle.plain())
                .contains("  socket port 443\n    connect       =  "));
    }

    @ParameterizedTest
    @EnumSource(Glyphs.class)
    void no_line_is_wider_than_80_columns_however_long_the_texts(Glyphs glyphs) {
        String text = text(summary("Many words, one after the other. ".repeat(40)),
                new TextStyle(Colour.NONE, glyphs));
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    }

    @Test
    void a_word_longer_than_a_line_stays_whole() {
        String command = "probe://" + "x".repeat(120);
        assertTrue(text(summary("Type " + command + " now."), TextStyle.plain())
                .contains("  Type\n  " + command + "\n  now.\n"));
    }

    @Test
    void without_colour_there_is_no_escape_sequence_and_with_colour_only_its_own() {
        Report hostile = summary("clear \u001b[2J title \u009b31m turn \u202e and\nbreak");
        String plain = text(hostile, TextStyle.plain());
        assertTrue(plain.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f), plain);
        assertTrue(plain.contains("clear \\u001b[2J title \\u009b31m turn \\u202e and\\u000abreak"),
                plain);
        String coloured = text(hostile, new TextStyle(Colour.ANSI, Glyphs.ASCII));
        assertTrue(coloured.contains("\u001b[31mFAILED "), coloured);
        assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9]*m", ""));
    }

    @Test
    void where_only_ascii_can_be_shown_typographic_marks_are_spelled() {
        String text = text(summary("3 × 2 … “so” – Größe"), TextStyle.plain());
        assertTrue(text.contains("3 x 2 ... \"so\" - Gr\\u00f6\\u00dfe"), text);
        assertFalse(
                text(summary("Größe"), new TextStyle(Colour.NONE, Glyphs.UNICODE)).contains("\\u"));
    }

    static Report summary(String summary) {
        Report base = Reports.full();
        return new Report(base.target(), base.startedAt(), base.duration(),
                Reports.diagnosis(summary),
                base.advice(), base.attempts(), base.observations(), base.warnings(),
                base.environment());
    }
}
