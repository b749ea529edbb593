package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.diagnosis.Warning;
import probe.target.Target;

class FormatTest {
    private static final String HOSTILE = "a\u001b[2J\u0000\u009b1m\ud800<&\">]]>'#::%\r\n\\\uffff\u202eb";

    static String run(Format format, List<Report> reports) throws IOException {
        StringBuilder out = new StringBuilder();
        ReportWriter writer = format.writer(out, Layout.ONE_LINE, TextStyle.plain());
        for (Report report : reports) {
            writer.write(report);
        }
        writer.end();
        return out.toString();
    }

    /** A report in which every text that the network or the user could have written is hostile. */
    static Report hostile() {
        Report base = TextReportTest.summary(HOSTILE);
        Target target = new Target("tcp://" + HOSTILE, base.target().scheme(), "h", 1, "", null);
        return new Report(target, base.startedAt(), base.duration(), base.diagnosis(),
                base.advice(),
                base.attempts(), base.observations(),
                List.of(new Warning("odd", HOSTILE)), base.environment());
    }

    @Test
    void ids_are_unlike_and_lead_back() {
        Set<String> ids = new HashSet<>();
        for (Format format : Format.values()) {
            assertTrue(ids.add(format.id()));
            assertEquals(Optional.of(format), Format.byId(format.id()));
        }
        assertEquals(Optional.empty(), Format.byId("yaml"));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void no_format_lets_a_character_through_that_could_steer_a_terminal(Format format)
            throws IOException {
        String text = run(format, List.of(hostile()));
        assertTrue(text.chars().allMatch(c -> c == '\n' || !TerminalSafeEscapes.isUnsafe(c)), text);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void no_format_shows_a_secret(Format format) throws IOException {
        assertTrue(!run(format, List.of(Reports.withSecrets())).contains("secret-word"));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void every_format_ends_its_lines_and_tells_every_target(Format format) throws IOException {
        String text = run(format, List.of(Reports.healthy(), Reports.full()));
        assertTrue(text.endsWith("\n"), text);
        assertTrue(text.contains("db.example:5432") && text.contains("shop.example"), text);
    }
}
