package probe.report;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import probe.advice.Equivalents;
import probe.advice.TimeoutPlan;
import probe.advice.TimeoutPlan.Timer;
import probe.profile.Durations;
import probe.profile.TimeoutName;
import probe.report.Page.Ink;

/** The six timers of a target, for people on one line of time, for programs as one JSON object. */
public final class TimeoutReport {
    /** The version of the form; changed only by breaking it. */
    public static final String SCHEMA = "probe-timeouts/1";
    private static final int COLUMNS = 40;

    private final Report report;
    private final TimeoutPlan plan;
    private final @Nullable Duration roundTrip;

    /**
     * What is to be written.
     *
     * @param report of the attempts that were measured
     * @param roundTrip as measured, or null
     */
    public TimeoutReport(Report report, TimeoutPlan plan, @Nullable Duration roundTrip) {
        this.report = report;
        this.plan = plan;
        this.roundTrip = roundTrip;
    }

    /** For people, at most 80 columns, ended by an empty line. */
    public String text(TextStyle style) {
        Page page = new Page(style);
        page.paragraph(0, Ink.BOLD, "Timeouts of " + report.target() + ", "
                + (roundTrip == null ? "no round trip measured"
                        : "round trip " + Durations.spoken(roundTrip)));
        page.blank();
        line(page);
        page.blank();
        if (plan.timers().stream().anyMatch(timer -> timer.name() == plan.first())) {
            page.paragraph(0, Ink.PLAIN, "If the host answered nothing, " + plan.first().flag()
                    + " would fire first, after " + Durations.spoken(timer().fires())
                    + ", reported as " + timer().reportedAs().id() + ".");
        }
        for (Timer timer : plan.timers()) {
            page.blank();
            page.line(Ink.BOLD, timer.name().flag() + " " + Durations.format(timer.current()
                    .value()) + " (" + timer.current().origin().id() + ")");
            page.paragraph(2, Ink.PLAIN, "waits for " + timer.waitsFor() + "; fires at "
                    + Durations.spoken(timer.fires()) + " as " + timer.reportedAs().id());
            page.paragraph(2, Ink.PLAIN, timer.suggested() == null
                    ? "nothing to suggest: " + timer.because()
                    : suggestion(timer) + ": " + timer.because());
            page.paragraph(2, Ink.DIM, Equivalents.of(timer.name())
                    .stream()
                    .map(one -> one.client() + ": " + one.setting())
                    .collect(Collectors.joining("; ")));
        }
        page.blank();
        page.paragraph(0, Ink.BOLD, "A multiple of three for the connect timeout?");
        page.paragraph(2, Ink.PLAIN,
                "That rule is from the first retransmission after 3 s of RFC 1122; it is 1 s since"
                        + " RFC 6298. On this machine:");
        plan.threes().forEach(three -> page.paragraph(2, Ink.PLAIN, three));
        page.paragraph(2, Ink.PLAIN, "What counts is to end a round trip or two after a SYN.");
        page.blank();
        return page.toString();
    }

    private Timer timer() {
        return plan.timers()
                .stream()
                .filter(one -> one.name() == plan.first())
                .findFirst()
                .orElseThrow();
    }

    private static String suggestion(Timer timer) {
        Duration value = timer.suggested();
        return value == null ? "" : timer.name().flag() + " " + Durations.format(value);
    }

    /** Up to a little past the latest timer but the deadline, which may lie far off. */
    private Duration scale() {
        Duration longest = plan.timers()
                .stream()
                .filter(timer -> timer.name() != TimeoutName.DEADLINE)
                .map(Timer::fires)
                .max(Duration::compareTo)
                .orElseThrow();
        Duration deadline = plan.timers().getLast().fires();
        Duration scale = longest.multipliedBy(5).dividedBy(4);
        return deadline.compareTo(scale) < 0 ? deadline : scale;
    }

    private void line(Page page) {
        Duration scale = scale();
        StringBuilder syns = new StringBuilder(" ".repeat(COLUMNS + 1));
        Duration connect = plan.timers()
                .stream()
                .filter(timer -> timer.name() == TimeoutName.CONNECT)
                .map(Timer::begins)
                .findFirst()
                .orElse(Duration.ZERO);
        for (Duration instant : plan.instants()) {
            int at = column(connect.plus(instant), scale);
            if (at <= COLUMNS) {
                syns.setCharAt(at, '|');
            }
        }
        page.line(Ink.DIM, row("SYN", syns.toString(), plan.instants()
                .stream()
                .limit(3)
                .map(instant -> seconds(instant))
                .collect(Collectors.joining(" ")) + " …"));
        for (Timer timer : plan.timers()) {
            int begin = Math.min(column(timer.begins(), scale), COLUMNS - 1);
            int end = Math.min(Math.max(begin + 1, column(timer.fires(), scale)), COLUMNS);
            boolean beyond = timer.fires().compareTo(scale) > 0;
            String bar = " ".repeat(begin) + page.style().glyph("█", "=").repeat(end - begin)
                    + (beyond ? ">" : page.style().glyph("┊", "|"));
            page.line(Ink.PLAIN, row(timer.name().id(), bar, Durations.spoken(timer.fires())));
        }
        page.line(Ink.DIM, row("", "0" + " ".repeat(COLUMNS - 8)
                + String.format("%8s", Durations.spoken(scale)), ""));
    }

    private static String row(String name, String bar, String note) {
        return String.format("  %-18s %-" + (COLUMNS + 1) + "s %s", name, bar, note)
                .stripTrailing();
    }

    private static String seconds(Duration instant) {
        String text = String.format(Locale.ROOT, "%.2f", instant.toMillis() / 1000.0);
        return text.equals("0.00") ? "0" : text;
    }

    private static int column(Duration at, Duration scale) {
        return Math.toIntExact(Math.min(COLUMNS * 100L,
                Math.round((double) at.toNanos() / scale.toNanos() * COLUMNS)));
    }

    /** One JSON object, ended by a line feed; {@code schema} tells it from a report. */
    public String json(Layout layout) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonOut json = new JsonOut(text, layout)) {
            json.object(() -> {
                json.text("schema", SCHEMA);
                json.text("target", report.target().toString());
                json.nullableMillis("roundTripMs", roundTrip);
                json.allMillis("synScheduleMs", plan.instants());
                json.text("first", plan.first().id());
                json.array("timers", plan.timers(), timer -> json.object(() -> timer(json, timer)));
                json.array("multiplesOfThree", plan.threes(), three -> json.line(() -> json
                        .text("text", three)));
            });
        }
        return text.append('\n').toString();
    }

    private static void timer(JsonOut json, Timer timer) throws IOException {
        json.text("name", timer.name().id());
        json.millis("ms", timer.current().value());
        json.text("from", timer.current().origin().id());
        json.millis("beginsMs", timer.begins());
        json.millis("firesMs", timer.fires());
        json.text("reportedAs", timer.reportedAs().id());
        json.text("waitsFor", timer.waitsFor());
        json.nullableMillis("suggestedMs", timer.suggested());
        json.text("because", timer.because());
        json.line("equivalents", () -> {
            for (Equivalents.Equivalent one : Equivalents.of(timer.name())) {
                json.text(one.client(), one.setting());
            }
        });
    }
}
