package probe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import probe.report.Format;
import probe.report.Layout;
import probe.report.Report;
import probe.report.ReportWriter;
import probe.report.TextStyle;

/**
 * Standard output: whole reports, each as it finishes, never two mixed and never half a one. A reader that has
 * gone away ({@code | head -1}) closes it quietly.
 */
final class ReportSink implements AutoCloseable {
    private final Console console;
    private final StringBuilder pending = new StringBuilder();
    private final ReportWriter writer;
    private volatile Gate gate = Gate.OPEN;

    /** Whether anything more is written. */
    private enum Gate {
        OPEN, CLOSED
    }

    ReportSink(Console console, Format format) {
        this.console = console;
        this.writer = format.writer(pending, layout(), style());
    }

    /** Writes one report and flushes it. */
    synchronized void write(Report report) {
        if (!isClosed()) {
            put(() -> writer.write(report));
        }
    }

    /** Whether nobody reads any more. */
    boolean isClosed() {
        return gate == Gate.CLOSED;
    }

    /** A hook for the end of the JVM: a report that is being written is finished, and no other begun. */
    Thread completeOnExit() {
        return Thread.ofPlatform().unstarted(this::close);
    }

    /** Writes what can only come last; more than once is as good as once. */
    @Override
    public synchronized void close() {
        if (!isClosed()) {
            put(writer::end);
            gate = Gate.CLOSED;
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void put(Writing writing) {
        try {
            writing.run();
            byte[] bytes = pending.toString().getBytes(StandardCharsets.UTF_8);
            pending.setLength(0);
            console.out().write(bytes);
            console.out().flush();
        } catch (IOException readerHasGone) {
            gate = Gate.CLOSED;
        }
    }

    private Layout layout() {
        return console.outIsTerminal() == Console.Reader.TERMINAL ? Layout.INDENTED
                : Layout.ONE_LINE;
    }

    /** Colour for a terminal that did not decline it (no-color.org), Unicode where the locale speaks UTF-8. */
    private TextStyle style() {
        boolean terminal = console.outIsTerminal() == Console.Reader.TERMINAL;
        boolean colour = terminal && console.environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !console.environment().getOrDefault("TERM", "dumb").equals("dumb");
        return new TextStyle(colour ? TextStyle.Colour.ANSI : TextStyle.Colour.NONE,
                speaksUtf8() ? TextStyle.Glyphs.UNICODE : TextStyle.Glyphs.ASCII);
    }

    /** The locale by the precedence of POSIX: LC_ALL, LC_CTYPE, LANG. */
    private boolean speaksUtf8() {
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = console.environment().getOrDefault(variable, "");
            if (!value.isEmpty()) {
                String lower = value.toLowerCase(Locale.ROOT);
                return lower.contains("utf-8") || lower.contains("utf8");
            }
        }
        return false;
    }
}
