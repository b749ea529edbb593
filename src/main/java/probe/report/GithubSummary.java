package probe.report;

import probe.diagnosis.Diagnosis;

/** A run as a Markdown table, for the page that GitHub Actions shows for a step. */
public final class GithubSummary {
    private final StringBuilder rows = new StringBuilder();

    /** Adds the row of one target. */
    public void write(Report report) {
        Diagnosis diagnosis = report.diagnosis();
        rows.append("| ")
                .append(report.isAsWanted() ? "✅" : "❌")
                .append(" | ")
                .append(cell(report.target().toString()));
        if (diagnosis == null) {
            rows.append(" | healthy | | | |\n");
        } else {
            rows.append(" | ")
                    .append(diagnosis.kind().id())
                    .append(" | ")
                    .append(diagnosis.side().id())
                    .append(" (")
                    .append(diagnosis.locus().id())
                    .append(") | ")
                    .append(diagnosis.confidence().id())
                    .append(" | ")
                    .append(cell(diagnosis.summary()))
                    .append(" |\n");
        }
    }

    /** What Markdown or HTML would take for its own is written as a character reference. */
    private static String cell(String text) {
        StringBuilder cell = new StringBuilder();
        String safe = new Page(new TextStyle(TextStyle.Colour.NONE, TextStyle.Glyphs.UNICODE))
                .safe(text);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if ("|<>&`*_[]\\~#@!".indexOf(c) >= 0) {
                cell.append("&#").append((int) c).append(';');
            } else {
                cell.append(c == '\n' ? ' ' : c);
            }
        }
        return cell.toString();
    }

    @Override
    public String toString() {
        return "### probe\n\n| | target | outcome | side | confidence | what happened |\n"
                + "|---|---|---|---|---|---|\n" + rows + "\n";
    }
}
