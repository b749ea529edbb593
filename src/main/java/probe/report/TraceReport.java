package probe.report;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import probe.evidence.PathTrace;
import probe.evidence.PathTrace.Answer;
import probe.evidence.PathTrace.Hop;
import probe.report.Page.Ink;
import probe.target.Target;

/**
 * What {@code probe trace} found, for people or as one JSON object.
 *
 * @param target whose way it is
 * @param trace to the target's port
 * @param other to another port of the same host, or empty
 * @param reading what it means, in sentences
 */
public record TraceReport(Target target, PathTrace trace, Optional<PathTrace> other,
        List<String> reading) {
    /** The version of the form; changed only by breaking it. */
    public static final String SCHEMA = "probe-trace/1";

    /** For people, at most 80 columns wherever addresses allow it, ended by an empty line. */
    public String text(TextStyle style) {
        Page page = new Page(style);
        page.paragraph(0, Ink.BOLD, "The way to " + target + " (" + trace.address() + ")");
        page.blank();
        trace.hops().forEach(hop -> page.line(ink(hop.answer()), line(hop)));
        page.blank();
        reading.forEach(sentence -> page.paragraph(2, Ink.PLAIN, sentence));
        page.blank();
        return page.toString();
    }

    private static Ink ink(Answer answer) {
        return switch (answer) {
            case CONNECTED -> Ink.GREEN;
            case RESET, UNREACHABLE -> Ink.RED;
            case ROUTER, SILENT -> Ink.PLAIN;
        };
    }

    private static String line(Hop hop) {
        return hop.answer() == Answer.SILENT ? String.format("  %3d  silent", hop.ttl())
                : String.format("  %3d  %-11s  %8.1f ms  %s", hop.ttl(), hop.answer().id(),
                        hop.after().toNanos() / 1e6, hop.from() == null ? "" : hop.from());
    }

    /** One JSON object, ended by a line feed; {@code schema} tells it from a report. */
    public String json(Layout layout) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonOut json = new JsonOut(text, layout)) {
            json.object(() -> {
                json.text("schema", SCHEMA);
                json.text("target", target.toString());
                way(json, trace);
                if (other.isPresent()) {
                    json.object("otherPort", () -> way(json, other.get()));
                }
                json.words("reading", reading);
            });
        }
        return text.append('\n').toString();
    }

    private static void way(JsonOut json, PathTrace trace) throws IOException {
        json.text("address", trace.address());
        json.number("port", trace.port());
        json.flag("answered", trace.host().isPresent());
        json.array("hops", trace.hops(), hop -> json.line(() -> {
            json.number("ttl", hop.ttl());
            json.text("answer", hop.answer().id());
            json.optionalText("from", hop.from());
            json.millis("afterMs", hop.after());
        }));
    }
}
