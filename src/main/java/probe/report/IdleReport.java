package probe.report;

import java.io.IOException;
import java.io.StringWriter;
import probe.advice.IdleLimit;
import probe.profile.Durations;
import probe.report.Page.Ink;
import probe.target.Target;

/** What {@code probe idle-limit} found, for people or as one JSON object. */
public final class IdleReport {
    /** The version of the form; changed only by breaking it. */
    public static final String SCHEMA = "probe-idle/1";

    private IdleReport() {}

    /** For people, at most 80 columns, ended by an empty line. */
    public static String text(Target target, IdleLimit limit, TextStyle style) {
        Page page = new Page(style);
        page.paragraph(0, Ink.BOLD, "Idle connections to " + target);
        page.blank();
        for (IdleLimit.Trial trial : limit.trials()) {
            boolean alive = trial.ending() == IdleLimit.Ending.ALIVE;
            page.line(alive ? Ink.GREEN : Ink.RED, String.format("  silent for %8s  %s",
                    Durations.spoken(trial.idle()), trial.ending().id()));
        }
        page.blank();
        limit.advice().forEach(sentence -> page.paragraph(2, Ink.PLAIN, sentence));
        page.blank();
        return page.toString();
    }

    /** One JSON object, ended by a line feed; {@code schema} tells it from a report. */
    public static String json(Target target, IdleLimit limit, Layout layout) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonOut json = new JsonOut(text, layout)) {
            json.object(() -> {
                json.text("schema", SCHEMA);
                json.text("target", target.toString());
                json.nullableMillis("longestAliveMs", limit.longestAlive());
                json.nullableMillis("shortestDeadMs", limit.shortestDead());
                json.text("ending", limit.ending().id());
                json.nullableMillis("keepAliveMs", limit.keepAlive().orElse(null));
                json.nullableMillis("validateAfterInactivityMs",
                        limit.validateAfter().orElse(null));
                json.nullableMillis("timeToLiveMs", limit.keepAlive().orElse(null));
                json.array("trials", limit.trials(), trial -> json.line(() -> {
                    json.millis("idleMs", trial.idle());
                    json.text("ending", trial.ending().id());
                }));
                json.words("advice", limit.advice());
            });
        }
        return text.append('\n').toString();
    }
}
