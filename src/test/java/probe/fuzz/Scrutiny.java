package probe.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;
import probe.report.Format;
import probe.report.Layout;
import probe.report.Report;
import probe.report.ReportReader;
import probe.report.TextStyle;
import probe.testing.ValidReport;

/** What must hold of a report, whatever the server said. */
final class Scrutiny {
    /** On top of the deadline: for the verdict, and for a machine with other things to do. */
    private static final Duration GRACE = Duration.ofMillis(250);
    /** What is slow to check is checked in every so-manieth case; whatever breaks it breaks it often. */
    private static final int SCHEMA_EVERY = 200;
    private static final int READ_BACK_EVERY = 100;
    /** The other formats are made of the same words. */
    private static final int EVERY_FORMAT_EVERY = 40;

    private Scrutiny() {}

    /** What is wrong with the report of one case; empty when nothing is. */
    static List<String> defects(Report report, int number) throws IOException {
        List<String> defects = new ArrayList<>();
        if (isLate(report)) {
            defects.add("took " + report.duration());
        }
        unclassified(report).ifPresent(defects::add);
        Set<Format> formats = number % EVERY_FORMAT_EVERY == 0 ? EnumSet.allOf(Format.class)
                : EnumSet.of(Format.JSON);
        for (Format format : formats) {
            StringBuilder out = new StringBuilder();
            var writer = format.writer(out, Layout.ONE_LINE, new TextStyle(TextStyle.Colour.NONE,
                    number % 2 == 0 ? TextStyle.Glyphs.UNICODE : TextStyle.Glyphs.ASCII));
            writer.write(report);
            writer.end();
            String text = out.toString();
            control(text).ifPresent(at -> defects.add(format.id() + " has " + at));
            if (format == Format.JSON && number % READ_BACK_EVERY == 0) {
                json(text, number).ifPresent(defects::add);
            }
        }
        return defects;
    }

    /** Whether it took longer than anything may take. */
    static boolean isLate(Report report) {
        return report.duration().compareTo(FuzzCase.DEADLINE.plus(GRACE)) > 0;
    }

    /** A kind for what nobody has seen is allowed; not one for what this run has shown. */
    private static Optional<String> unclassified(Report report) {
        Diagnosis diagnosis = report.diagnosis();
        if (diagnosis == null || diagnosis.kind() != Kind.UNCLASSIFIED) {
            return Optional.empty();
        }
        Failure failure = report.attempts()
                .stream()
                .map(Attempt::failure)
                .filter(f -> f != null)
                .findFirst()
                .orElse(null);
        return Optional.of("is unclassified"
                + (failure == null || failure.exception() == null ? ", without its cause"
                        : ": " + failure.exception() + ": " + failure.message()));
    }

    /** Nothing below space but the line feed, nothing of C1, no DEL, no mark that turns the direction of writing. */
    private static Optional<String> control(String out) {
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c != '\n' && Character.isISOControl(c) || c >= '\u202a' && c <= '\u202e'
                    || c >= '\u2066' && c <= '\u2069') {
                return Optional.of(String.format("\\u%04x in …%s", (int) c,
                        out.substring(Math.max(0, i - 60), i)));
            }
        }
        return Optional.empty();
    }

    /** Can be read back as the same report; is by the schema, now and then. */
    private static Optional<String> json(String json, int number) throws IOException {
        Report again = ReportReader.report(json);
        StringBuilder written = new StringBuilder();
        Format.JSON.writer(written, Layout.ONE_LINE, TextStyle.plain()).write(again);
        if (!written.toString().equals(json)) {
            return Optional.of("is not read as it was written: " + json);
        }
        return number % SCHEMA_EVERY != 0 || ValidReport.isValid(json) ? Optional.empty()
                : Optional.of("is not by the schema: " + json);
    }
}
