package probe.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.report.Format;
import probe.report.JsonReport;
import probe.report.Layout;
import probe.report.Report;
import probe.report.ReportWriter;
import probe.report.TextStyle;

/**
 * One written form of a run. Standard output gets each report as it comes; a file is written beside its name and takes
 * its place whole at the end, so that nobody reads half a one; what is no file, such as a pipe, gets each report as it
 * comes too. One thread at a time.
 */
final class Outlet {
    private final StringBuilder pending = new StringBuilder();
    private final ReportWriter writer;
    private final OutputStream out;
    private final Format format;
    private final Layout layout;
    private final @Nullable Path file;
    private final @Nullable Path draft;

    private Outlet(Format format, OutputStream out, @Nullable Path file, @Nullable Path draft,
            Layout layout, TextStyle style) {
        this.format = format;
        this.writer = format.writer(pending, layout, style);
        this.layout = layout;
        this.out = out;
        this.file = file;
        this.draft = draft;
    }

    /** On standard output. */
    static Outlet on(OutputStream out, Format format, Layout layout, TextStyle style) {
        return new Outlet(format, out, null, null, layout, style);
    }

    /**
     * In a file, which stays as it is until {@link #end}, or in a device or pipe, which stays in its place.
     *
     * @throws IOException when nothing can be written there, or beside it
     */
    static Outlet in(Path named, Format format) throws IOException {
        if (Files.exists(named) && !Files.isRegularFile(named)) {
            return new Outlet(format, Files.newOutputStream(named, StandardOpenOption.WRITE),
                    named, null, Layout.ONE_LINE, TextStyle.plain());
        }
        Path file = Files.exists(named) ? named.toRealPath() : named; // not the link to it
        Path draft = file.resolveSibling("." + file.getFileName() + ".probe-" + ProcessHandle
                .current()
                .pid());
        return new Outlet(format, Files.newOutputStream(draft), file, draft, Layout.ONE_LINE,
                TextStyle.plain());
    }

    Format format() {
        return format;
    }

    /** The text of a report, where it is made of nothing but the report; any thread may ask. */
    Optional<String> rendered(Report report) {
        if (format != Format.JSON) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        try {
            JsonReport.write(report, text, layout);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Optional.of(text.toString());
    }

    /** Writes one report, as it was rendered if it was. */
    void write(Report report, @Nullable String rendered) throws IOException {
        if (rendered == null) {
            writer.write(report);
        } else {
            pending.append(rendered);
        }
        flush();
    }

    /** Writes text that is no report. */
    void append(String text) throws IOException {
        pending.append(text);
        flush();
    }

    /** Writes what can only come last, and puts a file in its place. */
    void end() throws IOException {
        writer.end();
        flush();
        if (file == null) {
            return;
        }
        out.close();
        if (draft != null) {
            try {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException otherFileSystem) {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void flush() throws IOException {
        byte[] bytes = pending.toString().getBytes(StandardCharsets.UTF_8);
        pending.setLength(0);
        out.write(bytes);
        out.flush();
    }

    /** The file, or null for standard output. */
    @Nullable
    Path file() {
        return file;
    }
}
